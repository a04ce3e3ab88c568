//! The language server: model documents, and the DDL files they name, in any editor.
//!
//! Messages are answered in their order. A change of text only marks what it touches; a model is
//! read again when something is asked of it, or when no further message waits, so that the latest
//! text wins. The engine answers in offsets, `convert` speaks the protocol's positions.

mod answer;
mod client;
mod convert;
mod document;
mod found;
mod location;
mod server;
mod session;
mod wire;
mod workspace;

use std::io::{self, BufRead, Write};

/// Serves an editor on the two standard streams until it says `exit` or goes away; whether it said
/// `shutdown` before, without which the protocol wants the exit status 1.
pub fn run() -> bool {
    serve(io::BufReader::new(io::stdin()), io::stdout().lock())
}

/// Serves an editor on any two streams.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write) -> bool {
    server::Server::new(output).run(&wire::incoming(input))
}
