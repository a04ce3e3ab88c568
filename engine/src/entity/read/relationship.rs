//! A relationship and its arguments.

use super::super::defect::DefectKind;
use super::super::relationship::{
    Argument, Arguments, Backref, CASCADES, Load, Options, RareOptions, Relationship,
};
use super::Reader;
use super::names::Comparing;
use crate::base::{ColumnId, EntityId, Name, Seldom, SelectableId};
use crate::graph::Condition;
use crate::parse::Scope;
use crate::spec::document::{RelationshipSpec, Spanned, Text};

impl Reader<'_> {
    /// The relationship as it is declared; nothing where its target is no entity.
    pub(super) fn declared(
        &mut self,
        entity: EntityId,
        name: Name,
        spec: &RelationshipSpec,
    ) -> Option<Relationship> {
        let target = self.target(spec)?;
        let mut relationship = Relationship::new(entity, name, target);
        relationship.span = Some(spec.name.whole());
        relationship.target_span = spec.target.as_ref().map(Text::whole);
        relationship.insert_at = spec.insert_at;
        relationship.doubtful = spec.doubtful;
        relationship.ignore = spec.ignore.iter().map(Argument::of_text).collect();
        let before = self.defects.len();
        relationship.arguments = self.arguments(spec, spec, [target, entity]);
        relationship.unreadable = self.defects.len() > before;
        if let Some(backref) = &spec.backref {
            let backref = self.backref(backref, spec, [entity, target]);
            relationship.arguments.backref = Some(Box::new(backref));
        }
        Some(relationship)
    }

    pub(super) fn target(&mut self, spec: &RelationshipSpec) -> Option<EntityId> {
        let target = spec.target.as_ref()?;
        let found = self.mapping.find_entity(target.text());
        let declared =
            || self.document.entities.iter().any(|entity| entity.name.text() == target.text());
        if found.is_none() && !declared() {
            self.report_unknown_entity(target);
        }
        found
    }

    fn backref(
        &mut self,
        spec: &RelationshipSpec,
        maker: &RelationshipSpec,
        ends: [EntityId; 2],
    ) -> Backref {
        let name = self.mapping.names.intern(spec.name.text());
        let arguments = self.arguments(spec, maker, ends);
        Backref { name: Argument::at(name, spec.name.whole()), arguments }
    }

    /// The arguments of `spec`; what counts as a comparison, and the secondary, may be told by the
    /// relationship around it. Of the aliases of several entities those of its two ends are meant,
    /// the target's first.
    fn arguments(
        &mut self,
        spec: &RelationshipSpec,
        outer: &RelationshipSpec,
        ends: [EntityId; 2],
    ) -> Arguments {
        let secondary = spec.secondary.as_ref().and_then(|text| self.secondary(text));
        let around = match &outer.secondary {
            Some(text) if secondary.is_none() => self.find_secondary(text),
            _ => None,
        };
        let called = ends.into_iter().filter_map(|end| self.mapping.called(end));
        let between = secondary.iter().map(|it| it.value).chain(around);
        let also: Vec<_> = between.chain(called).collect();
        let load = |text: &Text| Load::parse(text.text()).map(|it| Argument::at(it, text.whole()));
        Arguments {
            foreign_keys: self.column_list(&spec.foreign_keys, &also),
            back_populates: spec.back_populates.as_ref().map(|text| self.name(text)),
            load: spec.load.as_ref().and_then(load),
            options: if spec.options.is_blank() {
                Seldom::default()
            } else {
                let options = self.options(spec, outer, &also);
                Seldom::new(Options { secondary, ..options })
            },
        }
    }

    /// The arguments that few relationships are given, the secondary left out.
    fn options(
        &mut self,
        spec: &RelationshipSpec,
        outer: &RelationshipSpec,
        also: &[SelectableId],
    ) -> Options {
        let comparing = Comparing {
            operators: &outer.comparison_operators,
            functions: &outer.comparison_functions,
        };
        let mut condition = |text: &Option<Text>| -> Option<Box<Argument<Condition>>> {
            let text = text.as_ref()?;
            let condition = self.condition(text, comparing, also)?;
            Some(Box::new(Argument::at(condition, text.whole())))
        };
        let (primaryjoin, secondaryjoin) =
            (condition(&spec.primaryjoin), condition(&spec.secondaryjoin));
        let order_by = spec.order_by.as_ref().map(|text| self.order_terms(text, also));
        Options {
            primaryjoin,
            secondaryjoin,
            secondary: None,
            remote_side: self.column_list(&spec.remote_side, also),
            order_by: order_by.map(Seldom::new).unwrap_or_default(),
            uselist: spec.uselist.map(argument),
            viewonly: spec.viewonly.map(argument),
            overlaps: spec.overlaps.iter().map(|text| self.name(text)).collect(),
            backref: None,
            rare: Seldom::new(self.rare_options(spec)),
        }
    }

    fn name(&mut self, text: &Text) -> Argument<Name> {
        Argument::at(self.mapping.names.intern(text.text()), text.whole())
    }

    fn rare_options(&mut self, spec: &RelationshipSpec) -> RareOptions {
        let word = |text: &Text| Argument::at(text.text().to_owned(), text.whole());
        let inner = |text: &Text| Argument::at(text.text() != "false", text.whole());
        RareOptions {
            cascade: spec.cascade.as_ref().map(|text| self.cascade(text)),
            sync_backref: spec.sync_backref.map(argument),
            innerjoin: spec.innerjoin.as_ref().map(inner),
            join_depth: spec.join_depth.map(argument),
            omit_join: spec.omit_join.map(argument),
            single_parent: spec.single_parent.map(argument),
            post_update: spec.post_update.map(argument),
            passive_deletes: spec.passive_deletes.as_ref().map(word),
            passive_updates: spec.passive_updates.map(argument),
            active_history: spec.active_history.map(argument),
        }
    }

    fn column_list(
        &mut self,
        texts: &[Text],
        also: &[SelectableId],
    ) -> Seldom<Vec<Argument<ColumnId>>> {
        let mut list = Vec::with_capacity(texts.len());
        for text in texts {
            let columns = self.columns(text, also).unwrap_or_default();
            list.extend(columns.into_iter().map(|column| Argument::at(column, text.whole())));
        }
        Seldom::new(list)
    }

    /// What `secondary` names: a table, or a FROM clause.
    pub(super) fn secondary(&mut self, text: &Text) -> Option<Argument<SelectableId>> {
        let table = self.find_table(text).and_then(|table| self.mapping.graph.table(table));
        if let Some(table) = table {
            return Some(Argument::at(table, text.whole()));
        }
        if let Some(entity) = self.mapping.find_entity(text.text()) {
            let selectable = self.mapping.entity(entity).selectable;
            let table = self.mapping.selectable_path(selectable);
            let written = text.text().to_owned();
            self.report(DefectKind::SecondaryIsEntity { written, table }, text.whole());
            return None;
        }
        if crate::parse::path(text, self.mapping.dialect).is_ok() {
            self.report_unknown_table(text);
            return None;
        }
        self.read_from(text).map(|selectable| Argument::at(selectable, text.whole()))
    }

    /// The secondary of the relationship around a backref, which reported its own mistakes.
    fn find_secondary(&mut self, text: &Text) -> Option<SelectableId> {
        let path = crate::parse::path(text, self.mapping.dialect).ok()?;
        let parts: Vec<_> = path.iter().map(crate::parse::PathPart::as_part).collect();
        let scope = super::super::scope::MappingScope { mapping: &self.mapping, also: &[] };
        scope.selectable(&self.mapping.graph, &self.mapping.names, &parts).ok()
    }

    fn cascade(&mut self, text: &Text) -> Argument<Vec<String>> {
        let (mut options, mut start) = (Vec::new(), 0);
        for piece in text.text().split(',') {
            let word = piece.trim();
            let at = start + (piece.len() - piece.trim_start().len());
            start += piece.len() + 1;
            if CASCADES.contains(&word) {
                options.push(word.to_owned());
            } else if !word.is_empty() {
                let nearest = crate::report::nearest(word, CASCADES).map(String::from);
                let kind = DefectKind::UnknownCascade { written: word.to_owned(), nearest };
                self.report(kind, text.span(at, at + word.len()));
            }
        }
        Argument::at(options, text.whole())
    }
}

fn argument<T>(value: Spanned<T>) -> Argument<T> {
    Argument::at(value.value, value.span)
}
