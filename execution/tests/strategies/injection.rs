//! Names and texts that try to be SQL.
//!
//! They stand for themselves: every statement is one statement, whose tokens are those of the same
//! statement about tables with plain names; and what it loads is what nested loops find, from the
//! tables that have the names.

use std::collections::{BTreeMap, BTreeSet};

use joinwright::base::{Dialect, EntityId, RelationshipId};
use joinwright::entity::Mapping;
use joinwright::plan::{self, Ordering, Request};
use joinwright::render::{self, Style};
use proptest::collection::vec;
use proptest::prelude::{
    ProptestConfig, Strategy, TestCaseError, prop_assert, prop_assert_eq, proptest,
};
use proptest::sample::select;
use sqlparser::dialect::{
    Dialect as Grammar, GenericDialect, MsSqlDialect, MySqlDialect, OracleDialect,
    PostgreSqlDialect,
};
use sqlparser::keywords::Keyword;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

use crate::document::document;
use crate::generator;
use crate::model::{Condition, Model, Operand, Operator, Value, Written};

/// What ends a quoted part, or begins a comment, a parameter or a statement, somewhere; and what
/// only looks like it.
const PIECES: [&str; 52] = [
    "x", "'", "\"", "`", "\\", "--", "/*", "*/", "#", ";", "?", ":p1", "$1", "@p1", "%s", "%",
    "{0}", "[", "]", "(", ")", ",", ".", " ", "\n", "\t", "\r", "''", "\"\"", "``", "]]", "\\'",
    "' OR '1", "\"; DROP", "NULL", "$$", "\\x27", "U&", "’", "＇", "ʼ", "“", "＂", "｀", "´",
    "\u{200b}", "\u{202e}", "\u{a0}", "\u{1}", "\u{7f}", "\u{85}", "\u{2028}",
];
/// Only in texts: `MySQL` has no names with them.
const WIDE: [&str; 3] = ["👻", "𝒙", "\u{10ffff}"];

/// Random models with such names and texts, all of which the database can have.
pub(crate) fn models(dialect: Dialect) -> impl Strategy<Value = Model> {
    let text = vec(select([&PIECES[..], &WIDE].concat()), 0..4);
    let texts = vec(text, 8).prop_map(|texts| distinct(texts.iter().map(|text| text.concat())));
    (generator::models(dialect), names(5, dialect), names(14, dialect), texts)
        .prop_map(|(model, tables, columns, texts)| renamed(model, &tables, &columns, &texts))
}

/// Names, no two alike.
fn names(number: usize, dialect: Dialect) -> impl Strategy<Value = Vec<String>> {
    let name = move |pieces: &Vec<&str>| {
        // SQLite does not find a table with a dot in its name inside a nested join.
        let of_sqlite = |piece: &&&str| dialect != Dialect::Sqlite || **piece != ".";
        let name: String = pieces.iter().filter(of_sqlite).copied().collect();
        // No name of MySQL ends with white space, and an alias begins with what can be seen.
        let seen = |char: char| !char.is_control() && !char.is_whitespace();
        if name.starts_with(seen) && name.trim_end() == name { name } else { format!("x{name}x") }
    };
    let names = vec(vec(select(&PIECES[..]), 1..4), number);
    names.prop_map(move |names| distinct(names.iter().map(name)))
}

/// The texts; one that was there before, in other case perhaps, begins with a letter of its own.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    let texts = texts.zip('a'..).map(|(text, letter)| {
        let is_new = known.insert(text.to_lowercase());
        if is_new { text } else { format!("{letter}{text}") }
    });
    texts.collect()
}

/// The model with other names, and the texts that it has in other words.
fn renamed(mut model: Model, tables: &[String], columns: &[String], texts: &[String]) -> Model {
    let mut known = BTreeMap::new();
    let mut reword = |value: &mut Value| {
        if let Value::Text(text) = value {
            let next = known.len() % texts.len();
            let word = known.entry(text.clone()).or_insert_with(|| texts[next].clone());
            text.clone_from(word);
        }
    };
    for (table, name) in model.tables.iter_mut().zip(tables) {
        table.name.clone_from(name);
        table.columns.iter_mut().zip(columns).for_each(|(column, name)| {
            column.name.clone_from(name);
        });
        table.rows.iter_mut().flatten().for_each(&mut reword);
    }
    for relationship in &mut model.relationships {
        let secondary = relationship.secondary.iter_mut().filter_map(|it| it.on.as_mut());
        let conditions =
            secondary.chain(&mut relationship.second).chain([&mut relationship.primary]);
        conditions.for_each(|condition| reword_condition(condition, &mut reword));
    }
    model
}

fn reword_condition(condition: &mut Condition, reword: &mut impl FnMut(&mut Value)) {
    let operands = match condition {
        Condition::And(terms) | Condition::Or(terms) => {
            terms.iter_mut().for_each(|term| reword_condition(term, reword));
            Vec::new()
        }
        Condition::Not(inner) => {
            reword_condition(inner, reword);
            Vec::new()
        }
        Condition::Compare(left, _, right) => vec![left, right],
        Condition::IsNull(operand) => vec![operand],
    };
    for operand in operands {
        if let Operand::Literal(value) = operand {
            reword(value);
        }
    }
}

/// The grammar that a dialect's statements are read in.
fn grammar(dialect: Dialect) -> Box<dyn Grammar> {
    match dialect {
        // These have unquoted names with a dollar, which sqlparser's own grammars for them have not.
        Dialect::Ansi | Dialect::Sqlite => Box::new(GenericDialect {}),
        Dialect::Postgres => Box::new(PostgreSqlDialect {}),
        Dialect::MySql | Dialect::MariaDb => Box::new(MySqlDialect {}),
        Dialect::MsSql => Box::new(MsSqlDialect {}),
        Dialect::Oracle => Box::new(OracleDialect {}),
    }
}

/// What can be loaded along each relationship, and along one path of two steps, in every dialect.
fn statements(model: &Model) -> Vec<(Dialect, String)> {
    let engine = joinwright::Model::from_toml("model.toml", &document(model));
    let mapping = engine.mapping();
    let plans = requests(mapping);
    let plans = plans.iter().filter_map(|it| plan::plan(mapping, engine.resolution(), it).ok());
    let write = |plan: plan::Plan<'_>| {
        Dialect::ALL.map(|dialect| {
            let style = Style { dialect, ..Style::default() };
            (dialect, render::statement(&plan, mapping, style).sql)
        })
    };
    plans.flat_map(write).collect()
}

fn requests(mapping: &Mapping) -> Vec<Request> {
    let mut paths: Vec<_> = mapping.entities().map(|(id, _)| (id, Vec::new())).collect();
    let all = || mapping.relationships();
    paths.extend(all().map(|(id, relationship)| (relationship.entity, vec![id])));
    let longer = all().find_map(|(first, near)| {
        let (second, _) = all().find(|(_, far)| far.entity == near.target)?;
        Some((near.entity, vec![first, second]))
    });
    paths.extend(longer);
    let of = |(entity, path): (EntityId, Vec<RelationshipId>)| {
        let one = |load| {
            let whole = Request::new(entity, path.clone(), load);
            let order_by = Ordering::PrimaryKey;
            let part = Request { limit: Some(2), offset: Some(1), order_by, ..whole.clone() };
            let opposite = Request { negate: true, ..whole.clone() };
            let is_test = matches!(load, plan::Strategy::Any | plan::Strategy::Has);
            [whole, if is_test { opposite } else { part }]
        };
        plan::Strategy::ALL.into_iter().flat_map(one).collect::<Vec<_>>()
    };
    paths.into_iter().flat_map(of).collect()
}

/// What a token is, apart from the names and texts in it.
fn kind(token: &Token) -> String {
    match token {
        Token::Word(word) if word.quote_style.is_some() || word.keyword == Keyword::NoKeyword => {
            "name".to_owned()
        }
        Token::SingleQuotedString(_) => "text".to_owned(),
        other => other.to_string(),
    }
}

fn content(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(&word.value),
        Token::SingleQuotedString(text) => Some(text),
        _ => None,
    }
}

fn tokens(dialect: Dialect, sql: &str) -> Result<Vec<Token>, TestCaseError> {
    let failure =
        |error: &dyn std::fmt::Display| TestCaseError::fail(format!("{dialect}: {error}\n{sql}"));
    let grammar = grammar(dialect);
    let parsed = Parser::parse_sql(&*grammar, sql).map_err(|error| failure(&error))?;
    if parsed.len() != 1 {
        return Err(failure(&format!("{} statements", parsed.len())));
    }
    Tokenizer::new(&*grammar, sql).tokenize().map_err(|error| failure(&error))
}

/// The statements are token by token the same, but for the words.
fn alike(
    dialect: Dialect,
    odd: &str,
    plain: &str,
    words: &BTreeMap<String, String>,
) -> Result<(), TestCaseError> {
    let odd_tokens = tokens(dialect, odd)?;
    let plain_tokens = Tokenizer::new(&*grammar(dialect), plain).tokenize().unwrap_or_default();
    let kinds = |tokens: &[Token]| tokens.iter().map(kind).collect::<Vec<_>>();
    prop_assert_eq!(kinds(&odd_tokens), kinds(&plain_tokens), "{}\n{}", odd, plain);
    for (odd_token, plain_token) in odd_tokens.iter().zip(&plain_tokens) {
        let word = content(plain_token).and_then(|plain| words.get(plain));
        if let Some(word) = word {
            prop_assert_eq!(content(odd_token), Some(word.as_str()), "{}\n{}", odd, plain);
        }
    }
    Ok(())
}

/// The model in plain words, and what each of them stands for.
fn in_plain_words(model: &Model) -> (Model, BTreeMap<String, String>) {
    let words = |letter| (0..14).map(|number| format!("{letter}{number}")).collect::<Vec<_>>();
    let (tables, columns, texts) = (words('t'), words('c'), words('w'));
    let mut known = BTreeMap::new();
    let plain = renamed(model.clone(), &tables, &columns, &texts);
    for (odd, plain) in model.tables.iter().zip(&plain.tables) {
        known.insert(plain.name.clone(), odd.name.clone());
        let columns = plain.columns.iter().zip(&odd.columns);
        known.extend(columns.map(|(plain, odd)| (plain.name.clone(), odd.name.clone())));
    }
    (plain, known)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::config().cases.div_ceil(8), ..crate::config() })]

    /// Databases refuse a null character, or read no further: it is an error of the model.
    #[test]
    fn no_statement_has_a_null_character(model in models(Dialect::Ansi), place in 0..3_usize) {
        let mut words = ["x", "y", "z"].map(str::to_owned);
        words[place].push('\0');
        let [table, column, text] = &words;
        let mut model = model;
        model.tables[0].name.clone_from(table);
        model.tables[0].columns[0].name.clone_from(column);
        let literal = Operand::Literal(Value::Text(text.clone()));
        let term = Condition::Compare(literal.clone(), Operator::Equal, literal);
        let relationship = &mut model.relationships[0];
        relationship.primary = Condition::And(vec![relationship.primary.clone(), term]);
        relationship.written = Written::Conditions { marked: true };

        let engine = joinwright::Model::from_toml("model.toml", &document(&model));
        let told = engine.diagnostics().iter().any(|it| it.code.name == "sql_syntax");
        prop_assert!(told);
        for (_, sql) in statements(&model) {
            prop_assert!(!sql.contains('\0'), "{}", sql);
        }
    }

    #[test]
    fn statements_parse_back_to_themselves(model in models(Dialect::Ansi)) {
        let (plain, words) = in_plain_words(&model);
        let plain = statements(&plain);
        let odd = statements(&model);
        prop_assert_eq!(odd.len(), plain.len());
        for ((dialect, odd), (_, plain)) in odd.iter().zip(&plain) {
            alike(*dialect, odd, plain, &words)?;
        }
    }
}
