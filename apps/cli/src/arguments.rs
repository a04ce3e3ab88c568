//! What the command line asks for.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

pub(crate) const USAGE: &str = "\
Usage:
  joinwright check MODEL [--format text|json|sarif|github] [--statistics]
                   [--fix|--diff [--unsafe-fixes]] [--baseline FILE] [--write-baseline FILE]
  joinwright explain MODEL [Entity.relationship] [--format text|json]
  joinwright sql MODEL Entity[.rel[.rel…]] --load STRATEGY[,STRATEGY…] [--dialect D] [--limit N]
                 [--offset N] [--order-by primary_key|SQL] [--innerjoin] [--aliased] [--defaults]
                 [--labels table_column|disambiguate] [--profile sqlalchemy_2_1]
                 [--format text|json]
  joinwright load MODEL Entity[.rel[.rel…]] --load STRATEGY[,STRATEGY…] --database FILE
                  [--limit N] [--offset N] [--order-by primary_key|SQL] [--innerjoin] [--defaults]
                  [--format text|json]
  joinwright analyze [FILE|-] [--jsonl]
  joinwright graph MODEL [--format mermaid|dot|json|svg] [--tables]
  joinwright rule [CODE]
  joinwright lsp

MODEL is a model document, .toml or .json. STRATEGY is select, lazy, lazy_reverse, join, outerjoin,
joined, selectin, subquery, any, has, contains, with_parent, top_n or json: one statement. Listed
one for each step of the path, joined, selectin, subquery, select, immediate, none, raise or auto
ask for a whole load: all its statements; so does one of these alone that cannot follow the path in
one statement, and --defaults, with which other relationships are loaded as they say themselves.

A step `rel:Subclass` leads to a subclass of the relationship's target.

load runs a whole load, top_n or json on an SQLite file, which it only reads, and prints the
objects. analyze reads JSON requests and writes JSON answers, with --jsonl one a line. lsp is the
language server, on the two standard streams.

check --fix applies the safe fixes, with --unsafe-fixes the others too, and tells what is left;
--diff shows the changes and writes nothing. A baseline lists known findings, which are not told
again: --write-baseline writes one of what is found now.

graph draws the entities and their relationships, with --tables the tables and their foreign keys.

Exit status: 0 clean or warnings only, 1 errors found, 2 it could not run.
";

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
}

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Report {
    #[default]
    Text,
    Statistics,
    Json,
    Sarif,
    Github,
}

/// How a diagram is written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Drawing {
    #[default]
    Mermaid,
    Dot,
    Json,
    Svg,
}

/// Which fixes are applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fixes {
    Safe,
    All,
}

/// One command with its arguments.
pub(crate) enum Command {
    Check(CheckArguments),
    Explain { model: PathBuf, path: Option<String>, format: Format },
    Sql(SqlArguments),
    Load(LoadArguments),
    Analyze { file: PathBuf, lines: bool },
    Graph { model: PathBuf, drawing: Drawing, tables: bool },
    Rule { code: Option<String> },
    LanguageServer,
    Help,
    Version,
}

/// The arguments of `check`.
#[derive(Debug, Default)]
pub(crate) struct CheckArguments {
    pub(crate) model: PathBuf,
    pub(crate) report: Report,
    pub(crate) fixes: Option<Fixes>,
    /// Show what fixes would change, and change nothing.
    pub(crate) diff: bool,
    pub(crate) baseline: Option<PathBuf>,
    pub(crate) write_baseline: Option<PathBuf>,
}

/// The arguments of `sql`; each option stays text, because the engine judges it.
#[derive(Debug, Default)]
pub(crate) struct SqlArguments {
    pub(crate) model: PathBuf,
    pub(crate) path: String,
    pub(crate) options: Vec<(&'static str, String)>,
    pub(crate) format: Format,
}

/// The arguments of `load`: those of the statement, and the file that it is run on.
#[derive(Debug)]
pub(crate) struct LoadArguments {
    pub(crate) request: SqlArguments,
    pub(crate) database: PathBuf,
}

/// What a command takes beside its values.
struct Options {
    command: &'static str,
    /// Options that take a value.
    valued: &'static [&'static str],
    /// Options that stand alone.
    switches: &'static [&'static str],
}

const COMMANDS: [Options; 9] = [
    Options {
        command: "check",
        valued: &["format", "baseline", "write-baseline"],
        switches: &["statistics", "fix", "unsafe-fixes", "diff"],
    },
    Options { command: "explain", valued: &["format"], switches: &[] },
    Options {
        command: "sql",
        valued: &["format", "load", "dialect", "limit", "offset", "order-by", "labels", "profile"],
        switches: &["innerjoin", "aliased", "defaults"],
    },
    Options {
        command: "load",
        valued: &["format", "load", "database", "limit", "offset", "order-by"],
        switches: &["innerjoin", "defaults"],
    },
    Options { command: "analyze", valued: &[], switches: &["jsonl"] },
    Options { command: "graph", valued: &["format"], switches: &["tables"] },
    Options { command: "rule", valued: &[], switches: &[] },
    // Editors say `--stdio` though there is no other way.
    Options { command: "lsp", valued: &[], switches: &["stdio"] },
    Options { command: "help", valued: &[], switches: &[] },
];

/// Everything behind the name of a command, sorted out.
#[derive(Default)]
struct Given {
    values: Vec<OsString>,
    valued: Vec<(&'static str, OsString)>,
    switches: Vec<&'static str>,
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
    let Some(known) = COMMANDS.iter().find(|known| known.command == command) else {
        let names = COMMANDS.iter().map(|known| known.command);
        return Err(format!("there is no command `{command}`{}", did_you_mean(&command, names)));
    };
    let given = known.given(&mut parser)?;
    if given.help { Ok(Command::Help) } else { given.build(known.command) }
}

/// The end of a message about a name that is unknown.
pub(crate) fn did_you_mean<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let near = joinwright::report::nearest(written, known);
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

impl Options {
    fn given(&self, parser: &mut lexopt::Parser) -> Result<Given, String> {
        let said = |error: lexopt::Error| error.to_string();
        let mut given = Given::default();
        while let Some(argument) = parser.next().map_err(said)? {
            match argument {
                Value(value) => given.values.push(value),
                Short('h') | Long("help") => given.help = true,
                Long(name) => {
                    let find =
                        |names: &[&'static str]| names.iter().find(|it| **it == name).copied();
                    if let Some(switch) = find(self.switches) {
                        given.switches.push(switch);
                    } else if let Some(option) = find(self.valued) {
                        given.valued.push((option, parser.value().map_err(said)?));
                    } else {
                        return Err(self.unknown(name));
                    }
                }
                Short(_) => return Err(argument.unexpected().to_string()),
            }
        }
        Ok(given)
    }

    fn unknown(&self, option: &str) -> String {
        let known = self.valued.iter().chain(self.switches);
        let known: Vec<_> = known.map(|known| format!("--{known}")).collect();
        let option = format!("--{option}");
        let hint = did_you_mean(&option, known.iter().map(String::as_str));
        format!("`{}` has no option `{option}`{hint}", self.command)
    }
}

impl Given {
    fn build(mut self, command: &str) -> Result<Command, String> {
        let mut values = std::mem::take(&mut self.values).into_iter();
        let mut model = || values.next().map(PathBuf::from).ok_or("a model file is missing");
        let text = |value: OsString| value.to_string_lossy().into_owned();
        let built = match command {
            "check" => Command::Check(self.check(model()?)?),
            "explain" => {
                let (model, path) = (model()?, values.next().map(text));
                Command::Explain { model, path, format: self.format()? }
            }
            "sql" => Command::Sql(self.statement(model()?, values.next())?),
            "load" => {
                let request = self.statement(model()?, values.next())?;
                let database = self.path("database").ok_or("`--database FILE` is missing")?;
                Command::Load(LoadArguments { request, database })
            }
            "analyze" => {
                let file = values.next().map_or_else(|| PathBuf::from("-"), PathBuf::from);
                Command::Analyze { file, lines: self.has("jsonl") }
            }
            "graph" => {
                let (model, drawing) = (model()?, self.drawing()?);
                Command::Graph { model, drawing, tables: self.has("tables") }
            }
            "rule" => Command::Rule { code: values.next().map(text) },
            "lsp" => Command::LanguageServer,
            _ => return Ok(Command::Help),
        };
        match values.next() {
            Some(extra) => Err(format!("`{}` is one argument too many", extra.to_string_lossy())),
            None => Ok(built),
        }
    }

    fn check(&self, model: PathBuf) -> Result<CheckArguments, String> {
        let report = match self.value("format").as_deref() {
            None | Some("text") if self.has("statistics") => Report::Statistics,
            None | Some("text") => Report::Text,
            Some(other) if self.has("statistics") => {
                return Err(format!("`--statistics` is text, not `{other}`"));
            }
            Some("json") => Report::Json,
            Some("sarif") => Report::Sarif,
            Some("github") => Report::Github,
            Some(other) => {
                return Err(unknown_format(other, "`text`, `json`, `sarif` or `github`"));
            }
        };
        let diff = self.has("diff");
        let asked = diff || self.has("fix");
        let fixes = match (asked, self.has("unsafe-fixes")) {
            (true, true) => Some(Fixes::All),
            (true, false) => Some(Fixes::Safe),
            (false, true) => {
                return Err("`--unsafe-fixes` goes with `--fix` or `--diff`".to_owned());
            }
            (false, false) => None,
        };
        let baseline = self.path("baseline");
        let write_baseline = self.path("write-baseline");
        Ok(CheckArguments { model, report, fixes, diff, baseline, write_baseline })
    }

    fn statement(&self, model: PathBuf, path: Option<OsString>) -> Result<SqlArguments, String> {
        let path = path.ok_or("an entity is missing, as in `Customer`")?;
        let (path, options) = (path.to_string_lossy().into_owned(), self.of_request());
        Ok(SqlArguments { model, path, options, format: self.format()? })
    }

    fn format(&self) -> Result<Format, String> {
        match self.value("format").as_deref() {
            None | Some("text") => Ok(Format::Text),
            Some("json") => Ok(Format::Json),
            Some(other) => Err(unknown_format(other, "`text` or `json`")),
        }
    }

    fn drawing(&self) -> Result<Drawing, String> {
        match self.value("format").as_deref() {
            None | Some("mermaid") => Ok(Drawing::Mermaid),
            Some("dot") => Ok(Drawing::Dot),
            Some("json") => Ok(Drawing::Json),
            Some("svg") => Ok(Drawing::Svg),
            Some(other) => Err(unknown_format(other, "`mermaid`, `dot`, `json` or `svg`")),
        }
    }

    /// What of the options belongs into a request, under its key there.
    fn of_request(&self) -> Vec<(&'static str, String)> {
        let key = |option: &'static str| if option == "order-by" { "order_by" } else { option };
        let valued =
            self.valued.iter().filter(|(option, _)| !matches!(*option, "format" | "database"));
        let valued =
            valued.map(|(option, value)| (key(option), value.to_string_lossy().into_owned()));
        valued.chain(self.switches.iter().map(|switch| (*switch, "true".to_owned()))).collect()
    }

    fn has(&self, switch: &str) -> bool {
        self.switches.contains(&switch)
    }

    /// The value of an option; of several, the last.
    fn os_value(&self, option: &str) -> Option<&OsString> {
        self.valued.iter().rev().find(|(name, _)| *name == option).map(|(_, value)| value)
    }

    fn value(&self, option: &str) -> Option<String> {
        self.os_value(option).map(|value| value.to_string_lossy().into_owned())
    }

    fn path(&self, option: &str) -> Option<PathBuf> {
        self.os_value(option).map(PathBuf::from)
    }
}

fn unknown_format(written: &str, known: &str) -> String {
    format!("there is no format `{written}`: write {known}")
}
