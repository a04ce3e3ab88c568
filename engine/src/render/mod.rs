//! SQL text: from plans, conditions and clauses.
//!
//! The writer appends to one buffer. What a dialect can say is a table of
//! [`Capabilities`], names
//! are made up before anything is written (`naming`), and expressions are written with an explicit
//! stack, with the parentheses that let the text be read back to the same tree (`operator`).
//!
//! Knows nothing of load strategies, or of how roles and directions were decided.

mod compound;
mod condition;
mod dialect;
mod expand;
mod expr;
mod json;
mod label;
mod length;
mod limit;
mod list;
mod literal;
mod name;
mod naming;
mod operator;
mod query;
mod recursion;
mod reserved;
mod select;
mod statement;
mod style;
mod title;
mod writer;

pub use condition::{column_path, condition, lazy};
pub use dialect::{
    Backslash, Capabilities, Concat, Json, JsonFunctions, JsonOrder, Limit, Placeholder, RowList,
    SqlDialect, Template, WideObject, With,
};
pub use expand::{Expanded, Take};
pub use length::Length;
pub use list::Expansion;
pub use reserved::Reserved;
pub use statement::{
    DiscriminatorColumn, LoadedStep, MatchColumn, Parameter, Renderer, ResultColumn, Statement,
    statement,
};
pub use style::{Labels, Placeholders, Profile, Style};
