//! What is known of the thing at an offset, in Markdown.

mod catalog;
mod entity;
mod relationship;

use super::{Editor, Thing};
use crate::base::SourceId;
use crate::check;
use crate::editor::about::about;
use crate::spec::{Site, keys};
use crate::text::Span;

/// A text to show beside a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The name.
    pub span: Span,
    /// What is known, in Markdown.
    pub markdown: String,
}

impl Editor<'_> {
    /// What is known of the thing at an offset; of a key of the document, what it is for.
    pub fn hover(&self, source: SourceId, offset: u32) -> Option<Hover> {
        match self.places.at(source, offset) {
            Some(place) => {
                let markdown = self.described(place.thing)?;
                Some(Hover { span: place.span, markdown })
            }
            None => self.key_hover(source, offset),
        }
    }

    fn described(&self, thing: Thing) -> Option<String> {
        match thing {
            Thing::Entity(id) => Some(self.entity_text(id)),
            Thing::Attribute(entity, name) => self.attribute_text(entity, name),
            Thing::Relationship(id) => Some(self.relationship_text(id)),
            Thing::Table(id) => Some(self.table_text(id)),
            Thing::Column(id) => Some(self.column_text(id)),
            Thing::Alias(span) => Some(self.alias_text(span)),
            Thing::Code(name) => code_text(name),
            Thing::File(source) => Some(self.file_text(source)),
        }
    }

    fn alias_text(&self, span: Span) -> String {
        let text = format!("alias **{}**", self.subject.sources.slice(span));
        match self.aliased(span).and_then(|thing| self.described(thing)) {
            Some(of) => format!("{text} of {of}"),
            None => text,
        }
    }

    fn key_hover(&self, source: SourceId, offset: u32) -> Option<Hover> {
        let spot = self.places.spot(source, offset)?;
        let (key, table) = spot.path.split_last()?;
        let is_key = matches!(spot.site, Site::Key | Site::HeaderKey);
        let known = is_key && keys(table).contains(&key.as_str());
        let about = about(key).filter(|_| known)?;
        let markdown = format!("`{key}`: {about}");
        Some(Hover { span: spot.text.whole(), markdown })
    }

    fn file_text(&self, source: SourceId) -> String {
        let catalog = self.subject.mapping.catalog();
        let place = |(id, _)| catalog.places.tables.get(id);
        let tables = catalog.tables().filter_map(place).filter(|it| it.source == source).count();
        let name = &self.subject.sources.get(source).name;
        let plural = if tables == 1 { "" } else { "s" };
        format!("`{name}`: {tables} table{plural}")
    }
}

/// The heading of a code's page, its severity, and what the page says first.
fn code_text(name: &str) -> Option<String> {
    let code = check::code(name)?;
    let (_, body) = code.page.split_once('\n')?;
    let first = body.split("\n## ").next().unwrap_or(body).trim();
    Some(format!("**{}** ({})\n\n{first}", code.name, code.severity))
}

/// `` `a`, `b` ``
fn listed(names: &[String]) -> String {
    let ticked: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    ticked.join(", ")
}
