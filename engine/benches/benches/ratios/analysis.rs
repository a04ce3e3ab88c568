//! A whole model to diagnostics, beside sqlparser and `SQLAlchemy`.

use std::path::Path;
use std::time::Duration;

use joinwright::text::Sources;
use joinwright::{Draft, Model, Session};
use joinwright_benches::{Edit, Model as Shape, Spent, cpu_time};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use crate::python;
use crate::table::Table;

const BUDGET: Duration = Duration::from_secs(2);

pub(crate) fn measure(sizes: &[usize], table: &mut Table) {
    let typed: Vec<_> = sizes.iter().map(|size| (*size, size_of_model(*size, table))).collect();
    if let (Some((small, first)), Some((large, last))) = (typed.first(), typed.last())
        && large > small
    {
        #[expect(clippy::cast_precision_loss, reason = "a size is far below 2^52")]
        let steps = (*large as f64 / *small as f64).ln();
        let exponent = last.over(*first).ln() / steps;
        table.note(format!(
            "The time of an analysis grows with N^{exponent:.2} from {small} to {large} (goal: N^1.15)."
        ));
    }
}

/// Adds the rows of one size; returns the time of an analysis from a typed model.
fn size_of_model(size: usize, table: &mut Table) -> Spent {
    let shape = Shape::generate(size);
    let mapping = shape.mapping().unwrap();
    let analysis = cpu_time(
        BUDGET,
        || mapping.clone(),
        |mapping| {
            let model = Model::from_mapping(Sources::new(), mapping);
            let found = model.diagnostics().len();
            (model, found)
        },
    );
    let ddl = shape.ddl();
    let parse = cpu_time(BUDGET, || (), |()| Parser::parse_sql(&PostgreSqlDialect {}, &ddl));
    table.add(
        format!("{size} entities: analysis ÷ sqlparser's parse of the DDL"),
        analysis.median,
        parse.median,
        0.15,
    );
    for (form, document) in [("JSON", shape.json()), ("TOML", shape.toml())] {
        let read = if form == "JSON" { Draft::from_json } else { Draft::from_toml };
        let check = whole_check(read, &document, &ddl);
        let goal = (form == "JSON").then_some(0.9);
        let what = format!("{size} entities: check of {form} and DDL ÷ that parse");
        table.add(what, check.median, parse.median, goal);
        if form == "TOML" {
            edits(size, &document, &ddl, check, table);
        }
    }
    sqlalchemy(size, &shape, analysis, table);
    analysis
}

fn whole_check(read: fn(&str, &str) -> Draft, document: &str, ddl: &str) -> Spent {
    cpu_time(
        BUDGET,
        || (),
        |()| {
            let mut draft = read("model", document);
            draft.add_schema("schema.sql", ddl);
            let model = draft.finish();
            let found = model.diagnostics().len();
            (model, found)
        },
    )
}

fn edits(size: usize, document: &str, ddl: &str, whole: Spent, table: &mut Table) {
    let (relationship, column) = (Edit::of_relationship(document), Edit::of_column(ddl));
    #[expect(clippy::cast_precision_loss, reason = "a size is far below 2^52")]
    let goal = 4.0 / size as f64;
    for (what, edit) in [("relationship", relationship), ("column", column)] {
        let again = after_edits(document, ddl, edit.unwrap());
        let what = format!("{size} entities: after an edit of a {what} ÷ from scratch");
        table.add(what, again.median, whole.median, goal);
    }
}

fn after_edits(document: &str, ddl: &str, edit: Edit) -> Spent {
    let mut draft = Draft::from_toml("model", document);
    draft.add_schema("schema.sql", ddl);
    let mut session = Session::new(draft);
    let (source, _) = session.model().sources().iter().nth(edit.source).unwrap();
    let mut edits = edit.there_and_back();
    cpu_time(
        BUDGET,
        || edits.next().unwrap(),
        |(bytes, text)| {
            assert!(session.replace(source, bytes, text));
            session.diagnostics().len()
        },
    )
}

fn sqlalchemy(size: usize, shape: &Shape, analysis: Spent, table: &mut Table) {
    let found = python::ask(&["configure"], &shape.json_with_tables());
    let seconds = |key: &str| {
        let seconds = found.as_ref()?.get(key)?.as_f64()?;
        Some(Duration::from_secs_f64(seconds))
    };
    let Some((configure, process)) = seconds("configure").zip(seconds("process")) else {
        return table.note(format!("{size} entities: no Python with SQLAlchemy, so not compared."));
    };
    let goal = if size >= 10_000 { 1.0 / 500.0 } else { 1.0 / 1000.0 };
    let what = format!("{size} entities: analysis ÷ SQLAlchemy's `configure_mappers()`");
    table.add(what, analysis.median, configure, goal);
    match own_process(shape) {
        Some(own) => {
            let what = format!("{size} entities: `joinwright check` ÷ the Python process");
            table.add(what, own, process, 1.0 / 400.0);
        }
        None => {
            table.note("`cargo build --release -p joinwright-cli` first, to compare processes.");
        }
    }
}

/// The CPU time of the command line on the model.
fn own_process(shape: &Shape) -> Option<Duration> {
    let program = std::env::current_exe().ok()?;
    let program = program.parent().and_then(Path::parent)?.join("joinwright");
    let folder = std::env::temp_dir().join(format!("joinwright-ratios-{}", std::process::id()));
    std::fs::create_dir_all(&folder).ok()?;
    std::fs::write(folder.join("schema.sql"), shape.ddl()).ok()?;
    let document = folder.join("model.json");
    std::fs::write(&document, shape.json()).ok()?;
    let found = python::ask(&["process", program.to_str()?, "check", document.to_str()?], "");
    std::fs::remove_dir_all(&folder).ok()?;
    Some(Duration::from_secs_f64(found?.get("process")?.as_f64()?))
}
