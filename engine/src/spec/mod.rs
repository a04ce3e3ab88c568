//! The model document as it is written: unresolved, every value with its place.
//!
//! The only room that reads TOML and JSON. Knows nothing of what the names in a document mean.

mod decode;
mod defect;
mod depth;
pub mod document;
mod encode;
mod json;
mod lexer;
mod new;
mod options;
mod read;
mod request;
mod section;
mod spot;
mod toml;
mod value;

pub(crate) use defect::NUL;
pub use defect::{Defect, DefectKind};
pub use document::Document;
pub(crate) use encode::{escaped, fits_list, key, lines, string};
pub(crate) use read::{Declaration, declaration};
pub use read::{is_flag, keys, words};
pub use request::{LoadSpec, Request, StatementSpec};
pub(crate) use section::{Section, sections};
pub use spot::{Format, Site, Spot, spot_at, spots};
