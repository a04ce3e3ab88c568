//! A diagnostic as a `miette::Diagnostic`.

/// A diagnostic with the texts it points into.
#[derive(Debug)]
pub struct Report;
