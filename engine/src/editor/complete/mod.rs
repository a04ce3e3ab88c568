//! What could be written at an offset.

mod column;
mod condition;
mod ddl;
mod given;
mod key;
mod value;

use super::Editor;
use super::place::ClauseKind;
use crate::base::SourceId;
use crate::report::Edit;
use crate::spec::{Format, Site, Spot};
use crate::text::Span;

/// One thing that could be written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Completion {
    /// How likely it is: the lower, the likelier.
    pub rank: u8,
    /// What a list shows.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What is to be said of it in a few words; may be empty.
    pub detail: String,
    /// What is replaced.
    pub span: Span,
    /// What is written.
    pub insert: String,
}

/// What a completion writes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CompletionKind {
    /// A key of the document.
    Key,
    /// One of the few words that a key takes.
    Word,
    /// An entity.
    Entity,
    /// A table.
    Table,
    /// A column.
    Column,
    /// An attribute.
    Attribute,
    /// A relationship.
    Relationship,
    /// An alias.
    Alias,
    /// A whole condition.
    Condition,
    /// A diagnostic code.
    Code,
}

/// A text that would fit, before it is known where it goes.
#[derive(Clone, Debug)]
struct Choice {
    text: String,
    kind: CompletionKind,
    detail: String,
    rank: u8,
}

impl Choice {
    fn new(kind: CompletionKind, text: impl Into<String>) -> Self {
        Self { text: text.into(), kind, detail: String::new(), rank: 1 }
    }

    fn saying(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    fn ranked(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// The choice, written in place of what stands at `span`.
    fn at(self, span: Span) -> Completion {
        let Self { text, kind, detail, rank } = self;
        Completion { rank, label: text.clone(), kind, detail, span, insert: text }
    }
}

impl Completion {
    /// The change it makes.
    pub fn edit(&self) -> Edit {
        Edit { span: self.span, insert: self.insert.clone() }
    }
}

impl Editor<'_> {
    /// What could be written at an offset, the likeliest first. What is written there already is
    /// replaced; whether it fits is for the editor to say.
    pub fn complete(&self, source: SourceId, offset: u32) -> Vec<Completion> {
        let mut found = match self.places.spot(source, offset) {
            Some(spot) => self.of_spot(spot, offset),
            None => self.of_file(source, offset),
        };
        found.sort();
        found.dedup();
        found
    }

    fn of_spot(&self, spot: &Spot, offset: u32) -> Vec<Completion> {
        let gap = Span { start: offset, end: offset, ..spot.span };
        match spot.site {
            Site::KeyGap => self.keys(&spot.path, gap),
            Site::HeaderGap => self.headers(&spot.path, gap),
            Site::Key => self.keys(parent(&spot.path), spot.span),
            Site::HeaderKey => self.headers(parent(&spot.path), spot.span),
            Site::ValueGap => self.quoted(&spot.path, gap),
            Site::Bare => self.quoted(&spot.path, spot.span),
            Site::Text if !is_inside(spot, offset) => Vec::new(),
            Site::Text => self.inside(spot, offset),
        }
    }

    fn inside(&self, spot: &Spot, offset: u32) -> Vec<Completion> {
        let clause = self.places.clause(spot.span.source, offset);
        match clause {
            Some(clause) if clause.kind == ClauseKind::Ddl => self.in_ddl(clause, offset),
            Some(clause) => self.in_sql(clause, &spot.path, offset),
            None => {
                let part = part_of_list(spot, offset);
                let choices = self.choices(&spot.path).into_iter();
                choices.map(|choice| choice.at(part)).collect()
            }
        }
    }

    /// The values of a key with their quotes, where no string is begun.
    fn quoted(&self, path: &[String], span: Span) -> Vec<Completion> {
        let columns = self.fitting_columns(path);
        let strings = self.choices(path).into_iter().chain(self.conditions(path)).chain(columns);
        let strings = strings.filter_map(|choice| {
            let quote = if choice.text.contains('"') { '\'' } else { '"' };
            let fits = quote == '"' || self.places.format == Format::Toml;
            let insert = format!("{quote}{}{quote}", choice.text);
            fits.then(|| Completion { insert, ..choice.at(span) })
        });
        strings.chain(value::flags(path).map(|choice| choice.at(span))).collect()
    }

    fn of_file(&self, source: SourceId, offset: u32) -> Vec<Completion> {
        let clause = self.places.clause(source, offset);
        let clause = clause.filter(|clause| clause.kind == ClauseKind::Ddl);
        clause.map(|clause| self.in_ddl(clause, offset)).unwrap_or_default()
    }
}

/// Whether an offset lies between the quotes of a string, which may not be closed.
fn is_inside(spot: &Spot, offset: u32) -> bool {
    let whole = spot.text.whole();
    whole.start <= offset && offset <= whole.end && offset > spot.span.start
}

fn parent(path: &[String]) -> &[String] {
    path.split_last().map_or(path, |(_, parent)| parent)
}

/// Of a text that lists names with commas between them, the one at an offset.
fn part_of_list(spot: &Spot, offset: u32) -> Span {
    let text = spot.text.text();
    let at = spot.text.offset(offset);
    let before = text.get(..at).unwrap_or("");
    let start = before.rfind(',').map_or(0, |comma| comma + 1);
    let start = start + before.get(start..).map_or(0, |it| it.len() - it.trim_start().len());
    let end = text.get(at..).and_then(|rest| rest.find(',')).map_or(text.len(), |comma| at + comma);
    spot.text.span(start, end)
}
