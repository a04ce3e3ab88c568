//! The model document as it is written: unresolved, every value with its place.
//!
//! The only room that reads TOML and JSON. Knows nothing of what the names in a document mean.

mod defect;
pub mod document;

pub use defect::{Defect, DefectKind};
pub use document::Document;
