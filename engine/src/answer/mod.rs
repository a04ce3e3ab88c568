//! The interchange JSON: what a model comes to, for programs.
//!
//! Knows nothing of files or protocols; a host hands texts in and gets texts out.

mod because;
mod deferred;
mod diagnostic;
mod entity;
mod explain;
mod flush;
mod foreign_key;
mod load;
mod order;
mod path;
mod refusal;
mod relationship;
mod request;
mod statement;
mod style;
mod unknown;
mod unplanned;

pub use because::because;
pub use diagnostic::DiagnosticAnswer;
pub use entity::{AttributeAnswer, EntityAnswer, MappedTableAnswer};
pub use explain::explain;
pub use flush::{CycleAnswer, EntityFlushAnswer, FlushAnswer, WayOutAnswer};
pub use load::{ChoiceAnswer, LevelAnswer, LoadAnswer, LoadedAnswer, UnloadedAnswer};
pub use refusal::{Asked, REQUEST_CODES, refusal, refused};
pub use relationship::{KeyAnswer, LazyAnswer, RelationshipAnswer};
pub use request::statement;
pub use statement::{
    ColumnAnswer, DiscriminatorAnswer, ExpansionAnswer, IdentityAnswer, MatchAnswer,
    ParameterAnswer, StatementAnswer, StepAnswer,
};

use serde::Serialize;
use serde_json::Value;

use crate::base::RelationshipId;
use crate::entity::Mapping;
use crate::report::{Diagnostic, Label};
use crate::resolve::Resolution;
use crate::spec::{Request, StatementSpec};
use crate::text::{Sources, Span};

/// The version of the JSON's shape.
pub const SCHEMA: u32 = 1;

/// The JSON Schema of an [`Answer`].
#[cfg(feature = "schema")]
pub fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Answer>().to_value()
}

/// What an answer is made of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The texts that spans point into.
    pub sources: &'a Sources,
    /// Names, tables, entities.
    pub mapping: &'a Mapping,
    /// What is known of the relationships.
    pub resolution: &'a Resolution,
}

/// The answer to one request.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// The version of the shape, [`SCHEMA`].
    pub schema: u32,
    /// The request's id, as it came.
    pub id: Value,
    /// What was read.
    pub catalog: CatalogAnswer,
    /// Every entity, by name.
    pub entities: Vec<EntityAnswer>,
    /// Every relationship, those made by backrefs included, by path.
    pub relationships: Vec<RelationshipAnswer>,
    /// In which order a flush writes the tables.
    pub flush: FlushAnswer,
    /// One for each statement asked for.
    pub statements: Vec<StatementAnswer>,
    /// Everything that is wrong.
    pub diagnostics: Vec<DiagnosticAnswer>,
}

/// How much was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogAnswer {
    /// Tables.
    pub tables: usize,
    /// Columns of all tables.
    pub columns: usize,
    /// Foreign keys of all tables.
    pub foreign_keys: usize,
}

/// The answer to a request about a model.
pub fn answer(subject: Subject<'_>, request: &Request, diagnostics: &[Diagnostic]) -> Answer {
    let Subject { sources, mapping, resolution } = subject;
    let error = |found: &Diagnostic| {
        let error = Box::new(DiagnosticAnswer::of(sources, found));
        StatementAnswer::Error { error }
    };
    let statements = request.statements.iter().map(|spec| match malformed(spec, diagnostics) {
        Some(found) => error(found),
        None => statement(subject, spec).unwrap_or_else(|refused| error(&refused)),
    });
    let id = request.id.as_deref().and_then(|id| serde_json::from_str(id).ok());
    Answer {
        schema: SCHEMA,
        id: id.unwrap_or(Value::Null),
        catalog: CatalogAnswer {
            tables: mapping.catalog().tables().len(),
            columns: mapping.catalog().column_count(),
            foreign_keys: mapping.catalog().foreign_key_count(),
        },
        entities: entity::entities(subject),
        relationships: relationships(mapping, resolution)
            .into_iter()
            .map(|id| RelationshipAnswer::of(mapping, resolution, id))
            .collect(),
        flush: FlushAnswer::of(mapping, resolution),
        statements: statements.collect(),
        diagnostics: diagnostics.iter().map(|it| DiagnosticAnswer::of(sources, it)).collect(),
    }
}

/// What is wrong with the form of a statement: it may ask for something else than it says.
fn malformed<'d>(spec: &StatementSpec, diagnostics: &'d [Diagnostic]) -> Option<&'d Diagnostic> {
    let inside = |label: &Label| {
        let Span { source, start, end } = label.span;
        source == spec.span.source && spec.span.start <= start && end <= spec.span.end
    };
    diagnostics.iter().find(|found| found.labels.first().is_some_and(inside))
}

/// All relationships, by path.
pub fn relationships(mapping: &Mapping, resolution: &Resolution) -> Vec<RelationshipId> {
    let all = resolution.relationships(mapping);
    let mut paths: Vec<_> =
        all.map(|(id, relationship, _)| (mapping.relationship_path(relationship), id)).collect();
    paths.sort();
    paths.into_iter().map(|(_, id)| id).collect()
}
