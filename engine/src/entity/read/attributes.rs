//! An entity's attributes and its primary key.

use super::super::attribute::{Attribute, AttributeOptions, AttributeValue};
use super::super::defect::DefectKind;
use super::super::primary_key::primary_key;
use super::combined::Joined;
use super::{Reader, Subject};
use crate::base::{ColumnId, EntityId, Name, Seldom};
use crate::spec::document::{self, AttributeSpec, EntityOptions, EntitySpec, Text};

impl Reader<'_> {
    /// Attributes as declared, and one for every other column that is not left out. Expressions,
    /// which may name attributes, are left for later.
    pub(super) fn attributes(&mut self, id: EntityId, spec: &EntitySpec) {
        self.subject = Subject { entity: Some(id), relationship: None };
        let joined = if self.is_just_columns(id, spec) { Vec::new() } else { self.list(id, spec) };
        self.report_unlisted(id, spec);
        let key = self.key(id, spec);
        self.mapping.entity_mut(id).primary_key = key.into();
        let version_id = spec.version_id.as_ref().and_then(|text| self.version_id(id, text));
        if version_id.is_some() {
            self.mapping.entity_mut(id).version_id = version_id;
        }
        self.report_combined(id, spec, &joined);
    }

    /// Whether an entity says nothing of the columns of what it maps, so that each is an attribute.
    fn is_just_columns(&self, id: EntityId, spec: &EntitySpec) -> bool {
        let EntityOptions { include, exclude, column_prefix, non_primary, .. } = &*spec.options;
        let graph = &self.mapping.graph;
        let is_plain = spec.attributes.is_empty()
            && include.is_none()
            && exclude.is_empty()
            && column_prefix.is_none()
            && non_primary.is_none();
        is_plain && graph.has_distinct_names(self.mapping.entity(id).selectable)
    }

    /// Lists the attributes of an entity, and gives the columns that joined one for their name.
    fn list(&mut self, id: EntityId, spec: &EntitySpec) -> Vec<Joined> {
        let declared: Vec<_> =
            spec.attributes.iter().filter_map(|attribute| self.attribute(id, attribute)).collect();
        let (attributes, joined) = self.completed(id, spec, declared);
        self.mapping.entity_mut(id).listed = Some(attributes);
        joined
    }

    /// What composites and synonyms name, when all attributes are there.
    pub(super) fn check_names(&mut self, id: EntityId, spec: &EntitySpec) {
        self.subject = Subject { entity: Some(id), relationship: None };
        self.check_parts(id, spec);
        self.report_circles(id, spec);
    }

    fn version_id(&mut self, id: EntityId, text: &Text) -> Option<ColumnId> {
        let columns = self.columns(text, &[self.mapping.entity(id).selectable])?;
        self.check_mapped(id, std::slice::from_ref(text), &columns);
        columns.first().copied()
    }

    fn attribute(&mut self, id: EntityId, spec: &AttributeSpec) -> Option<Attribute> {
        let value = match spec.value.as_ref()? {
            document::AttributeValue::Columns(texts) => {
                let also = [self.mapping.entity(id).selectable];
                let columns: Vec<_> =
                    texts.iter().filter_map(|text| self.columns(text, &also)).flatten().collect();
                self.check_mapped(id, texts, &columns);
                AttributeValue::Columns(columns.into())
            }
            document::AttributeValue::Expression(_) => return None,
            document::AttributeValue::Composite(parts) => {
                let names = parts.iter().map(|part| self.mapping.names.intern(part.text()));
                AttributeValue::Composite(names.collect())
            }
            document::AttributeValue::Synonym(of) => {
                AttributeValue::Synonym(self.mapping.names.intern(of.text()))
            }
        };
        Some(self.attribute_of(spec, value))
    }

    /// The attribute that a document declares, with its value as it was read.
    pub(super) fn attribute_of(
        &mut self,
        spec: &AttributeSpec,
        value: AttributeValue,
    ) -> Attribute {
        let names = &mut self.mapping.names;
        let mut name = |text: &Text| names.intern(text.text());
        let options = AttributeOptions {
            deferred: spec.deferred.is_some_and(|deferred| deferred.value),
            group: spec.group.as_ref().map(&mut name),
            label: spec.label.as_ref().map(&mut name),
            span: Some(spec.name.whole()),
        };
        Attribute { name: name(&spec.name), value, options: Seldom::new(options) }
    }

    /// What composites and synonyms name must be there.
    fn check_parts(&mut self, id: EntityId, spec: &EntitySpec) {
        for attribute in &spec.attributes {
            let parts = match &attribute.value {
                Some(document::AttributeValue::Composite(parts)) => parts.as_slice(),
                Some(document::AttributeValue::Synonym(of)) => std::slice::from_ref(of),
                _ => &[],
            };
            for part in parts {
                self.check_part(id, spec, part);
            }
        }
    }

    fn check_part(&mut self, id: EntityId, spec: &EntitySpec, part: &Text) {
        let (names, entity) = (&self.mapping.names, self.mapping.entity(id));
        let known = names
            .find(part.text())
            .is_some_and(|name| entity.attribute(&self.mapping.graph, name).is_some())
            || spec.attributes.iter().any(|it| it.name.text() == part.text())
            || spec.relationships.iter().any(|it| it.name.text() == part.text());
        if !known {
            let attributes = entity.attributes(&self.mapping.graph).map(|it| names.text(it.name));
            let nearest = crate::report::nearest(part.text(), attributes).map(String::from);
            let written = part.text().to_owned();
            self.report(DefectKind::UnknownAttribute { written, nearest }, part.whole());
        }
    }

    fn check_mapped(&mut self, id: EntityId, texts: &[Text], columns: &[ColumnId]) {
        let selectable = self.mapping.entity(id).selectable;
        for (text, column) in texts.iter().zip(columns) {
            if !self.mapping.graph.contains(selectable, *column) {
                let written = text.text().to_owned();
                let kind = DefectKind::ColumnNotInSelectable { written, nearest: None };
                self.report(kind, text.whole());
            }
        }
    }

    /// The declared attributes that show no column; then the others, each at the place of its first
    /// column, among those that follow from the selectable's columns. Rule: `SQLAlchemy`'s
    /// `Mapper._configure_properties`. Columns that joined an attribute for their name are given too.
    fn completed(
        &mut self,
        id: EntityId,
        spec: &EntitySpec,
        declared: Vec<Attribute>,
    ) -> (Vec<Attribute>, Vec<Joined>) {
        let entity = self.mapping.entity(id);
        let primary = entity.non_primary.filter(|primary| *primary != id);
        let columns: Vec<_> = self.mapping.graph.columns(entity.selectable).collect();
        let loaded = primary.map(|primary| self.mapping.listed(primary));
        let (mut declared, mut attributes): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|attribute| !attribute.columns().is_empty());
        let mut joined = Vec::new();
        for column in columns {
            if let Some(at) = declared.iter().position(|it| it.columns().contains(&column)) {
                attributes.push(declared.remove(at));
                continue;
            }
            if attributes.iter().any(|attribute| attribute.columns().contains(&column)) {
                continue;
            }
            if let Some(name) = self.implied(spec, column, loaded.as_deref())
                && add_column(&mut attributes, name, column)
            {
                joined.push((name, column));
            }
        }
        attributes.extend(declared);
        (attributes, joined)
    }

    /// The name of the attribute that a column implies; `None` where it is left out.
    fn implied(
        &mut self,
        spec: &EntitySpec,
        column: ColumnId,
        loaded: Option<&[Attribute]>,
    ) -> Option<Name> {
        // An alternate mapping loads the primary one's instances, so it has their attributes.
        let graph = &self.mapping.graph;
        let name = graph.column(column).name;
        if let Some(loaded) = loaded {
            let shows = |other: &ColumnId| {
                let declared = graph.declared(*other);
                *other == column || declared.is_some() && declared == graph.declared(column)
            };
            let same = loaded.iter().find(|it| it.columns().iter().any(shows));
            return same.map(|attribute| attribute.name);
        }
        let text = self.mapping.names.text(name);
        let lists = |texts: &[Text]| {
            let has = |written: &str| texts.iter().any(|it| it.text() == written);
            has(text) || !texts.is_empty() && has(&self.mapping.column_path(column))
        };
        let included = spec.include.as_ref().is_none_or(|include| lists(include));
        if !included || lists(&spec.exclude) {
            return None;
        }
        Some(match &spec.column_prefix {
            Some(prefix) => {
                let prefixed = format!("{}{text}", prefix.text());
                self.mapping.names.intern(&prefixed)
            }
            None => name,
        })
    }

    fn key(&mut self, id: EntityId, spec: &EntitySpec) -> Vec<ColumnId> {
        let selectable = self.mapping.entity(id).selectable;
        if !spec.primary_key.is_empty() {
            let given = spec.primary_key.iter();
            let columns: Vec<_> =
                given.filter_map(|text| self.columns(text, &[selectable])).flatten().collect();
            self.check_mapped(id, &spec.primary_key, &columns);
            return columns;
        }
        let key = primary_key(&self.mapping.graph, selectable);
        let entity = self.mapping.entity(id);
        if !key.is_empty() || entity.non_primary.is_some() || entity.inherits.is_some() {
            return key;
        }
        self.report_no_key(id, spec);
        key
    }

    fn report_no_key(&mut self, id: EntityId, spec: &EntitySpec) {
        let selectable = self.mapping.entity(id).selectable;
        let columns = self.mapping.graph.columns(selectable);
        let candidates = columns.map(|column| self.mapping.column_path(column)).collect();
        let selectable = self.mapping.selectable_path(selectable);
        self.report(DefectKind::NoPrimaryKey { selectable, candidates }, spec.name.whole());
    }
}

/// Columns of one name, from several tables of a join, become one attribute. Says whether this one
/// joined others.
fn add_column(attributes: &mut Vec<Attribute>, name: Name, column: ColumnId) -> bool {
    let same = attributes.iter_mut().find(|attribute| attribute.name == name);
    match same.map(|attribute| &mut attribute.value) {
        Some(AttributeValue::Columns(columns)) => columns.push(column),
        Some(_) => {}
        None => attributes.push(Attribute::of_column(name, column)),
    }
    attributes.iter().any(|attribute| attribute.name == name && attribute.columns().len() > 1)
}
