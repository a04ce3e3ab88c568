//! Columns that meet under one attribute, and names that lead nowhere.

use rustc_hash::FxHashSet;

use super::super::attribute::{Attribute, AttributeValue};
use super::super::defect::DefectKind;
use super::Reader;
use crate::base::{ColumnId, EntityId, Name};
use crate::spec::document::{EntitySpec, Text};

/// A column that joined the others of an attribute because it has the same name.
pub(super) type Joined = (Name, ColumnId);

impl Reader<'_> {
    /// Reports the attributes that columns have joined which are not known to be equal. Rule:
    /// `SQLAlchemy`'s `Mapper._reconcile_prop_with_incoming_columns`, which takes only the condition
    /// of an inheritance for knowledge; columns of an alternate mapping are another's.
    pub(super) fn report_combined(&mut self, id: EntityId, spec: &EntitySpec, joined: &[Joined]) {
        let entity = self.mapping.entity(id);
        if joined.is_empty() || entity.non_primary.is_some() {
            return;
        }
        let graph = &self.mapping.graph;
        let inherited = entity.inherits.is_some();
        let equal = graph.equal_columns(entity.selectable);
        let is_known = |first: ColumnId, other: ColumnId| {
            let (declared, version) = (graph.declared(first), entity.version_id);
            inherited && equal.same(first, other)
                || declared.is_some() && declared == graph.declared(other)
                || version == Some(first)
                || version == Some(other)
        };
        let unlike = joined.iter().filter_map(|(name, column)| {
            let attribute = entity.attribute(graph, *name)?;
            let first = *attribute.columns().first()?;
            (!is_known(first, *column)).then_some(attribute)
        });
        let mut told = FxHashSet::default();
        let unlike = unlike.filter(|attribute| told.insert(attribute.name));
        let combined: Vec<_> = unlike.map(|it| self.combined(&it, inherited)).collect();
        for kind in combined {
            self.report(kind, spec.name.whole());
        }
    }

    fn combined(&self, attribute: &Attribute, inherited: bool) -> DefectKind {
        let paths = attribute.columns().iter().map(|it| self.mapping.column_path(*it));
        DefectKind::CombinedColumns {
            attribute: self.mapping.names.text(attribute.name).to_owned(),
            columns: paths.collect(),
            inherited,
        }
    }

    /// Reports synonyms that lead back to themselves, each circle once.
    pub(super) fn report_circles(&mut self, id: EntityId, spec: &EntitySpec) {
        let entity = self.mapping.entity(id);
        let next = |name: Name| match entity.attribute(&self.mapping.graph, name)?.value {
            AttributeValue::Synonym(of) => Some(of),
            _ => None,
        };
        let mut told = FxHashSet::default();
        let mut circles = Vec::new();
        let count = entity.attribute_count(&self.mapping.graph);
        for attribute in entity.attributes(&self.mapping.graph) {
            let way = std::iter::successors(Some(attribute.name), |name| next(*name));
            let mut way: Vec<Name> = way.take(count + 1).collect();
            let Some(last) = way.pop().filter(|_| way.len() == count) else {
                continue;
            };
            let circle: Vec<Name> = std::iter::successors(next(last), |name| next(*name))
                .take_while(|name| *name != last)
                .chain([last])
                .collect();
            if circle.iter().all(|name| told.insert(*name)) {
                circles.push(circle);
            }
        }
        for circle in circles {
            let mut path: Vec<_> =
                circle.iter().map(|name| self.mapping.names.text(*name).to_owned()).collect();
            path.sort();
            let named = |text: &&Text| path.first().is_some_and(|first| first == text.text());
            let span = spec.attributes.iter().map(|it| &it.name).find(named).map(Text::whole);
            self.report(DefectKind::SynonymCycle { path }, span);
        }
    }

    /// Reports what `include` and `exclude` name and the entity's selectable does not have.
    pub(super) fn report_unlisted(&mut self, id: EntityId, spec: &EntitySpec) {
        if spec.include.is_none() && spec.exclude.is_empty() {
            return;
        }
        let selectable = self.mapping.entity(id).selectable;
        let columns = self.mapping.graph.columns(selectable);
        let name = |column: ColumnId| self.mapping.graph.column(column).name;
        let names: Vec<String> =
            columns.clone().map(|it| self.mapping.names.text(name(it)).to_owned()).collect();
        let paths: Vec<String> = columns.map(|column| self.mapping.column_path(column)).collect();
        let included = spec.include.iter().flatten();
        for text in included.chain(&spec.exclude) {
            if names.iter().chain(&paths).any(|known| known == text.text()) {
                continue;
            }
            let known = names.iter().chain(&paths).map(String::as_str);
            let nearest = crate::report::nearest(text.text(), known).map(String::from);
            let written = text.text().to_owned();
            self.report(DefectKind::ColumnNotInSelectable { written, nearest }, text.whole());
        }
    }
}
