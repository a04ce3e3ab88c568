//! Sources, byte spans, positions, and SQL that stands inside another text.
//!
//! Knows nothing of what the texts say.

mod decode;
mod fragment;
mod position;
mod source;

pub use decode::Decoded;
pub use fragment::Fragment;
pub use position::{LineTable, Position};
pub use source::{Source, Sources, Span};
