//! Sources, byte spans, positions, and SQL that stands inside another text.
//!
//! Knows nothing of what the texts say.

mod decode;
mod fragment;
mod position;
mod shift;
mod source;
mod words;

pub use decode::Decoded;
pub use fragment::Fragment;
pub use position::{LineTable, Position};
pub(crate) use shift::{Placed, Shift};
pub use source::{Source, Sources, Span};
pub(crate) use words::Words;
