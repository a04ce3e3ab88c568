//! A whole model to diagnostics, from each form that it can have, and what of that is spent in
//! other people's parsers.

#![expect(clippy::unwrap_used, reason = "a benchmark stops where its model is broken")]

use divan::Bencher;
use joinwright::text::Sources;
use joinwright::{Draft, Model, Session};
use joinwright_benches::{Edit, Model as Shape};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Tokenizer;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Answers and diagnostics.
fn analysed(model: &Model) -> usize {
    model.diagnostics().len()
}

#[divan::bench(args = SIZES)]
fn from_a_typed_model(bencher: Bencher<'_, '_>, size: usize) {
    let mapping = Shape::generate(size).mapping().unwrap();
    bencher
        .with_inputs(|| mapping.clone())
        .bench_values(|mapping| analysed(&Model::from_mapping(Sources::new(), mapping)));
}

#[divan::bench(args = SIZES)]
fn from_json_with_tables(bencher: Bencher<'_, '_>, size: usize) {
    let text = Shape::generate(size).json_with_tables();
    bencher.bench(|| analysed(&Model::from_json("model.json", &text)));
}

#[divan::bench(args = SIZES)]
fn from_json_and_ddl(bencher: Bencher<'_, '_>, size: usize) {
    let shape = Shape::generate(size);
    let (document, ddl) = (shape.json(), shape.ddl());
    bencher.bench(|| {
        let mut draft = Draft::from_json("model.json", &document);
        draft.add_schema("schema.sql", &ddl);
        analysed(&draft.finish())
    });
}

#[divan::bench(args = SIZES)]
fn from_toml_and_ddl(bencher: Bencher<'_, '_>, size: usize) {
    let shape = Shape::generate(size);
    let (document, ddl) = (shape.toml(), shape.ddl());
    bencher.bench(|| {
        let mut draft = Draft::from_toml("model.toml", &document);
        draft.add_schema("schema.sql", &ddl);
        analysed(&draft.finish())
    });
}

/// One relationship of a document is changed, and changed back.
#[divan::bench(args = SIZES)]
fn after_one_edit(bencher: Bencher<'_, '_>, size: usize) {
    let shape = Shape::generate(size);
    let document = shape.toml();
    let mut draft = Draft::from_toml("model.toml", &document);
    draft.add_schema("schema.sql", &shape.ddl());
    let mut session = Session::new(draft);
    let source = session.model().sources().iter().next().unwrap().0;
    let mut edits = Edit::of_relationship(&document).unwrap().there_and_back();
    bencher.bench_local(|| {
        let (bytes, text) = edits.next().unwrap();
        session.replace(source, bytes, text);
        session.diagnostics().len()
    });
}

/// sqlparser's own share: the tokens, of which the engine reads most itself.
#[divan::bench(args = SIZES)]
fn sqlparser_tokens(bencher: Bencher<'_, '_>, size: usize) {
    let ddl = Shape::generate(size).ddl();
    bencher.bench(|| Tokenizer::new(&PostgreSqlDialect {}, &ddl).tokenize_with_location());
}

/// What the engine does without: the trees of the whole script.
#[divan::bench(args = SIZES)]
fn sqlparser_trees(bencher: Bencher<'_, '_>, size: usize) {
    let ddl = Shape::generate(size).ddl();
    bencher.bench(|| Parser::parse_sql(&PostgreSqlDialect {}, &ddl));
}

/// toml's share.
#[divan::bench(args = SIZES)]
fn toml_tree(bencher: Bencher<'_, '_>, size: usize) {
    let text = Shape::generate(size).toml();
    bencher.bench(|| toml::de::DeTable::parse_recoverable(&text).1.len());
}

/// jsonc-parser's share.
#[divan::bench(args = SIZES)]
fn json_tree(bencher: Bencher<'_, '_>, size: usize) {
    let text = Shape::generate(size).json();
    let (collect, options) = Default::default();
    bencher.bench(|| jsonc_parser::parse_to_ast(&text, &collect, &options).is_ok());
}
