//! Sources, byte spans, positions, and SQL that stands inside another text.
//!
//! Knows nothing of what the texts say.

mod decode;
mod fragment;
mod pieces;
mod placed;
mod position;
mod source;
mod spans;
mod words;

pub use decode::Decoded;
pub use fragment::Fragment;
pub(crate) use placed::Placed;
pub use position::{LineTable, Position};
pub use source::{Source, Sources, Span};
pub use spans::Spans;
pub(crate) use words::Words;
