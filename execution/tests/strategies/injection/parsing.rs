//! What a parser makes of the statements.

use std::collections::BTreeMap;
use std::fmt::Display;

use joinwright::base::{Dialect, EntityId, RelationshipId};
use joinwright::entity::Mapping;
use joinwright::plan::{self, Ordering, Request};
use joinwright::render::{self, Style};
use joinwright_execution::Value;
use proptest::prelude::{TestCaseError, prop_assert, prop_assert_eq, proptest};
use sqlparser::dialect::{
    Dialect as Grammar, GenericDialect, MsSqlDialect, MySqlDialect, OracleDialect,
    PostgreSqlDialect,
};
use sqlparser::keywords::Keyword;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

use super::{each_text, models, renamed};
use crate::document::document;
use crate::model::{Condition, Model, Operand, Operator, Written};

/// The grammars that a dialect's statements are read in, its own first.
fn grammars(dialect: Dialect) -> &'static [&'static dyn Grammar] {
    match dialect {
        // These have unquoted names with a dollar, which sqlparser's own grammars for them have not.
        Dialect::Ansi | Dialect::Sqlite => &[&GenericDialect {}],
        Dialect::Postgres => &[&PostgreSqlDialect {}],
        // With NO_BACKSLASH_ESCAPES a text may become another, and nothing worse.
        Dialect::MySql | Dialect::MariaDb => &[&MySqlDialect {}, &GenericDialect {}],
        Dialect::MsSql => &[&MsSqlDialect {}],
        Dialect::Oracle => &[&OracleDialect {}],
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

/// The tokens of what must be one statement.
fn tokens(grammar: &dyn Grammar, sql: &str) -> Result<Vec<Token>, TestCaseError> {
    let failure = |error: &dyn Display| TestCaseError::fail(format!("{error}\n{sql}"));
    let tokens = Tokenizer::new(grammar, sql).tokenize().map_err(|error| failure(&error))?;
    let known = without_format(tokens.clone());
    let parsed = Parser::new(grammar).with_tokens(known).parse_statements();
    prop_assert_eq!(parsed.map_err(|error| failure(&error))?.len(), 1, "{}", sql);
    Ok(tokens)
}

/// Without `FORMAT JSON`, which no grammar here knows: SQL:2016 has it in 6.33.
fn without_format(tokens: Vec<Token>) -> Vec<Token> {
    let mut known: Vec<Token> = Vec::new();
    for token in tokens {
        let ends = matches!(&token, Token::Word(it) if it.keyword == Keyword::JSON);
        match known.as_slice() {
            [.., Token::Word(format), Token::Whitespace(_)]
                if ends && format.keyword == Keyword::FORMAT =>
            {
                known.truncate(known.len() - 2);
            }
            _ => known.push(token),
        }
    }
    known
}

/// The statements are token by token the same, but for the words.
fn alike(dialect: Dialect, odd: &str, plain: &str, words: &Words) -> Result<(), TestCaseError> {
    for (index, grammar) in grammars(dialect).iter().enumerate() {
        let odd_tokens = tokens(*grammar, odd)?;
        let plain_tokens = Tokenizer::new(*grammar, plain).tokenize().unwrap_or_default();
        let kinds = |tokens: &[Token]| tokens.iter().map(kind).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&odd_tokens), kinds(&plain_tokens), "{}\n{}", odd, plain);
        for (odd_token, plain_token) in odd_tokens.iter().zip(&plain_tokens) {
            let word = content(plain_token).and_then(|plain| words.get(plain));
            if let Some(word) = word.filter(|_| index == 0) {
                prop_assert_eq!(content(odd_token), Some(word.as_str()), "{}\n{}", odd, plain);
            }
        }
    }
    Ok(())
}

/// What each plain word stands for.
type Words = BTreeMap<String, String>;

/// The model in plain words.
fn in_plain_words(model: &Model) -> (Model, Words) {
    let words = |letter| (0..14).map(|number| format!("{letter}{number}")).collect::<Vec<_>>();
    let (tables, columns, texts) = (words('t'), words('c'), words('w'));
    let plain = renamed(model.clone(), &tables, &columns, &texts);
    let mut known = Words::new();
    for (odd, plain) in model.tables.iter().zip(&plain.tables) {
        known.insert(plain.name.clone(), odd.name.clone());
        let columns = plain.columns.iter().zip(&odd.columns);
        known.extend(columns.map(|(plain, odd)| (plain.name.clone(), odd.name.clone())));
    }
    let (mut odd_texts, mut plain_texts) = (Vec::new(), Vec::new());
    each_text(&mut model.clone(), &mut |text| odd_texts.push(text.clone()));
    each_text(&mut plain.clone(), &mut |text| plain_texts.push(text.clone()));
    known.extend(plain_texts.into_iter().zip(odd_texts));
    (plain, known)
}

proptest! {
    #![proptest_config(joinwright_execution::config(100, 8))]

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
