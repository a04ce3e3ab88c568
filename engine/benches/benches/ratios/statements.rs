//! One statement, planned and rendered into buffers that are used again, beside sea-query and diesel
//! in turns, and beside `SQLAlchemy`.

use std::time::Duration;

use joinwright::base::Dialect;
use joinwright::plan::Planner;
use joinwright::render::{Renderer, Style};
use joinwright_benches::library::{self, Case};
use joinwright_benches::{Spent, in_turns, rivals};
use serde_json::Value;

use crate::python;
use crate::table::Table;

const BUDGET: Duration = Duration::from_millis(900);
/// A statement is shorter than the clock's step.
const TIMES: u32 = 1_000;

pub(crate) fn measure(table: &mut Table) {
    let model = library::model();
    let python = python::ask(&["statements"], "");
    let mut product = 1.0;
    for case in library::COMPARED {
        let [own, sea, diesel] = compiled(&model, case);
        product *= own.over(sea);
        let mut row = |other: &str, spent: Duration, goal: Option<f64>| {
            table.add(
                format!("{}: plan + render ÷ {other}", case.name),
                own.median / TIMES,
                spent,
                goal,
            );
        };
        row("sea-query", sea.median / TIMES, Some(1.0 / 3.0));
        row("diesel", diesel.median / TIMES, None);
        if let Some((compile, cached)) = sqlalchemy(python.as_ref(), case) {
            row("SQLAlchemy's compile", compile, None);
            row("SQLAlchemy's cache", cached, Some(1.0));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of cases")]
    let mean = f64::powf(product, 1.0 / library::COMPARED.len() as f64);
    table.note(format!("Over the statements, plan + render ÷ sea-query is {mean:.2} in the geometric mean (goal: 0.20)."));
    if python.is_none() {
        table.note("No Python with SQLAlchemy, so its statements are not compared.");
    }
}

/// Ours, sea-query's and diesel's.
fn compiled(model: &joinwright::Model, case: Case) -> [Spent; 3] {
    let style = Style { dialect: Dialect::Postgres, ..Style::default() };
    let request = case.request(model).unwrap();
    let mut planner = Planner::new(model.mapping(), model.resolution());
    let mut renderer = Renderer::new(model.mapping(), style);
    let mut text = String::new();
    let mut own = || {
        text.clear();
        let plan = planner.plan(&request).unwrap();
        renderer.write(plan, &mut text);
        text.len()
    };
    let mut sea = || rivals::sea::statement(case.name).unwrap().len();
    let mut diesel = || rivals::diesel::statement(case.name).unwrap().len();
    in_turns(BUDGET, [&mut || many(&mut own), &mut || many(&mut sea), &mut || many(&mut diesel)])
}

fn many(make: &mut impl FnMut() -> usize) {
    for _ in 0..TIMES {
        std::hint::black_box(make());
    }
}

/// The seconds of a compile, and of a hit in the cache of compiled statements.
fn sqlalchemy(found: Option<&Value>, case: Case) -> Option<(Duration, Duration)> {
    let found = found?.get(case.name)?;
    let seconds = |key: &str| Some(Duration::from_secs_f64(found.get(key)?.as_f64()?));
    seconds("compile").zip(seconds("cached"))
}
