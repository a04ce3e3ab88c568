//! Every statement is one statement: whatever a resolved model is asked to load, in every dialect,
//! sqlparser reads the text as exactly one statement of that dialect.

mod random_model;

use std::cell::Cell;

use joinwright::Model;
use joinwright::base::{Dialect, EntityId, RelationshipId};
use joinwright::plan::{self, Ordering, Planner, Request, Strategy as Load};
use joinwright::render::{self, Labels, Renderer, Style};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{TestCaseError, TestRunner};
use random_model::{AS_MADE, models};
use sqlparser::dialect as grammar;
use sqlparser::parser::Parser;

fn grammar(dialect: Dialect) -> &'static dyn grammar::Dialect {
    match dialect {
        Dialect::Ansi => &grammar::AnsiDialect {},
        Dialect::Postgres => &grammar::PostgreSqlDialect {},
        Dialect::MySql | Dialect::MariaDb => &grammar::MySqlDialect {},
        Dialect::Sqlite => &grammar::SQLiteDialect {},
        Dialect::MsSql => &grammar::MsSqlDialect {},
        Dialect::Oracle => &grammar::OracleDialect {},
    }
}

/// What is asked for besides the rows, and how it is written.
#[derive(Clone, Debug)]
struct Manner {
    limit: Option<u64>,
    offset: Option<u64>,
    ordered: bool,
    innerjoin: Option<bool>,
    aliased: bool,
    negate: bool,
    labels: Labels,
}

fn manners() -> impl Strategy<Value = Manner> {
    let part = (any::<Option<u64>>(), any::<Option<u64>>(), any::<bool>());
    let joins = (any::<Option<bool>>(), any::<bool>(), any::<bool>());
    let labels = select(vec![Labels::TableColumn, Labels::Disambiguate]);
    (part, joins, labels).prop_map(|(part, joins, labels)| {
        let ((limit, offset, ordered), (innerjoin, aliased, negate)) = (part, joins);
        Manner { limit, offset, ordered, innerjoin, aliased, negate, labels }
    })
}

/// Each relationship on its own, from its entity and from those that inherit it, and with one that
/// leads on from its target.
fn paths(model: &Model) -> Vec<(EntityId, Vec<RelationshipId>)> {
    let complete: Vec<_> =
        model.relationships().filter(|(_, _, answer)| answer.is_complete()).collect();
    let alone = complete.iter().flat_map(|(id, first, _)| {
        let owners = model.mapping().descendants(first.entity).into_iter();
        owners.map(|owner| (owner, vec![*id]))
    });
    let pairs = complete.iter().filter_map(|(id, first, _)| {
        let mut next = complete.iter().filter(|(_, next, _)| next.entity == first.target);
        next.next().map(|(next, ..)| (first.entity, vec![*id, *next]))
    });
    alone.chain(pairs).collect()
}

fn request(entity: EntityId, path: Vec<RelationshipId>, load: Load, manner: &Manner) -> Request {
    let order_by = if manner.ordered { Ordering::PrimaryKey } else { Ordering::Unordered };
    Request {
        limit: manner.limit,
        offset: manner.offset,
        order_by,
        innerjoin: manner.innerjoin,
        aliased: manner.aliased,
        negate: manner.negate,
        ..Request::new(entity, path, load)
    }
}

/// How many statements of a model were read; a request that is refused has none. What a planner and
/// a renderer keep from earlier statements changes none.
fn read_statements(model: &Model, manner: &Manner) -> Result<usize, TestCaseError> {
    let (mapping, mut read) = (model.mapping(), 0);
    let paths = paths(model);
    let style = |dialect| Style { dialect, labels: manner.labels, ..Style::default() };
    let mut planner = Planner::new(mapping, model.resolution());
    let mut used = Dialect::ALL.map(|dialect| Renderer::new(mapping, style(dialect)));
    let loads = paths.iter().flat_map(|path| Load::ALL.map(|load| (path, load)));
    for ((entity, path), load) in loads {
        let request = request(*entity, path.clone(), load, manner);
        let plan = plan::plan(mapping, model.resolution(), &request);
        let again = planner.plan(&request);
        prop_assert_eq!(plan.as_ref().err(), again.as_ref().err());
        let (Ok(plan), Ok(again)) = (plan, again) else { continue };
        for (dialect, renderer) in Dialect::ALL.into_iter().zip(&mut used) {
            let statement = render::statement(&plan, mapping, style(dialect));
            prop_assert_eq!(&renderer.statement(again), &statement);
            let sql = statement.sql;
            // Standard SQL that no grammar of the parser has; no name or value here holds it.
            let known = sql.replace(" FORMAT JSON", "");
            let parsed = Parser::parse_sql(grammar(dialect), &known).map(|list| list.len());
            prop_assert_eq!(parsed, Ok(1), "{:?} in {}: {}", load, dialect, sql);
            read += 1;
        }
    }
    Ok(read)
}

#[test]
fn every_statement_is_one_statement() {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) };
    let read = Cell::new(0);
    let held = TestRunner::new(config).run(&(models(), manners()), |(random, manner)| {
        let model = Model::from_toml("model.toml", &random.document(AS_MADE));
        read.set(read.get() + read_statements(&model, &manner)?);
        Ok(())
    });
    assert_eq!(held.map_err(|error| error.to_string()), Ok(()));
    assert!(read.get() > 0, "no model resolved");
}
