//! DDL scripts → catalog.
//!
//! A script is cut into statements byte by byte, and a statement that declares no table, column or
//! key is never tokenized. What remains is read element by element: names and keys by their small
//! common grammar, types and column options by sqlparser, and what neither knows is stepped over
//! in balanced pieces and reported. So nothing that is strange about one column costs another one.
//!
//! Tables stay drafts, names only, until everything is read; then keys are bound. Knows nothing of
//! expressions: conditions, defaults and generated columns are not looked into.

mod again;
mod alter;
mod column;
mod constraint;
mod data;
mod definition;
mod draft;
mod generated;
mod head;
mod index;
mod inherit;
mod lexis;
mod link;
mod outline;
mod pass;
mod reader;
mod rest;
mod routine;
mod scan;
mod split;
mod table;
mod tokens;
mod type_name;

use sqlparser::dialect::{self, GenericDialect};

pub(crate) use self::again::{Edited, Recolumned};
use self::draft::{Drafts, WrittenTable};
use self::head::Class;
pub(crate) use self::outline::{Asides, Outline};
use self::reader::{Place, Reader};
use self::rest::Rests;
use self::split::{Statement, Statements};
use self::tokens::Tokens;
use super::plain::plain;
use super::token;
use super::{Defect, DefectKind};
use crate::base::{Dialect, Names};
use crate::catalog::Catalog;
use crate::spec::document::TableSpec;
use crate::text::{Fragment, Span};

/// Statements that declare tables or keys are read up to this size; their tokens take a hundred
/// times as much.
const LONGEST_STATEMENT: usize = 1 << 20;

/// Reads DDL scripts, one fragment each, and adds their tables to the catalog.
///
/// All scripts are read before a key is bound, so a foreign key may refer to a table of a later
/// one. Returns what could not be read or bound; everything else counts.
///
/// ```
/// use joinwright::base::{Dialect, Names};
/// use joinwright::catalog::Catalog;
/// use joinwright::parse;
/// use joinwright::text::{Fragment, Sources};
///
/// let script = "CREATE TABLE b (a_id INT REFERENCES a); CREATE TABLE a (id INT PRIMARY KEY);";
/// let source = Sources::new().add("schema.sql", script);
/// let (mut names, mut catalog) = (Names::new(), Catalog::new());
/// let scripts = [Fragment::verbatim(source, script, 0)];
/// let defects = parse::ddl(&scripts, Dialect::Postgres, &mut names, &mut catalog);
/// assert!(defects.is_empty());
/// assert_eq!(catalog.foreign_key_count(), 1);
/// ```
pub fn ddl(
    fragments: &[Fragment<'_>],
    dialect: Dialect,
    names: &mut Names,
    catalog: &mut Catalog,
) -> Vec<Defect> {
    let mut defects = Vec::new();
    let (drafts, rests) = (Drafts::default(), Rests::default());
    let mut session = Session { dialect, drafts, rests, names, defects: &mut defects };
    let mut early = Vec::new();
    for fragment in fragments {
        let mut statements = Statements::new(fragment.text(), dialect);
        while let Some(mut statement) = statements.next() {
            let missing = session.run(fragment, &statement);
            statements.reuse(&mut statement);
            if missing.is_some() {
                early.push((fragment, statement));
            }
        }
    }
    // A table may be declared in a later file than the one that alters it.
    let mut missed = Vec::new();
    for (fragment, statement) in &early {
        let missing = session.run(fragment, statement);
        // What is indexed may as well be a view.
        missed.extend(missing.filter(|_| statement.head.class() == Class::AlterTable));
    }
    let drafts = session.drafts;
    link::link(drafts, names, catalog, &mut defects);
    for table in missed {
        link::report_missing(table, names, catalog, &mut defects);
    }
    defects
}

/// Adds tables given as data to the catalog; returns what could not be bound.
pub fn tables(specs: &[TableSpec], names: &mut Names, catalog: &mut Catalog) -> Vec<Defect> {
    let mut defects = Vec::new();
    let drafts = data::read(specs, names, &mut defects);
    link::link(drafts, names, catalog, &mut defects);
    defects
}

/// What the statements read so far have made.
struct Session<'a> {
    dialect: Dialect,
    drafts: Drafts,
    rests: Rests,
    names: &'a mut Names,
    defects: &'a mut Vec<Defect>,
}

impl Session<'_> {
    /// Reads a statement; returns its table where that is not declared yet.
    fn run(&mut self, fragment: &Fragment<'_>, statement: &Statement<'_>) -> Option<WrittenTable> {
        let class = statement.head.class();
        let span = fragment.span(statement.start, statement.end);
        if let Class::Unknown { relevant } = class {
            self.unknown(span, statement, relevant);
            return None;
        }
        if class == Class::Passed {
            return None;
        }
        if statement.end - statement.start > LONGEST_STATEMENT {
            let kind = DefectKind::TooDeep { unit: "bytes", limit: LONGEST_STATEMENT };
            self.defects.push(Defect { kind, span });
            return None;
        }
        self.read(class, fragment, statement)
    }

    fn read(
        &mut self,
        class: Class,
        fragment: &Fragment<'_>,
        statement: &Statement<'_>,
    ) -> Option<WrittenTable> {
        let text = statement.text(fragment.text());
        let grammar = grammar(self.dialect);
        let late = if statement.tokens.is_none() { plain(&text, grammar) } else { None };
        let (tokens, error) = match statement.tokens.as_ref().or(late.as_ref()) {
            Some(list) => (Tokens::Plain { text: &text, list }, None),
            None => Tokens::any(&text, grammar),
        };
        let place = Place { text: &text, fragment, start: statement.start, dialect: self.dialect };
        let known = self.defects.len();
        let Self { rests, names, defects, .. } = self;
        let mut reader = Reader::new(place, tokens, grammar, rests, names, defects);
        let missing = apply(class, &mut reader, &mut self.drafts);
        if let Some(error) = error.filter(|_| missing.is_none()) {
            let start = statement.start + error.offset.min(text.len());
            let kind = DefectKind::Syntax { message: error.message.to_lowercase() };
            self.forget_missed(known, fragment.span(statement.end, statement.end));
            self.defects.push(Defect { kind, span: fragment.span(start, statement.end) });
        }
        missing
    }

    /// Drops what the last statement was said to lack at its end: behind an error that ended its tokens
    /// early it may well stand.
    fn forget_missed(&mut self, known: usize, end: Span) {
        let found = self.defects.split_off(known);
        let is_missed = |it: &Defect| {
            matches!(it.kind, DefectKind::Syntax { .. }) && it.span.start >= end.start
        };
        self.defects.extend(found.into_iter().filter(|it| !is_missed(it)));
    }

    /// A statement of no known kind: what was meant as one breaks the grammar.
    fn unknown(&mut self, span: Span, statement: &Statement<'_>, relevant: bool) {
        let what = statement.head.what();
        let kind = if let Some(meant) = statement.head.meant() {
            DefectKind::Syntax { message: format!("expected `{meant}`, found `{what}`") }
        } else {
            let message = "no statement that is known".to_owned();
            DefectKind::Unsupported { what, message, relevant }
        };
        self.defects.push(Defect { kind, span });
    }
}

/// Reads a statement; returns its table where that is not declared yet.
fn apply(class: Class, reader: &mut Reader<'_>, drafts: &mut Drafts) -> Option<WrittenTable> {
    match class {
        Class::CreateIndex => return index::create(reader, drafts),
        Class::AlterTable => return alter::alter(reader, drafts),
        Class::CreateTable => table::create(reader, drafts),
        Class::DropTable => alter::drop_tables(reader, drafts),
        Class::DropIndex => index::drop(reader, drafts),
        Class::RenameTable => alter::rename_tables(reader, drafts),
        Class::Passed | Class::Unknown { .. } => {}
    }
    None
}

/// sqlparser's dialect for DDL. Its ANSI knows neither auto-increments nor letters outside ASCII.
fn grammar(dialect: Dialect) -> &'static dyn dialect::Dialect {
    match dialect {
        Dialect::Ansi => &GenericDialect {},
        _ => token::grammar(dialect),
    }
}
