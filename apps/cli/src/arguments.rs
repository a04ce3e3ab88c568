//! What the command line asks for.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

pub(crate) const USAGE: &str = "\
Usage:
  joinwright check MODEL [--format text|json]
  joinwright explain MODEL [Entity.relationship] [--format text|json]
  joinwright sql MODEL Entity[.rel[.rel…]] --load STRATEGY [--dialect D] [--limit N] [--offset N]
                 [--order-by primary_key] [--innerjoin] [--aliased] [--labels table_column|disambiguate]
                 [--format text|json]
  joinwright analyze [FILE|-] [--jsonl]
  joinwright rule [CODE]

MODEL is a model document, .toml or .json. STRATEGY is select, lazy, lazy_reverse, join, outerjoin
or joined. analyze reads JSON requests and writes JSON answers, with --jsonl one a line.

Exit status: 0 clean or warnings only, 1 errors found, 2 it could not run.
";

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
}

/// One command with its arguments.
pub(crate) enum Command {
    Check { model: PathBuf, format: Format },
    Explain { model: PathBuf, path: Option<String>, format: Format },
    Sql(SqlArguments),
    Analyze { file: PathBuf, lines: bool },
    Rule { code: Option<String> },
    Help,
    Version,
}

/// The arguments of `sql`; each option stays text, because the engine judges it.
#[derive(Debug, Default)]
pub(crate) struct SqlArguments {
    pub(crate) model: PathBuf,
    pub(crate) path: String,
    pub(crate) options: Vec<(&'static str, String)>,
    pub(crate) format: Format,
}

/// The commands, and the options that each takes.
const COMMANDS: [(&str, &[&str]); 6] = [
    ("check", &["format"]),
    ("explain", &["format"]),
    (
        "sql",
        &[
            "format",
            "load",
            "dialect",
            "limit",
            "offset",
            "order-by",
            "labels",
            "innerjoin",
            "aliased",
        ],
    ),
    ("analyze", &["jsonl"]),
    ("rule", &[]),
    ("help", &[]),
];

/// The options of `sql` that take a value, with the key of the request each becomes.
const VALUED: [(&str, &str); 6] = [
    ("load", "load"),
    ("dialect", "dialect"),
    ("limit", "limit"),
    ("offset", "offset"),
    ("order-by", "order_by"),
    ("labels", "labels"),
];

/// The options of `sql` that are switches.
const SWITCHES: [(&str, &str); 2] = [("innerjoin", "innerjoin"), ("aliased", "aliased")];

/// Everything behind the name of a command, sorted out.
#[derive(Default)]
struct Given {
    values: Vec<OsString>,
    /// The names of all options, to be held against what the command takes.
    named: Vec<String>,
    options: Vec<(&'static str, String)>,
    format: Format,
    jsonl: bool,
    help: bool,
}

/// Reads the process's arguments.
pub(crate) fn parse() -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_env();
    let command = match parser.next().map_err(|error| error.to_string())? {
        Some(Value(command)) => command.to_string_lossy().into_owned(),
        Some(Short('h') | Long("help")) | None => return Ok(Command::Help),
        Some(Short('V') | Long("version")) => return Ok(Command::Version),
        Some(other) => return Err(other.unexpected().to_string()),
    };
    let Some((_, known)) = COMMANDS.iter().find(|(name, _)| *name == command) else {
        let names = COMMANDS.iter().map(|(name, _)| *name);
        return Err(format!("there is no command `{command}`{}", did_you_mean(&command, names)));
    };
    let given = given(&mut parser).map_err(|error| error.to_string())?;
    if given.help || command == "help" {
        return Ok(Command::Help);
    }
    match given.named.iter().find(|name| !known.contains(&name.as_str())) {
        Some(other) => {
            let hint = did_you_mean(other, known.iter().copied());
            Err(format!("`{command}` has no option `--{other}`{hint}"))
        }
        None => build(&command, given),
    }
}

/// The end of a message about a name that is unknown.
pub(crate) fn did_you_mean<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let near = joinwright::report::nearest(written, known);
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

fn given(parser: &mut lexopt::Parser) -> Result<Given, lexopt::Error> {
    let mut given = Given::default();
    while let Some(argument) = parser.next()? {
        if let Long(name) = argument {
            given.named.push(name.to_owned());
        }
        match argument {
            Value(value) => given.values.push(value),
            Short('h') | Long("help") => given.help = true,
            Long("jsonl") => given.jsonl = true,
            Long("format") => {
                given.format = parser.value()?.parse_with(|text| match text {
                    "text" => Ok(Format::Text),
                    "json" => Ok(Format::Json),
                    _ => Err("write `text` or `json`"),
                })?;
            }
            Long(name) => {
                let find = |table: &[(&str, &'static str)]| {
                    table.iter().find(|(option, _)| *option == name).map(|(_, key)| *key)
                };
                if let Some(key) = find(&SWITCHES) {
                    given.options.push((key, "true".to_owned()));
                } else if let Some(key) = find(&VALUED) {
                    given.options.push((key, parser.value()?.string()?));
                } else {
                    // A value that follows an unknown option stays unread with it.
                    let _ = parser.optional_value();
                }
            }
            Short(_) => return Err(argument.unexpected()),
        }
    }
    Ok(given)
}

fn build(command: &str, given: Given) -> Result<Command, String> {
    let mut values = given.values.into_iter();
    let mut model = || values.next().map(PathBuf::from).ok_or("a model file is missing");
    let text = |value: OsString| value.to_string_lossy().into_owned();
    let format = given.format;
    let built = match command {
        "check" => Command::Check { model: model()?, format },
        "explain" => Command::Explain { model: model()?, path: values.next().map(text), format },
        "sql" => {
            let model = model()?;
            let path = values.next().map(text).ok_or("an entity is missing, as in `Customer`")?;
            Command::Sql(SqlArguments { model, path, options: given.options, format })
        }
        "analyze" => {
            let file = values.next().map_or_else(|| PathBuf::from("-"), PathBuf::from);
            Command::Analyze { file, lines: given.jsonl }
        }
        "rule" => Command::Rule { code: values.next().map(text) },
        _ => Command::Help,
    };
    match values.next() {
        Some(extra) => Err(format!("`{}` is one argument too many", extra.to_string_lossy())),
        None => Ok(built),
    }
}
