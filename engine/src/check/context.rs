//! What is judged.

use super::policy::Policy;
use crate::entity::{self, Mapping};
use crate::parse;
use crate::resolve::Resolution;
use crate::spec;
use crate::text::{Sources, Span};

/// Everything that was found out about a model, to be judged.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The entities and relationships as declared.
    pub mapping: &'a Mapping,
    /// What is known of each relationship.
    pub resolution: &'a Resolution,
    /// The texts that spans point into.
    pub sources: &'a Sources,
    /// What is wrong with the document's form.
    pub document: &'a [spec::Defect],
    /// What is wrong with its SQL.
    pub sql: &'a [parse::Defect],
    /// What is wrong with its entities.
    pub entities: &'a [entity::Defect],
    /// The files that the document names and the host could not read.
    pub unread: &'a [Unread],
    /// What the document says of codes.
    pub policy: &'a Policy,
}

/// A file that a document names and the host could not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unread {
    /// Its name, as the document spells it.
    pub name: String,
    /// Where the document names it.
    pub span: Option<Span>,
    /// Why it could not be read, in the host's words.
    pub reason: String,
}
