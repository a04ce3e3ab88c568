//! The front door: texts or a mapping in, answers and diagnostics out.

use crate::base::SourceId;
use crate::check::{self, Policy, Unread};
use crate::draft::{Draft, Form};
use crate::entity::{self, Mapping};
use crate::parse;
use crate::report::Diagnostic;
use crate::resolve::{self, Resolution};
use crate::spec;
use crate::text::{Sources, Span};

/// A model that was read and resolved.
///
/// Broken input gives a smaller model, never a failure: what was wrong is in
/// [`diagnostics`](Self::diagnostics).
///
/// ```
/// use joinwright::Model;
/// let model = Model::from_toml("model.toml", r#"
///     ddl = """
///         CREATE TABLE address (id INTEGER PRIMARY KEY);
///         CREATE TABLE customer (
///             id INTEGER PRIMARY KEY,
///             address_id INTEGER REFERENCES address (id)
///         );
///     """
///     [entity.Address]
///     table = "address"
///     [entity.Customer]
///     table = "customer"
///     [entity.Customer.relationship.address]
///     target = "Address"
/// "#);
/// assert!(model.diagnostics().is_empty());
/// let (_, _, answer) = model.relationships().next().ok_or("no relationship")?;
/// assert_eq!(answer.direction, Some(joinwright::resolve::Direction::ManyToOne));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Model {
    pub(crate) sources: Sources,
    pub(crate) mapping: Mapping,
    pub(crate) resolution: Resolution,
    pub(crate) evidence: Evidence,
    pub(crate) form: Option<Form>,
}

/// What was found wrong while reading.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) document: Vec<spec::Defect>,
    pub(crate) sql: Vec<parse::Defect>,
    pub(crate) mapping: Vec<entity::Defect>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) policy: Policy,
}

impl Model {
    /// Reads a TOML document that needs no schema files.
    pub fn from_toml(name: &str, text: &str) -> Self {
        Draft::from_toml(name, text).finish()
    }

    /// Reads a JSON document that needs no schema files.
    pub fn from_json(name: &str, text: &str) -> Self {
        Draft::from_json(name, text).finish()
    }

    /// Resolves a mapping that the host built without text. `sources` are those that its spans
    /// point into.
    pub fn from_mapping(sources: Sources, mut mapping: Mapping) -> Self {
        let order: Vec<_> = mapping.entities().map(|(id, _)| id).collect();
        mapping.settle_hierarchies(&order);
        let mut defects = entity::duplicates(&mapping);
        defects.extend(entity::hierarchy_faults(&mapping));
        let evidence = Evidence { mapping: defects, ..Evidence::default() };
        Self::resolved(sources, mapping, evidence)
    }

    pub(crate) fn resolved(sources: Sources, mut mapping: Mapping, evidence: Evidence) -> Self {
        mapping.shrink();
        let resolution = resolve::resolve(&mapping);
        Self { sources, mapping, resolution, evidence, form: None }
    }

    /// The draft of what the model's texts become; `None` where the model was not read from a text,
    /// or one of them becomes nothing.
    pub(crate) fn redrafted(
        &self,
        text: impl Fn(SourceId, &str) -> Option<String>,
    ) -> Option<Draft> {
        let texts = self.sources.iter();
        let mut texts = texts.map(|(id, it)| Some((&*it.name, text(id, &it.text)?)));
        let (name, document) = texts.next()??;
        let mut draft = match self.form? {
            Form::Toml => Draft::from_toml(name, &document),
            Form::Json => Draft::from_json(name, &document),
            #[cfg(feature = "json")]
            Form::Request => return Some(Draft::from_request(name, document.as_bytes()).0),
        };
        for schema in texts {
            let (name, text) = schema?;
            draft.add_schema(name, &text);
        }
        for unread in &self.evidence.unread {
            draft.add_unread(&unread.name, &unread.reason);
        }
        Some(draft)
    }

    /// The texts that spans point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Names, tables, entities and declared relationships.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// The answers.
    pub fn resolution(&self) -> &Resolution {
        &self.resolution
    }

    /// Every relationship with its answer, those that backrefs make included.
    pub fn relationships(
        &self,
    ) -> impl Iterator<Item = (crate::base::RelationshipId, &entity::Relationship, &resolve::Answer)>
    {
        self.resolution.relationships(&self.mapping)
    }

    /// Everything that is wrong with the model, in an order that depends on its content alone. The
    /// fixes are not tried yet: see [`proven_diagnostics`](Self::proven_diagnostics).
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        check::check(&check::Context {
            mapping: &self.mapping,
            resolution: &self.resolution,
            sources: &self.sources,
            document: &self.evidence.document,
            sql: &self.evidence.sql,
            entities: &self.evidence.mapping,
            unread: &self.evidence.unread,
            policy: &self.evidence.policy,
        })
    }

    /// Reads one request of the interchange JSON, with its model.
    #[cfg(feature = "json")]
    pub fn from_request(name: &str, text: &str) -> (Self, spec::Request) {
        Self::from_request_bytes(name, text.as_bytes())
    }

    /// Reads one request from bytes, which should be UTF-8.
    #[cfg(feature = "json")]
    pub fn from_request_bytes(name: &str, bytes: &[u8]) -> (Self, spec::Request) {
        let (draft, request) = Draft::from_request(name, bytes);
        (draft.finish(), request)
    }

    /// The answer to a request, with [proven](Self::proven_diagnostics) fixes.
    #[cfg(feature = "json")]
    pub fn answer(&self, request: &spec::Request) -> crate::answer::Answer {
        crate::answer::answer(self.subject(), request, &self.proven_diagnostics())
    }

    /// What answers are made of.
    #[cfg(feature = "json")]
    pub fn subject(&self) -> crate::answer::Subject<'_> {
        crate::answer::Subject {
            sources: &self.sources,
            mapping: &self.mapping,
            resolution: &self.resolution,
        }
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.sources.slice(span)
    }
}
