//! How often memory is asked for, and how much is kept: figures that no machine disturbs.
//!
//! A bound is what was measured, with a little room; the goal is in `docs/performance.md`. Whoever
//! gets below a bound lowers it. `-- --nocapture` prints the figures.

use allocation_counter::measure;
use joinwright::base::Dialect;
use joinwright::plan::{Planner, plan};
use joinwright::render::{Renderer, Style};
use joinwright::text::Sources;
use joinwright::{Draft, Model};
use joinwright_benches::{Model as Shape, library};

const SIZE: usize = 400;

/// Fails where a figure is above its bound.
#[track_caller]
fn hold(what: &str, found: f64, bound: f64) {
    println!("{what}: {found:.2} (bound {bound})");
    assert!(found <= bound, "{what}: {found:.1} is more than {bound}");
}

#[expect(clippy::cast_precision_loss, reason = "counts of a test are far below 2^52")]
fn per(count: u64, of: usize) -> f64 {
    count as f64 / of as f64
}

#[test]
fn a_statement_allocates_nothing_into_a_used_buffer_and_once_for_a_new_one() {
    let model = library::model();
    let style = Style { dialect: Dialect::Postgres, ..Style::default() };
    let mut planner = Planner::new(model.mapping(), model.resolution());
    let mut renderer = Renderer::new(model.mapping(), style);
    let mut text = String::new();
    for case in library::ALL {
        let request = case.request(&model).unwrap();
        let mut write = |text: &mut String| {
            let plan = planner.plan(&request).unwrap();
            renderer.write(plan, text);
        };
        write(&mut text);
        text.clear();
        let found = measure(|| write(&mut text));
        println!("allocations of a statement, {case}: {}", found.count_total);
        assert_eq!(found.count_total, 0, "{case}");
        let length = text.len();
        let found = measure(|| write(&mut String::with_capacity(length)));
        assert_eq!(found.count_total, 1, "{case}");
        text.clear();
    }
}

#[test]
fn planning_once_allocates_little() {
    let model = library::model();
    for case in library::ALL {
        let request = case.request(&model).unwrap();
        let found = measure(|| {
            let _ = plan(model.mapping(), model.resolution(), &request).unwrap();
        });
        let count = usize::try_from(found.count_total).unwrap();
        let bound = 22;
        println!("allocations of a plan, {case}: {count} (bound {bound})");
        assert!(count <= bound, "{case}: {count} allocations are more than {bound}");
    }
}

#[test]
fn resolving_allocates_little_for_each_relationship() {
    let shape = Shape::generate(SIZE);
    let mapping = shape.mapping().unwrap();
    let relationships = shape.relationship_count();
    let found = measure(|| {
        let model = Model::from_mapping(Sources::new(), mapping);
        assert_eq!(model.diagnostics(), []);
    });
    hold("allocations for each relationship", per(found.count_total, relationships), 3.2);
}

#[test]
fn a_model_keeps_little_for_each_relationship() {
    let shape = Shape::generate(SIZE);
    let relationships = shape.relationship_count();
    let mut model = None;
    let found = measure(|| {
        model = Some(Model::from_mapping(Sources::new(), shape.mapping().unwrap()));
    });
    let kept = u64::try_from(found.bytes_current).unwrap();
    hold("bytes kept for each relationship", per(kept, relationships), 377.0);
}

#[test]
fn reading_takes_a_few_times_the_text() {
    let shape = Shape::generate(SIZE);
    let ddl = shape.ddl();
    let relationships = shape.relationship_count();
    for (form, document, most) in [("JSON", shape.json(), 24.0), ("TOML", shape.toml(), 29.3)] {
        let read = if form == "JSON" { Draft::from_json } else { Draft::from_toml };
        let found = measure(|| {
            let mut draft = read("model", &document);
            draft.add_schema("schema.sql", &ddl);
            assert_eq!(draft.finish().diagnostics(), []);
        });
        let what = format!("peak of {form} and DDL for each byte of them");
        hold(&what, per(found.bytes_max, document.len() + ddl.len()), 5.0);
        let what = format!("allocations of {form} and DDL for each relationship");
        hold(&what, per(found.count_total, relationships), most);
    }
}
