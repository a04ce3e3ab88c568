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
        "`a b` is no plain name: write letters, digits and `_`"
    );
    let stage = Stage::at("'$0é'");
    assert_eq!(stage.editor().renamed(stage.cursor.0, stage.cursor.1), Err(Refusal::NoName));
}
