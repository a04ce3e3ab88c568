//! The command line of Joinwright: files in, text and JSON out.
//!
//! Exit status: 0 clean or warnings only, 1 errors found, 2 it could not run.

mod analyze;
mod arguments;
mod check;
mod explain;
mod graph;
mod input;
mod load;
mod report;
mod request;
mod rule;
mod sql;

use std::process::ExitCode;

use arguments::Command;
use mimalloc::MiMalloc;

/// Reading and resolving is a great many small allocations, which all live until the end.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What a command comes to.
enum Outcome {
    /// Nothing is wrong, or only warnings.
    Clean,
    /// The model has errors, or what was asked for cannot be made.
    Errors,
    /// A file could not be read.
    Unreadable,
}

fn main() -> ExitCode {
    let command = match arguments::parse() {
        Ok(command) => command,
        Err(message) => {
            eprintln!("joinwright: {message}\n`joinwright help` shows what can be written");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Ok(Outcome::Unreadable) => ExitCode::from(2),
        Err(message) => {
            eprintln!("joinwright: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Outcome, String> {
    match command {
        Command::Check(asked) => check::run(&asked),
        Command::Explain { model, path, format } => explain::run(&model, path.as_deref(), format),
        Command::Sql(asked) => sql::run(&asked),
        Command::Load(asked) => load::run(&asked),
        Command::Analyze { file, lines } => analyze::run(&file, lines),
        Command::Graph { model, drawing, tables } => graph::run(&model, drawing, tables),
        Command::Rule { code } => rule::run(code.as_deref()),
        Command::LanguageServer => {
            Ok(if joinwright_lsp::run() { Outcome::Clean } else { Outcome::Errors })
        }
        Command::Help => input::print(arguments::USAGE).map(|()| Outcome::Clean),
        Command::Version => input::print(concat!("joinwright ", env!("CARGO_PKG_VERSION"), "\n"))
            .map(|()| Outcome::Clean),
    }
}
