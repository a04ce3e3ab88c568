//! The program as its users meet it: arguments and files in, text, JSON and an exit status out.

#![expect(clippy::unwrap_used, reason = "a helper that panics is a test that fails")]

mod bad_input;
mod command_line;
mod fixes;
mod load;
mod reports;
mod requests;
mod stage;
