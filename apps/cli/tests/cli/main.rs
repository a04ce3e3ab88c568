//! The program as its users meet it: arguments and files in, text, JSON and an exit status out.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a helper of a test that panics is a test that fails"
)]

mod bad_input;
mod command_line;
mod requests;
mod stage;
