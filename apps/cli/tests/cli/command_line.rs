//! Arguments, their mistakes, and what each command prints.

use crate::stage::{Stage, model, status};

fn stage() -> Stage {
    Stage::new().with("m.toml", model(""))
}

#[track_caller]
fn says(arguments: &[&str], expected: i32, what: &str) {
    let output = stage().run(arguments);
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8(said).unwrap();
    assert_eq!(status(&output), expected, "{said}");
    assert!(said.contains(what), "{said}");
}

#[test]
fn what_cannot_be_run_ends_with_two() {
    says(&["chek", "m.toml"], 2, "`check`");
    says(&["check"], 2, "model");
    says(&["check", "m.toml", "more"], 2, "`more`");
    says(&["check", "m.toml", "--limit", "3"], 2, "--limit");
    says(&["check", "m.toml", "--fromat", "json"], 2, "`--fromat`; did you mean `--format`?");
    says(&["rule", "nosuch"], 2, "there is no rule `nosuch`: `joinwright rule` lists them");
    says(&["check", "m.toml", "--format", "xml"], 2, "xml");
    says(&["sql", "m.toml", "Customer", "--laod", "select"], 2, "`--load`");
    says(&["sql", "m.toml", "Customer", "--load"], 2, "--load");
    says(&["rule", "no_foreign_kys"], 2, "`no_foreign_keys`");
    says(&["graph", "m.toml", "--format", "png"], 2, "`svg`");
    says(&["graph", "nowhere.toml"], 2, "nowhere.toml");
    says(&["-x"], 2, "-x");
}

#[test]
fn what_the_model_does_not_have_ends_with_one() {
    says(&["explain", "m.toml", "Customer.addres"], 1, "`address`");
    says(&["explain", "m.toml", "Custmer.address"], 1, "`Customer`");
    says(&["sql", "m.toml", "Custmer", "--load", "select"], 1, "`Customer`");
    says(&["sql", "m.toml", "Customer.addres", "--load", "joined"], 1, "`address`");
    says(&["sql", "m.toml", "Customer", "--load", "selct"], 1, "`select`");
    says(&["sql", "m.toml", "Customer", "--load", "select", "--limit", "-1"], 1, "wrong_type");
    says(&["sql", "m.toml", "Customer", "--load", "select", "--dialect", "pg"], 1, "`postgres`");
    says(&["sql", "m.toml", "Customer"], 1, "missing_key");
    says(&["sql", "m.toml", "Customer.address", "--load", "any"], 1, "any_on_scalar");
}

#[test]
fn each_command_answers() {
    says(&["check", "m.toml"], 0, "0 errors");
    says(&["explain", "m.toml", "Customer.address"], 0, "many-to-one");
    says(&["explain", "m.toml", "--format", "json"], 0, "\"many-to-one\"");
    says(&["rule"], 0, "any_on_scalar");
    says(&["rule", "any_on_scalar"], 0, "# any_on_scalar");
    says(&["rule", "ambiguous_foreign_keys"], 0, "## Why");
    says(&["graph", "m.toml"], 0, r#""Customer" }o--o| "Address" : "address""#);
    says(&["graph", "m.toml", "--format", "dot"], 0, r#""Customer" -> "Address""#);
    says(&["graph", "m.toml", "--format", "json"], 0, r#""to_end": "zero-or-one""#);
    says(&["graph", "m.toml", "--format", "svg"], 0, "← address</text>");
    says(&["graph", "m.toml", "--tables"], 0, r#""customer" }o--o| "address" : "address_id""#);
    says(&["help"], 0, "joinwright sql");
    for dialect in ["ansi", "postgres", "mysql", "mariadb", "sqlite", "mssql", "oracle"] {
        let sql = ["sql", "m.toml", "Customer.address", "--load", "joined", "--dialect", dialect];
        says(&sql, 0, "LEFT OUTER JOIN address");
        let page = ["--limit", "5", "--offset", "2", "--order-by", "primary_key"];
        says(&[&sql[..], &page[..]].concat(), 0, "= 5");
    }
}

#[test]
fn a_whole_load_is_told_statement_by_statement() {
    let load = |strategy| ["sql", "m.toml", "Customer.address", "--load", strategy];
    says(&load("auto"), 0, "-- address: joined");
    says(&load("raise"), 0, "-- address: raise");
    says(&load("immediate"), 0, "-- statement 2: each, for the entity of statement 1");
    says(&load("joined,selectin"), 1, "`load` lists 2 strategies for a path of 1");
    says(&load("auto,any"), 1, "`any` cannot load a step");
    let defaults = ["sql", "m.toml", "Customer", "--load", "select", "--defaults"];
    says(&defaults, 0, "-- statement 1: once");
}

#[test]
fn an_order_is_sql() {
    let ordered = |order| ["sql", "m.toml", "Customer", "--load", "select", "--order-by", order];
    says(&ordered("Customer.id DESC"), 0, "ORDER BY customer.id DESC");
    says(&ordered("customer.di"), 1, "unknown_column");
    says(&ordered("address.id"), 1, "column_not_in_selectable");
}

#[test]
fn a_refused_statement_is_an_error_in_json_too() {
    let refused = ["sql", "m.toml", "Customer", "--load", "joined", "--format", "json"];
    let output = stage().run(&refused);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((status(&output), answer["error"]["code"].as_str()), (1, Some("unfit_path")));
}

#[test]
fn a_model_may_come_from_standard_input() {
    let output = stage().run_with(&["check", "-"], model("targt = 1").as_bytes());
    assert_eq!(status(&output), 1);
    assert!(String::from_utf8(output.stdout).unwrap().contains("unknown_key"));
}

#[test]
fn a_broken_model_is_drawn_as_far_as_it_goes() {
    let stage = Stage::new().with("m.toml", model("foreign_keys = [\"customer.nme\"]"));
    let output = stage.run(&["graph", "m.toml"]);
    let drawn = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(status(&output), 1);
    assert!(drawn.contains(r#""Customer" }o..o{ "Address" : "address (unresolved)""#), "{drawn}");
}

#[test]
fn an_inherited_relationship_is_explained() {
    let heir = "[entity.Guest]\ntable = \"customer\"\ninherits = \"Customer\"\n";
    let stage = Stage::new().with("m.toml", model("") + heir);
    let output = stage.run(&["explain", "m.toml", "Guest.address"]);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(said.starts_with("Customer.address → Address: many-to-one"), "{said}");
}

#[test]
fn errors_that_a_command_does_not_tell_are_pointed_to() {
    let stage = Stage::new().with("m.toml", "x = [").with("n.toml", "schema = ['none.sql']");
    let not_shown = |model: &str, errors: &str| {
        format!(
            "{errors} of `{model}` {} not shown here: run `joinwright check {model}`",
            if errors == "1 error" { "is" } else { "are" }
        )
    };
    for command in [
        &["graph"][..],
        &["explain"],
        &["explain", "A.b"],
        &["sql", "A", "--load", "select"],
        &["load", "A", "--load", "select", "--database", "x.sqlite"],
    ] {
        for (model, errors, code) in [("m.toml", "2 errors", 1), ("n.toml", "1 error", 2)] {
            let output = stage.run(&[&command[..1], &[model], &command[1..]].concat());
            let said = String::from_utf8(output.stderr.clone()).unwrap();
            assert_eq!(status(&output), code, "{command:?}: {said}");
            assert!(said.contains(&not_shown(model, errors)), "{command:?}: {said}");
        }
    }
}

#[test]
fn a_statement_of_a_model_with_errors_says_that_there_are_some() {
    let broken =
        model("").replace("table = \"customer\"", "table = \"customer\"\norder_by = \"nme\"");
    let stage = Stage::new().with("m.toml", broken);
    let output = stage.run(&["sql", "m.toml", "Customer", "--load", "select"]);
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(status(&output), 0);
    assert!(said.starts_with("1 error of `m.toml` is not shown here"), "{said}");
}

#[test]
fn the_picture_of_the_readme_is_what_graph_draws() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let tour = format!("{root}/fixtures/tour/newsroom/model.toml");
    let output = Stage::new().run(&["graph", &tour, "--format", "svg"]);
    let drawn = String::from_utf8(output.stdout).unwrap();
    let kept = std::fs::read_to_string(format!("{root}/docs/newsroom.svg")).unwrap();
    assert!(
        drawn == kept,
        "write it anew: joinwright graph fixtures/tour/newsroom/model.toml --format svg > docs/newsroom.svg"
    );
}
