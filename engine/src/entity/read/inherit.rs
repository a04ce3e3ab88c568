//! Joined-table inheritance: the join of an entity's own table to its parent's.

use super::super::defect::DefectKind;
use super::Reader;
use super::names::Comparing;
use crate::base::{ColumnId, EntityId, ExprId, ForeignKeyId, SelectableId};
use crate::graph::{BinaryOperator, Expr, JoinKind};
use crate::spec::document::{EntitySpec, Text};
use crate::text::Span;

/// A foreign key to the parent, with its (referred, referring) columns.
type Link = (ForeignKeyId, Vec<(ColumnId, ColumnId)>);

impl Reader<'_> {
    /// The parent's selectable joined to the entity's own table.
    pub(super) fn inherit(
        &mut self,
        spec: &EntitySpec,
        own: SelectableId,
        base: EntityId,
    ) -> SelectableId {
        let parent = self.mapping.entity(base).selectable;
        if own == parent {
            return parent;
        }
        let on = match &spec.inherit_condition {
            Some(text) => {
                self.condition(text, Comparing::default(), &[]).and_then(|given| given.root())
            }
            None => self.inferred(spec, own, base),
        };
        let mapping = &mut self.mapping;
        on.map_or(own, |on| mapping.graph.add_join(parent, own, JoinKind::Inner, Some(on)))
    }

    /// The one foreign key of the own table to that of the parent, as equalities. Keys to the tables
    /// that the parent inherits do not count. Rule: `SQLAlchemy`'s `Mapper._configure_inheritance`.
    fn inferred(&mut self, spec: &EntitySpec, own: SelectableId, base: EntityId) -> Option<ExprId> {
        let parent = self.mapping.entity(base).local;
        let links: Vec<_> = self.links(own, parent);
        let [(_, pairs)] = links.as_slice() else {
            let parent = self.mapping.entity_name(base).to_owned();
            let candidates = links.iter().map(|link| self.described(link)).collect();
            let span = spec.inherits.as_ref().map(Text::whole);
            self.subject.entity = Some(self.mapping.next_entity_id());
            self.report(DefectKind::InheritCondition { parent, candidates }, span);
            return None;
        };
        let equalities: Vec<_> = pairs.iter().map(|pair| self.equality(*pair)).collect();
        match *equalities.as_slice() {
            [only] => Some(only),
            _ => Some(self.mapping.graph.add(Expr::And(equalities.into()), None)),
        }
    }

    /// The foreign keys of `own` to any table of `parent`, which is mostly one.
    fn links(&self, own: SelectableId, parent: SelectableId) -> Vec<Link> {
        let (graph, catalog) = (&self.mapping.graph, self.mapping.catalog());
        let Some(table) = graph.base_table(own) else { return Vec::new() };
        let leaves = graph.leaves(parent).filter_map(|leaf| graph.base_table(leaf));
        let keys = leaves.flat_map(|leaf| catalog.foreign_keys_between(table, leaf));
        let columns = |&(referring, referred): &_| {
            Some((graph.table_column(referred)?, graph.table_column(referring)?))
        };
        keys.map(|(id, key)| (id, key.pairs.iter().filter_map(columns).collect())).collect()
    }

    fn equality(&mut self, (referred, referring): (ColumnId, ColumnId)) -> ExprId {
        let graph = &mut self.mapping.graph;
        let left = graph.add(Expr::Column(referred), None);
        let right = graph.add(Expr::Column(referring), None);
        graph.add(Expr::Binary { operator: BinaryOperator::Equal, left, right }, None)
    }

    fn described(&self, (key, pairs): &Link) -> (String, Option<Span>) {
        let path = |column| self.mapping.column_path(column);
        let equal = |(referred, referring): &(ColumnId, ColumnId)| {
            format!("{} = {}", path(*referred), path(*referring))
        };
        let condition = pairs.iter().map(equal).collect::<Vec<_>>().join(" AND ");
        (condition, self.mapping.catalog().places.foreign_keys.get(*key))
    }
}
