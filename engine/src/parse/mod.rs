//! SQL text → catalog and graph.
//!
//! The only room that uses sqlparser; none of its types leaves. Names inside expressions are
//! resolved by a [`Scope`] that the caller brings, so this room knows nothing of entities.

mod bare;
mod condition;
mod ddl;
mod defect;
mod equation;
mod grammar;
mod guard;
mod lexeme;
mod lower;
mod mention;
mod operator;
mod path;
mod plain;
mod read;
mod scope;
mod token;
mod widen;
mod word;

pub use bare::is_bare_name;
pub use condition::{Derived, Reading, condition, expression, from_clause, order_by, query};
pub(crate) use ddl::{Asides, Edited, Outline, Recolumned};
pub use ddl::{ddl, tables};
pub use defect::{Defect, DefectKind};
pub use grammar::Grammar;
pub use lexeme::{Lexeme, LexemeKind, lexemes};
pub use mention::mentions;
pub use path::{PathPart, path};
pub use scope::{Named, Part, Scope, ScopeError, ScopeErrorKind};
