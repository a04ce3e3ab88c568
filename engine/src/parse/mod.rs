//! SQL text → catalog and graph.
//!
//! The only room that uses sqlparser; none of its types leaves. Names inside expressions are
//! resolved by a [`Scope`] that the caller brings, so this room knows nothing of entities.

mod defect;
mod scope;
mod token;

pub use defect::{Defect, DefectKind};
pub use scope::{Named, Part, Scope, ScopeError, ScopeErrorKind};
