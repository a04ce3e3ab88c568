use joinwright::editor::Refusal;

use crate::stage::{DDL, MODEL, Stage};

fn renamed(stage: &Stage, name: &str) -> Result<String, String> {
    let (source, offset) = stage.cursor;
    let edits = stage.editor().rename(source, offset, name);
    edits.map(|edits| stage.edited(&edits)).map_err(|refusal| refusal.to_string())
}

#[test]
fn an_entity_is_renamed_everywhere() {
    let text = renamed(&Stage::at("target = \"Addr$0ess\""), "Place").unwrap();
    assert_eq!(text, MODEL.replace("Address", "Place"));
    let text = renamed(&Stage::at("Custo$0mer.title <>"), "Buyer").unwrap();
    assert_eq!(text, MODEL.replace("Customer", "Buyer"));
}

#[test]
fn an_attribute_and_a_relationship_are_renamed() {
    let text = renamed(&Stage::at("attribute.ti$0tle"), "label").unwrap();
    assert_eq!(text, MODEL.replace("title", "label"));
    let text = renamed(&Stage::at("relationship.ship$0ping"), "delivery").unwrap();
    assert_eq!(text, MODEL.replace("relationship.shipping", "relationship.delivery"));
}

#[test]
fn an_alias_is_renamed_where_it_is_given_and_named() {
    let text = "schema = ['schema.sql']\n[entity.A]\nfrom = \"node AS up JOIN node AS d$0own ON \
                down.parent_id = up.id\"\nprimary_key = ['up.id', 'down.id']\n";
    let expected = text.replace("$0", "").replace("down", "lower_node");
    assert_eq!(renamed(&Stage::new(text, DDL), "lower_node").unwrap(), expected);
}

/// Each name of `text` that a `$` stands before is renamed together with the others so marked.
fn renamed_together(text: &str) {
    let model = |text: &str| {
        format!("schema = ['schema.sql']\n[entity.A]\nalias = 'a'\nselect = '''\n{text}'''\n")
    };
    let plain = text.replace('$', "");
    let mut parts = text.split('$');
    let mut expected = parts.next().unwrap().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_alphanumeric()).unwrap_or(part.len());
        expected = expected + "renamed" + &part[end..];
    }
    for (count, (at, _)) in text.match_indices('$').enumerate() {
        let (before, behind) = plain.split_at(at - count);
        let stage = Stage::new(&model(&format!("{before}$0{behind}")), DDL);
        assert_eq!(renamed(&stage, "renamed").unwrap(), model(&expected), "{before}");
    }
}

#[test]
fn an_alias_is_renamed_in_its_own_query_alone() {
    renamed_together(
        "SELECT $c.id FROM customer AS $c WHERE $c.id > 0 UNION SELECT c.id FROM address c",
    );
    renamed_together(
        "SELECT c.id FROM customer AS c UNION SELECT $c.id FROM address AS $c ORDER BY $c.city",
    );
    renamed_together(
        "SELECT $s.id, (SELECT max(s.id) FROM address AS s WHERE s.city = n.path)\n\
         FROM (SELECT s.id, s.name FROM customer AS s) AS $s JOIN node n ON n.id = $s.id",
    );
    renamed_together(
        "SELECT c.id FROM customer c JOIN address ON EXISTS (\n\
         SELECT 1 FROM node AS $n WHERE $n.id = c.id AND $n.path = address.city)",
    );
}

#[test]
fn queries_of_with_and_windows_are_renamed() {
    renamed_together(
        "WITH $r (id) AS (SELECT id FROM node), other AS (SELECT $r.id FROM $r)\n\
         SELECT $r.id FROM $r JOIN other o ON o.id = $r.id UNION SELECT x.id FROM $r AS x",
    );
    renamed_together(
        "WITH r AS (SELECT id FROM node) SELECT $node.id FROM r AS $node WHERE $node.id > 0",
    );
    renamed_together(
        "SELECT n.id, row_number() OVER $w, rank() OVER ($w ORDER BY n.id), sum(n.id) OVER v\n\
         FROM node n WINDOW $w AS (PARTITION BY n.path), v AS ($w ORDER BY n.id)",
    );
}

#[test]
fn what_the_model_does_not_declare_keeps_its_name() {
    let refused = |marked: &str, name: &str| renamed(&Stage::at(marked), name).unwrap_err();
    assert_eq!(
        refused("table = \"cust$0omer\"", "x"),
        "`customer` is not declared by the model: rename it in the database"
    );
    assert_eq!(refused("[entity.Addr$0ess]", "Customer"), "the name `Customer` is taken");
    assert_eq!(refused("[entity.Addr$0ess]", "node"), "the name `node` is taken");
    assert_eq!(refused("attribute.ti$0tle", "billing"), "the name `billing` is taken");
    assert_eq!(
        refused("attribute.ti$0tle", "a b"),
        "`a b` is no plain name: begin with a letter from a to z or `_`, go on with letters, \
         digits and `_`"
    );
    assert_eq!(
        refused("\"sch$0ema.sql\"", "x"),
        "`schema.sql` is not declared by the model: it has its name elsewhere"
    );
    let stage = Stage::at("'$0é'");
    assert_eq!(stage.editor().renamed(stage.cursor.0, stage.cursor.1), Err(Refusal::NoName));
}
