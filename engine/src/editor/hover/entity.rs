//! An entity: what it maps and where it leads; an attribute: what it shows.

use std::fmt::Write as _;

use super::listed;
use crate::base::{EntityId, Name};
use crate::editor::Editor;
use crate::entity::AttributeValue;

impl Editor<'_> {
    pub(super) fn entity_text(&self, id: EntityId) -> String {
        let mapping = self.subject.mapping;
        let entity = mapping.entity(id);
        let mut text = format!("entity **{}**", mapping.entity_name(id));
        if let Some(path) = mapping.selectable_path(entity.selectable) {
            let _ = write!(text, " maps `{path}`");
        }
        if let Some(parent) = entity.inherits {
            let _ = write!(text, ", inherits from `{}`", mapping.entity_name(parent));
        }
        if let Some(primary) = entity.non_primary {
            let _ = write!(text, ", an alternate of `{}`", mapping.entity_name(primary));
        }
        text.push_str("\n\n");
        let key: Vec<_> = entity.primary_key.iter().map(|it| mapping.column_path(*it)).collect();
        if !key.is_empty() {
            let _ = writeln!(text, "- primary key {}", listed(&key));
        }
        let attributes = entity.attributes(&mapping.graph);
        let attributes: Vec<_> =
            attributes.map(|it| mapping.names.text(it.name).to_owned()).collect();
        if !attributes.is_empty() {
            let _ = writeln!(text, "- attributes {}", listed(&attributes));
        }
        for line in self.relationship_lines(id) {
            let _ = writeln!(text, "- {line}");
        }
        text
    }

    /// Those that lead from the entity, then those that lead to it, by path.
    fn relationship_lines(&self, id: EntityId) -> Vec<String> {
        let mapping = self.subject.mapping;
        let (mut from, mut to) = (Vec::new(), Vec::new());
        for (_, relationship, answer) in self.subject.resolution.relationships(mapping) {
            let direction = answer.direction.map_or("no direction", |it| it.as_str());
            let name = mapping.names.text(relationship.name);
            if relationship.entity == id {
                let target = mapping.entity_name(relationship.target);
                from.push(format!("`{name}` → `{target}`, {direction}"));
            } else if relationship.target == id {
                let path = mapping.relationship_path(relationship);
                to.push(format!("reached by `{path}`, {direction}"));
            }
        }
        from.sort();
        to.sort();
        from.into_iter().chain(to).collect()
    }

    pub(super) fn attribute_text(&self, id: EntityId, name: Name) -> Option<String> {
        let mapping = self.subject.mapping;
        let attribute = mapping.entity(id).attribute(&mapping.graph, name)?;
        let path = format!("{}.{}", mapping.entity_name(id), mapping.names.text(name));
        let names = |names: &[Name]| {
            let texts = names.iter().map(|name| mapping.names.text(*name).to_owned());
            listed(&texts.collect::<Vec<_>>())
        };
        let shows = match &attribute.value {
            AttributeValue::Columns(columns) => {
                let paths: Vec<_> = columns.iter().map(|it| mapping.column_path(*it)).collect();
                format!("shows {}", listed(&paths))
            }
            AttributeValue::Expression(_) => "is an expression, read-only".to_owned(),
            AttributeValue::Composite(parts) => format!("is made of {}", names(parts)),
            AttributeValue::Synonym(of) => format!("is another name for {}", names(&[*of])),
        };
        let deferred = if attribute.deferred { ", loaded when it is asked for" } else { "" };
        let columns = attribute.columns().iter().filter_map(|it| mapping.graph.declared(*it));
        let columns: Vec<_> = columns.map(|column| self.column_text(column)).collect();
        let text = format!("attribute **{path}** {shows}{deferred}\n\n{}", columns.join("\n"));
        Some(text.trim_end().to_owned())
    }
}
