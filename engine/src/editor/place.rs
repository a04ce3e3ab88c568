//! Where each thing of a model is named.

use super::gather::Items;
use crate::answer::Subject;
use crate::base::{EntityId, Name, RelationshipId, SelectableId, SourceId, TableColumnId, TableId};
use crate::parse::{Grammar, Lexeme, lexemes};
use crate::spec::document::Text;
use crate::spec::{Format, Spot, spot_at};
use crate::text::Span;

/// Something that a model can name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Thing {
    /// An entity.
    Entity(EntityId),
    /// An attribute that its entity declares. One that follows from a column is that column.
    Attribute(EntityId, Name),
    /// A relationship, declared or made by a backref.
    Relationship(RelationshipId),
    /// A table.
    Table(TableId),
    /// A column of a table.
    Column(TableColumnId),
    /// An alias, by where it is given.
    Alias(Span),
    /// A diagnostic code.
    Code(&'static str),
    /// A DDL file.
    File(SourceId),
}

/// A place where a thing is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The name, without quotes where a document puts it in quotes.
    pub span: Span,
    /// The thing.
    pub thing: Thing,
    /// Whether the thing is declared here.
    pub declares: bool,
}

/// SQL in a document or a DDL file, in words.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) kind: ClauseKind,
    pub(super) text: Text,
    pub(super) lexemes: Vec<Lexeme>,
    /// The entity whose document table it stands in.
    pub(super) home: Option<EntityId>,
    /// Selectables whose aliases may be named, besides those that entities map.
    pub(super) also: Vec<SelectableId>,
    /// What its queries select from and give.
    pub(super) items: Items,
}

/// What an SQL text of a document is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ClauseKind {
    /// A condition, an expression, or terms to order by.
    Expression,
    /// A dotted name of a column.
    Column,
    /// A column of what an entity maps, whatever its attributes are called.
    OwnColumn,
    /// The name of a table, even where an entity is called the same.
    Table,
    /// A FROM clause.
    From,
    /// A query.
    Query,
    /// A script of declarations.
    Ddl,
}

/// Where a model names what, in its document and its DDL: made once for each version of a model,
/// and asked by every question of an editor.
#[derive(Clone, Debug)]
pub struct Places {
    pub(super) document: SourceId,
    pub(super) format: Format,
    pub(super) spots: Vec<Spot>,
    pub(super) clauses: Vec<Clause>,
    named: Vec<Place>,
}

impl Places {
    /// Reads the texts of a model once more, by looks. `document` is its document.
    pub fn new(subject: Subject<'_>, document: SourceId, format: Format) -> Self {
        let text = &subject.sources.get(document).text;
        let spots = crate::spec::spots(document, text, format);
        let (mut places, mut clauses) = super::gather::gather(subject, document, &spots);
        places.sort_unstable();
        places.dedup();
        clauses.sort_by_key(|clause| clause.text.whole());
        Self { document, format, spots, clauses, named: places }
    }

    /// The places of a source, ascending.
    pub fn of(&self, source: SourceId) -> &[Place] {
        let start = self.named.partition_point(|place| place.span.source < source);
        let end = self.named.partition_point(|place| place.span.source <= source);
        self.named.get(start..end).unwrap_or_default()
    }

    /// The place at an offset; of two that meet there, the one that begins there.
    pub fn at(&self, source: SourceId, offset: u32) -> Option<Place> {
        let own = self.of(source);
        let behind = own.partition_point(|place| place.span.start <= offset);
        let mut before = own.get(..behind).unwrap_or_default().iter().rev().take(4);
        before.find(|place| place.span.touches(offset)).copied()
    }

    /// Every place of a thing.
    pub fn named(&self, thing: Thing) -> impl Iterator<Item = Place> + '_ {
        self.named.iter().filter(move |place| place.thing == thing).copied()
    }

    /// Where a thing is declared.
    pub fn declaration(&self, thing: Thing) -> Option<Span> {
        self.named(thing).find(|place| place.declares).map(|place| place.span)
    }

    /// What is written at an offset of the document.
    pub(super) fn spot(&self, source: SourceId, offset: u32) -> Option<&Spot> {
        spot_at(&self.spots, offset).filter(|_| source == self.document)
    }

    /// The SQL around an offset.
    pub(super) fn clause(&self, source: SourceId, offset: u32) -> Option<&Clause> {
        let behind = self.clauses.partition_point(|clause| {
            let whole = clause.text.whole();
            (whole.source, whole.start) <= (source, offset)
        });
        let last = behind.checked_sub(1).and_then(|last| self.clauses.get(last))?;
        let whole = last.text.whole();
        (whole.source == source && whole.touches(offset)).then_some(last)
    }
}

impl Clause {
    pub(super) fn new(kind: ClauseKind, text: Text, subject: Subject<'_>) -> Self {
        let grammar = Grammar::of(subject.mapping.dialect);
        let lexemes = lexemes(text.text(), &grammar);
        Self { kind, text, lexemes, home: None, also: Vec::new(), items: Items::default() }
    }

    /// Where a lexeme stands.
    pub(super) fn span(&self, lexeme: &Lexeme) -> Span {
        self.text.span(lexeme.range.start, lexeme.range.end)
    }
}
