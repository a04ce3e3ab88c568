use joinwright::spec::Format;

use crate::stage::{DDL, MODEL, Stage};

fn definition(stage: &Stage) -> Vec<String> {
    let (source, offset) = stage.cursor;
    let found = stage.editor().definition(source, offset);
    found.into_iter().map(|span| stage.shown(span)).collect()
}

fn references(stage: &Stage) -> Vec<String> {
    let (source, offset) = stage.cursor;
    let found = stage.editor().references(source, offset, true);
    found.into_iter().map(|span| stage.shown(span)).collect()
}

#[test]
fn a_name_leads_to_its_declaration() {
    let places = [
        ("target = \"Add$0ress\"", "model.toml:3 Address"),
        ("table = \"cust$0omer\"", "schema.sql:2 customer"),
        ("\"$0customer.billing_id\"", "schema.sql:2 customer"),
        ("\"customer.bill$0ing_id\"", "schema.sql:5 billing_id"),
        ("Custo$0mer.shipping_id", "model.toml:6 Customer"),
        ("Customer.ship$0ping_id", "schema.sql:6 shipping_id"),
        ("Customer.tit$0le <>", "model.toml:9 title"),
        ("'é' AND address.cit$0y", "schema.sql:1 city"),
        ("\"schema.s$0ql\"", "schema.sql:1 "),
        ("REFERENCES addr$0ess (id)", "schema.sql:1 address"),
        ("ON customer (na$0me)", "schema.sql:4 name"),
    ];
    for (marked, expected) in places {
        assert_eq!(definition(&Stage::at(marked)), [expected], "{marked}");
    }
}

#[test]
fn nothing_is_declared_where_nothing_is_named() {
    for marked in ["Customer.title <$0> 'é'", "schema = $0[\"", "'$0é'", "PRIMARY $0KEY, city"] {
        assert!(definition(&Stage::at(marked)).is_empty(), "{marked}");
    }
}

#[test]
fn references_cross_model_and_ddl() {
    let column = ["model.toml:18 id", "schema.sql:1 id", "schema.sql:5 id"];
    assert_eq!(references(&Stage::at("Address.i$0d AND")), column);
    let entity = [
        "model.toml:3 Address",
        "model.toml:13 Address",
        "model.toml:17 Address",
        "model.toml:18 Address",
    ];
    assert_eq!(references(&Stage::at("[entity.Addr$0ess]")), entity);
    let table = [
        "model.toml:4 address",
        "model.toml:18 address",
        "schema.sql:1 address",
        "schema.sql:5 address",
        "schema.sql:6 address",
    ];
    assert_eq!(references(&Stage::at("CREATE TABLE addr$0ess")), table);
    let attribute = ["model.toml:9 title", "model.toml:18 title"];
    assert_eq!(references(&Stage::at("attribute.tit$0le]")), attribute);
}

#[test]
fn a_relationship_is_named_by_its_reverse() {
    let reverse = "back_populates = \"customers\"\n";
    let model = MODEL.replace("[entity.Customer.relationship.shipping]", &format!("{reverse}\n$&"));
    let model = model.replace("$&", "[entity.Customer.relationship.ship$0ping]")
        + "\n[entity.Address.relationship.customers]\ntarget = 'Customer'\n\
           back_populates = 'billing'\noverlaps = 'billing, shipping'\n";
    let stage = Stage::new(&model, DDL);
    assert_eq!(references(&stage), ["model.toml:18 shipping", "model.toml:25 shipping"]);
    let stage = Stage::new(&model.replace("$0", "").replace("\"cust", "\"cu$0st"), DDL);
    let stage = if stage.cursor.1 == 0 { Stage::new(&model, DDL) } else { stage };
    assert!(!references(&stage).is_empty());
}

#[test]
fn a_backref_declares_what_it_makes() {
    let model = MODEL.replace(
        "foreign_keys = [",
        "backref = {name = 'customers', order_by = 'Customer.name'}\nforeign_keys = [",
    ) + "\n[entity.Address.relationship.other]\ntarget = 'Customer'\n\
         primaryjoin = 'Address.id = foreign(Customer.id)'\noverlaps = 'cust$0omers'\n";
    assert_eq!(definition(&Stage::new(&model, DDL)), ["model.toml:14 customers"]);
}

#[test]
fn columns_of_subqueries_lead_to_what_they_show() {
    let at = |marked: &str| {
        let text = "schema = ['schema.sql']\n[entity.A]\nalias = 'a'\n\
                    primary_key = ['a.id']\nselect = '''\n\
                    WITH w AS (SELECT n.id, n.path AS way FROM node AS n)\n\
                    SELECT s.id, s.called, v.way\n\
                    FROM (SELECT c.id, c.name AS called FROM customer AS c) AS s\n\
                    JOIN w AS v ON v.id = s.id'''\n";
        definition(&Stage::new(&text.replacen(&marked.replace("$0", ""), marked, 1), DDL))
    };
    assert_eq!(at("s.cal$0led"), ["schema.sql:4 name"]);
    assert_eq!(at("v.wa$0y"), ["schema.sql:8 path"]);
    assert_eq!(at("SELECT $0s.id"), ["model.toml:8 s"]);
    assert_eq!(at("JOIN w$0 AS"), ["model.toml:6 w"]);
    assert_eq!(at("v$0.id ="), ["model.toml:9 v"]);
    assert!(at("c.name AS cal$0led").is_empty());
}

#[test]
fn what_an_entity_maps_is_selected_from_and_not_its_attributes() {
    let at = |select: &str| {
        let text = format!("{MODEL}[entity.A]\nalias = 'a'\nselect = \"{select}\"\n");
        definition(&Stage::new(&text, DDL))
    };
    assert_eq!(at("SELECT c.na$0me FROM Customer AS c"), ["schema.sql:4 name"]);
    assert!(at("SELECT c.tit$0le FROM Customer AS c").is_empty());
    assert_eq!(at("SELECT c.id FROM Custo$0mer AS c"), ["model.toml:6 Customer"]);
}

#[test]
fn a_comparison_selects_from_nothing() {
    let at = |condition: &str| {
        let select = format!("SELECT n.id FROM node AS n WHERE {condition}");
        let text =
            format!("schema = ['schema.sql']\n[entity.A]\nalias = 'a'\nselect = '{select}'\n");
        definition(&Stage::new(&text, DDL))
    };
    assert_eq!(at("n.id IS DISTINCT FROM n.par$0ent_id"), ["schema.sql:8 parent_id"]);
    assert_eq!(at("n.id IS NOT DISTINCT FROM par$0ent_id"), ["schema.sql:8 parent_id"]);
}

#[test]
fn escapes_and_lines_are_no_hindrance() {
    let join = r#"primaryjoin = """
    \u0043ustomer.shipping_id = \
        Address.id AND '\"é' <> Cust$0omer.name""""#;
    let model = MODEL.split("primaryjoin").next().unwrap().to_owned() + join + "\n";
    assert_eq!(definition(&Stage::new(&model, DDL)), ["model.toml:6 Customer"]);
    let found = references(&Stage::new(&model, DDL));
    assert!(found.contains(&"model.toml:19 \\u0043ustomer".to_owned()), "{found:?}");
}

#[test]
fn aliases_are_declared_where_they_are_given() {
    let text = "[entity.A]\nfrom = 'node AS up JOIN node down ON do$0wn.parent_id = up.id'\n\
                primary_key = ['up.id', 'down.id']\nschema = []\n";
    let text = format!("schema = ['schema.sql']\n{}", text.replace("schema = []\n", ""));
    let stage = Stage::new(&text, DDL);
    assert_eq!(definition(&stage), ["model.toml:3 down"]);
    let down = ["model.toml:3 down", "model.toml:3 down", "model.toml:4 down"];
    assert_eq!(references(&stage), down);
}

#[test]
fn names_inside_a_query_are_found() {
    let text = "schema = ['schema.sql']\n[entity.A]\nalias = 'totals'\nprimary_key = ['totals.owner']\n\
                select = 'SELECT n.parent_id AS owner, count(n.id) AS c FROM node n \
                WHERE n.pa$0th IS NULL GROUP BY n.parent_id'\n";
    assert_eq!(definition(&Stage::new(text, DDL)), ["schema.sql:8 path"]);
    let text = text.replace("$0", "").replace("n.path", "n$0.path");
    assert_eq!(references(&Stage::new(&text, DDL)).len(), 5);
}

#[test]
fn half_written_text_leaves_the_rest() {
    for broken in ["[entity.Customer.relationship.", "tar", "x = [", "x = '''", "[", "x = {a = "] {
        let model = MODEL.replace("[entity.Customer]", &format!("{broken}\n[entity.Customer]"));
        let model = model.replace("Customer.shipping_id", "Custo$0mer.shipping_id");
        let line = model.lines().position(|line| line == "[entity.Customer]").unwrap() + 1;
        let stage = Stage::new(&model, DDL);
        assert_eq!(definition(&stage), [format!("model.toml:{line} Customer")], "{broken}");
    }
    let model = MODEL.replace("Customer.shipping_id = Address.id", "Custo$0mer.shipping_id = (");
    assert_eq!(definition(&Stage::new(&model, DDL)), ["model.toml:6 Customer"]);
}

#[test]
fn json_documents_are_read_alike() {
    let text = r#"{"tables": [{"name": "a", "columns": [{"name": "id"}], "primary_key": ["id"]}],
        "entity": {"A": {"table": "a", "order_by": "\u0041.i$0d"}}}"#;
    let stage = Stage::of(text, "", Format::Json);
    assert_eq!(definition(&stage), ["model.json:1 id"]);
    let stage = Stage::of(&text.replace("$0", "").replace("041", "04$01"), "", Format::Json);
    assert_eq!(references(&stage), ["model.json:2 A", "model.json:2 \\u0041"]);
}

#[test]
fn a_table_that_is_altered_is_known() {
    let ddl = format!("{DDL}ALTER TABLE IF EXISTS cust$0omer ADD COLUMN note TEXT;\n");
    assert_eq!(definition(&Stage::new(MODEL, &ddl)), ["schema.sql:2 customer"]);
}
