//! Our own diagnostic: a coded message with labels over any source, help and fixes.
//!
//! Knows neither models nor SQL. miette is one view of it.

mod code;
mod diagnostic;
mod fix;
#[cfg(feature = "miette")]
mod miette;
mod sink;
mod suggest;

pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Label, Subject};
pub use fix::{Applicability, Edit, Fix};
#[cfg(feature = "miette")]
pub use miette::{Report, Reports};
pub use sink::Sink;
pub use suggest::nearest;
