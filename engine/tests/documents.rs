//! What `json` and `top_n` refuse, and how wide and deep a JSON value can be.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use joinwright::Model;
use joinwright::base::Dialect;
use joinwright::plan::{self, Refusal, Request, Strategy};
use joinwright::render::{self, Statement, Style};

/// A tree of nodes, each with so many further columns.
fn tree(width: usize) -> Model {
    let columns: Vec<_> = (0..width).map(|i| format!(", c{i} INTEGER")).collect();
    Model::from_toml(
        "model.toml",
        &format!(
            r#"
            ddl = "CREATE TABLE node (id INTEGER PRIMARY KEY, up INTEGER REFERENCES node (id){});"
            [entity.Node]
            table = "node"
            [entity.Node.relationship.down]
            target = "Node"
            [entity.Node.relationship.parent]
            target = "Node"
            remote_side = ["node.id"]
            "#,
            columns.concat()
        ),
    )
}

fn load(
    model: &Model,
    path: &[&str],
    load: Strategy,
    dialect: Dialect,
) -> Result<Statement, Refusal> {
    let (mapping, resolution) = (model.mapping(), model.resolution());
    let node = mapping.find_entity("Node").unwrap();
    let id = |name: &&str| resolution.find(mapping, node, mapping.names.find(name).unwrap());
    let path = path.iter().map(|name| id(name).unwrap()).collect();
    let plan = plan::plan(mapping, resolution, &Request::new(node, path, load))?;
    Ok(render::statement(&plan, mapping, Style::of(dialect)))
}

#[test]
fn the_first_rows_are_a_number_of_rows() {
    let refused = load(&tree(0), &["down"], Strategy::TopN, Dialect::Ansi).unwrap_err();
    assert_eq!(refused, Refusal::NoLimit(Strategy::TopN));
}

#[test]
fn a_value_is_as_deep_as_every_database_nests() {
    let model = tree(0);
    let deep = vec!["down"; 16];
    let statement = load(&model, &deep, Strategy::Json, Dialect::Sqlite).unwrap();
    assert_eq!(statement.sql.matches("json_group_array").count(), 16);
    let refused = load(&model, &[deep, vec!["down"]].concat(), Strategy::Json, Dialect::Sqlite);
    assert_eq!(refused, Err(Refusal::PathTooDeep(Strategy::Json, 16)));
}

#[test]
fn a_wide_object_is_put_together() {
    let sql =
        |width, dialect| load(&tree(width), &["parent"], Strategy::Json, dialect).unwrap().sql;
    assert_eq!(sql(48, Dialect::Postgres).matches("json_build_object(").count(), 1);
    let wide = sql(49, Dialect::Postgres);
    assert_eq!(wide.matches("jsonb_build_object(").count(), 2);
    assert!(wide.contains(", 'c47', node_1.c47) || jsonb_build_object('c48', node_1.c48)"));
    assert_eq!(sql(49, Dialect::MySql).matches("JSON_OBJECT(").count(), 1);
}

#[test]
fn each_member_has_a_place_in_the_row_layout() {
    let model = tree(0);
    let statement = load(&model, &["parent", "down"], Strategy::Json, Dialect::Ansi).unwrap();
    let text = |name| model.mapping().names.text(name);
    let layout: Vec<_> = statement
        .columns
        .iter()
        .map(|it| {
            let path: Vec<_> = it.path.iter().map(|name| text(*name)).collect();
            (it.position, it.key.map(text), path, it.primary_key)
        })
        .collect();
    let down = vec!["parent", "down"];
    let expected = [
        (0, None, vec![], true),
        (1, None, vec![], false),
        (2, Some("id"), vec!["parent"], true),
        (2, Some("up"), vec!["parent"], false),
        (2, Some("id"), down.clone(), true),
        (2, Some("up"), down, false),
    ];
    assert_eq!(layout, expected);
    assert_eq!(statement.columns[2].label, "parent");
}

#[cfg(feature = "json")]
#[test]
fn a_refusal_says_what_to_write() {
    let ask = |options: &str| {
        let text = format!(
            r#"{{"model": {{"ddl": "CREATE TABLE node (id INTEGER PRIMARY KEY, up INTEGER REFERENCES node (id))",
                "entity": {{"Node": {{"table": "node", "relationship": {{"down": {{"target": "Node"}}}}}}}}}},
                "statements": [{{"entity": "Node", {options}}}]}}"#
        );
        let (model, request) = Model::from_request("request", &text);
        serde_json::to_value(model.answer(&request)).unwrap()["statements"][0].clone()
    };
    let error = &ask(r#""path": ["down"], "load": "top_n""#)["error"];
    assert_eq!(error["message"], "`top_n` loads the first so many, and no limit is given");
    assert_eq!(error["help"], "add `limit`");
    let path = vec![r#""down""#; 17].join(", ");
    let error = &ask(&format!(r#""path": [{path}], "load": "json""#))["error"];
    assert_eq!(error["message"], "`json` nests at most 16 relationships");
    let columns = &ask(r#""path": ["down"], "load": "json""#)["columns"];
    assert_eq!(columns[2]["key"], "id");
    let lists = &ask(r#""path": ["down"], "load": "top_n", "limit": 2"#)["expansions"];
    assert_eq!((&lists[0]["parameter"], &lists[0]["separator"]), (&"p2".into(), &", ".into()));
}
