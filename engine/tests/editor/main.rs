//! The questions of an editor, asked at a `$0` in a text.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that goes wrong must fail"
)]

mod actions;
mod complete;
mod fixtures;
mod given;
mod goto;
mod hints;
mod hover;
mod outline;
mod properties;
mod rename;
mod stage;
mod tokens;
