//! What an entity maps.

use super::super::mapping::Mapping;
use super::Reader;
use crate::base::{EntityId, SelectableId};
use crate::parse::Derived;
use crate::spec::document::{EntitySource, EntitySpec, Spanned, Text};

/// Whether what the entity maps is SQL text, which may name other entities.
pub(super) fn is_worded(spec: &EntitySpec) -> bool {
    matches!(spec.source, Some(EntitySource::From(_) | EntitySource::Select(_)))
}

impl Reader<'_> {
    /// What the entity maps with all it inherits, and its own part of that.
    pub(super) fn selectable(
        &mut self,
        spec: &EntitySpec,
        base: Option<EntityId>,
    ) -> Option<(SelectableId, SelectableId)> {
        let own = match &spec.source {
            Some(EntitySource::Table(text)) => Some(self.table(text)?),
            Some(EntitySource::From(text)) => {
                let from = self.read_from(text)?;
                Some(self.aliased(spec, from))
            }
            Some(EntitySource::Select(text)) => {
                let alias = spec.alias.as_ref();
                let alias = alias.map(|alias| self.mapping.names.intern(alias.text()));
                let lateral = spec.lateral.is_some_and(|lateral| lateral.value);
                Some(self.query(text, Derived { alias, lateral })?)
            }
            None => None,
        };
        let concrete = spec.concrete.is_some_and(|concrete| concrete.value);
        match (own, base) {
            (Some(own), Some(base)) if !concrete => Some((self.inherit(spec, own, base), own)),
            (Some(own), _) => Some((own, own)),
            (None, Some(base)) => {
                let base = self.mapping.entity(base);
                Some((base.selectable, base.local))
            }
            (None, None) => None,
        }
    }

    /// What the entity maps in the place of a FROM clause: an alias of it, or of all that it joins.
    fn aliased(&mut self, spec: &EntitySpec, from: SelectableId) -> SelectableId {
        let is_set = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
        let Mapping { graph, names, .. } = &mut self.mapping;
        match (is_set(&spec.flat), is_set(&spec.anonymous)) {
            (true, _) => graph.add_flat(from),
            (false, true) => graph.add_named(from, None, names),
            (false, false) => from,
        }
    }

    fn table(&mut self, text: &Text) -> Option<SelectableId> {
        let found = self.find_table(text).and_then(|table| self.mapping.graph.table(table));
        if found.is_none() {
            self.report_unknown_table(text);
        }
        found
    }
}
