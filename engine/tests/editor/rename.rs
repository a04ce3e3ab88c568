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
fn an_attribute_is_renamed_where_subclasses_have_it() {
    let text = "schema = ['schema.sql']\n[entity.Party]\ntable = 'customer'\n\
                polymorphic_on = 'Party.kind'\n[entity.Party.attribute.ki$0nd]\n\
                columns = ['customer.name']\n[entity.Person]\ninherits = 'Party'\n\
                polymorphic_identity = 'p'\norder_by = 'Person.kind'\n";
    let expected = text.replace("$0", "").replace("kind", "sort");
    assert_eq!(renamed(&Stage::new(text, DDL), "sort").unwrap(), expected);
    let other = text.replace("$0", "").replace("Person.kind", "Person.ki$0nd");
    assert_eq!(renamed(&Stage::new(&other, DDL), "sort").unwrap(), expected);
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
    assert_eq!(refused("attribute.ti$0tle", "id"), "the name `id` is taken");
    assert_eq!(refused("attribute.ti$0tle", ""), "a name has at least one character");
    assert_eq!(refused("attribute.ti$0tle", "a\0"), "a name has no null character");
    assert_eq!(
        refused("\"sch$0ema.sql\"", "x"),
        "`schema.sql` is not declared by the model: it has its name elsewhere"
    );
    let stage = Stage::at("'$0é'");
    assert_eq!(stage.editor().renamed(stage.cursor.0, stage.cursor.1), Err(Refusal::NoName));
}

/// The model after a rename, which is to mean the same.
fn renamed_model(model: &str, name: &str) -> String {
    let stage = Stage::new(model, DDL);
    let text = renamed(&stage, name).unwrap();
    let after = Stage::new(&text, DDL).model.diagnostics();
    assert_eq!(after.len(), stage.model.diagnostics().len(), "{text}");
    text
}

#[test]
fn a_name_is_put_in_quotes_where_it_needs_them() {
    let model = r#"schema = ['schema.sql']
[entity.Bu$0yer]
table = 'customer'
order_by = "Buyer.name DESC, Buyer.id"

[entity."Buyer".relationship.payers]
target = """Buyer"""
primaryjoin = 'Buyer.id = remote(foreign(Buyer.shipping_id))'
viewonly = true

[entity.Buyer.relationship.others]
target = 'Buyer'
primaryjoin = '''
    Buyer.id = remote(foreign(Buyer.billing_id))
    AND Buyer.name <> 'a\b' '''
viewonly = true
"#;
    let spaced = model
        .replace("$0", "")
        .replace("[entity.Buyer", "[entity.\"Big buyer\"")
        .replace("\"Buyer\".rel", "\"Big buyer\".rel")
        .replace("\"\"\"Buyer", "\"\"\"Big buyer")
        .replace("'Buyer'", "'Big buyer'")
        .replace("\"Buyer.name DESC, Buyer.id\"", r#""\"Big buyer\".name DESC, \"Big buyer\".id""#)
        .replace(" Buyer.", " \"Big buyer\".")
        .replace("(Buyer.", "(\"Big buyer\".")
        .replace("'Buyer.", "'\"Big buyer\".");
    assert_eq!(renamed_model(model, "Big buyer"), spaced);
    let quoted = renamed_model(model, "buyer's \\ \"own\"");
    assert!(quoted.contains(r#"[entity."buyer's \\ \"own\""]"#), "{quoted}");
    assert!(quoted.contains(r#"target = "buyer's \\ \"own\"""#), "{quoted}");
    assert!(quoted.contains(r#"target = """buyer's \\ \"own\"""""#), "{quoted}");
    let join = r#"primaryjoin = "\"buyer's \\ \"\"own\"\"\".id = remote("#;
    assert!(quoted.contains(join), "{quoted}");
    let lines = "primaryjoin = \"\"\"\n    \\\"buyer's \\\\ \\\"\\\"own\\\"\\\"\\\".id = ";
    assert!(quoted.contains(lines) && quoted.contains("<> 'a\\\\b' \"\"\""), "{quoted}");
}

#[test]
fn each_dialect_has_its_quotes() {
    let written = |dialect: &str, name: &str| {
        let text = format!(
            "dialect = '{dialect}'\nschema = ['schema.sql']\n[entity.A]\nalias = 'a'\n\
             primary_key = ['a.id']\nselect = '''SELECT d$0own.id FROM node AS down'''\n"
        );
        let text = renamed_model(&text, name);
        text.split("'''").nth(1).unwrap_or_default().to_owned()
    };
    for dialect in ["ansi", "postgres", "sqlite", "oracle"] {
        assert_eq!(written(dialect, "a b"), "SELECT \"a b\".id FROM node AS \"a b\"", "{dialect}");
    }
    for dialect in ["mysql", "mariadb"] {
        assert_eq!(written(dialect, "a b"), "SELECT `a b`.id FROM node AS `a b`", "{dialect}");
    }
    assert_eq!(written("mssql", "a b"), "SELECT [a b].id FROM node AS [a b]");
    assert_eq!(written("mssql", "a]b"), "SELECT [a]]b].id FROM node AS [a]]b]");
    assert_eq!(written("mysql", "a`b"), "SELECT `a``b`.id FROM node AS `a``b`");
    assert_eq!(written("mysql", "*"), "SELECT `*`.id FROM node AS `*`");
    assert_eq!(written("ansi", "lower_node"), "SELECT lower_node.id FROM node AS lower_node");
    assert_eq!(written("ansi", "user"), "SELECT \"user\".id FROM node AS \"user\"");
    assert_eq!(written("ansi", "left"), "SELECT \"left\".id FROM node AS \"left\"");
    assert_eq!(written("mysql", "index"), "SELECT `index`.id FROM node AS `index`");
}

#[test]
fn a_word_of_sql_is_a_name_only_in_quotes() {
    let model = "schema = ['schema.sql']\ncomparison_operators = ['near to']\n\
                 [entity.Bu$0yer]\ntable = 'customer'\norder_by = 'Buyer.name'\n";
    let order_by = |name: &str| {
        let text = renamed_model(model, name);
        text.rsplit_once("order_by = ").unwrap().1.trim_end().to_owned()
    };
    assert_eq!(order_by("Location"), "'Location.name'");
    assert_eq!(order_by("User"), "'User.name'");
    assert_eq!(order_by("Case"), "'\"Case\".name'");
    assert_eq!(order_by("near"), "'\"near\".name'");
    assert_eq!(order_by("größer"), "'\"größer\".name'");
}

#[test]
fn what_a_key_would_read_otherwise_is_refused() {
    let model = MODEL.replace("relationship.billing", "relationship.bil$0ling")
        + "overlaps = 'billing'\n[entity.Node]\ntable = 'node'\nwith_polymorphic = ['Address']\n";
    let refused = |name: &str| renamed(&Stage::new(&model, DDL), name).unwrap_err();
    for name in ["bills, paid", " bills"] {
        let why = format!("`{name}` would be read otherwise where `overlaps` names it");
        assert_eq!(refused(name), why);
    }
    let model = model.replace("$0", "").replace("[entity.Address]", "[entity.Addr$0ess]");
    let why = "`*` would be read otherwise where `with_polymorphic` names it";
    assert_eq!(renamed(&Stage::new(&model, DDL), "*").unwrap_err(), why);
}

#[test]
fn a_name_is_told_without_its_quotes() {
    let name = |marked: &str| {
        let text = format!("schema = ['schema.sql']\n[entity.A]\n{marked}\n");
        let stage = Stage::new(&text, DDL);
        let found = stage.editor().renamed(stage.cursor.0, stage.cursor.1);
        assert!(found.is_ok(), "{marked}");
        found.unwrap().name
    };
    assert_eq!(name(r#"from = 'node AS "up $0""x"'"#), "up \"x");
    assert_eq!(name(r#"from = "node AS \"u$0p \\u00e9\"""#).chars().count(), 9);
    assert_eq!(name("alias = \"\\u00$0e9\"\nselect = 'SELECT id FROM node'"), "é");
}
