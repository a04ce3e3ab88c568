//! Every load strategy's statement: planned and rendered, and rendered alone.

#![expect(clippy::unwrap_used, reason = "a benchmark stops where its model is broken")]

use divan::Bencher;
use joinwright::base::Dialect;
use joinwright::plan::{Planner, plan};
use joinwright::render::{Renderer, Style};
use joinwright_benches::library::{self, Case};

fn main() {
    divan::main();
}

fn style() -> Style {
    Style { dialect: Dialect::Postgres, ..Style::default() }
}

#[divan::bench(args = library::ALL)]
fn plan_and_render(bencher: Bencher<'_, '_>, case: Case) {
    let model = library::model();
    let request = case.request(&model).unwrap();
    let mut planner = Planner::new(model.mapping(), model.resolution());
    let mut renderer = Renderer::new(model.mapping(), style());
    let mut text = String::new();
    bencher.bench_local(|| {
        text.clear();
        let plan = planner.plan(&request).unwrap();
        renderer.write(plan, &mut text);
        text.len()
    });
}

/// The same without anything that is used again.
#[divan::bench(args = library::ALL)]
fn plan_and_render_once(bencher: Bencher<'_, '_>, case: Case) {
    let model = library::model();
    let request = case.request(&model).unwrap();
    bencher.bench_local(|| {
        let mut text = String::new();
        let plan = plan(model.mapping(), model.resolution(), &request).unwrap();
        Renderer::new(model.mapping(), style()).write(&plan, &mut text);
        text
    });
}

#[divan::bench(args = library::ALL)]
fn render(bencher: Bencher<'_, '_>, case: Case) {
    let model = library::model();
    let request = case.request(&model).unwrap();
    let plan = plan(model.mapping(), model.resolution(), &request).unwrap();
    let mut renderer = Renderer::new(model.mapping(), style());
    let mut text = String::new();
    bencher.bench_local(|| {
        text.clear();
        renderer.write(&plan, &mut text);
        text.len()
    });
}

/// With parameters and row layout, as a host takes it.
#[divan::bench(args = library::ALL)]
fn whole_statement(bencher: Bencher<'_, '_>, case: Case) {
    let model = library::model();
    let request = case.request(&model).unwrap();
    let mut renderer = Renderer::new(model.mapping(), style());
    bencher.bench_local(|| {
        let plan = plan(model.mapping(), model.resolution(), &request).unwrap();
        renderer.statement(&plan)
    });
}
