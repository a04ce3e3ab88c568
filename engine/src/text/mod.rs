//! Sources, byte spans, positions, and SQL that stands inside another text.
//!
//! Knows nothing of what the texts say.

mod fragment;
mod position;
mod source;

pub use fragment::Fragment;
pub use position::{LineTable, Position};
pub use source::{Source, Sources, Span};
