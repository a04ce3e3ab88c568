use crate::stage::{DDL, MODEL, Stage};

fn hover(stage: &Stage) -> Option<(String, String)> {
    let (source, offset) = stage.cursor;
    let found = stage.editor().hover(source, offset)?;
    Some((stage.model.slice(found.span).to_owned(), found.markdown))
}

fn text_at(marked: &str) -> String {
    hover(&Stage::at(marked)).map_or_else(String::new, |(_, text)| text)
}

#[test]
fn a_relationship_tells_its_direction_its_reasons_and_its_load() {
    let text = text_at("relationship.bill$0ing]");
    for part in [
        "Customer.billing → Address: many-to-one, one",
        "primaryjoin   address.id = customer.billing_id",
        "copies        address.id → customer.billing_id",
        "why direction",
        "lazy:\n\n```sql\nSELECT address.id AS address_id",
        "WHERE address.id = :p1",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn the_load_is_that_of_its_strategy() {
    let model = MODEL.replace(
        "\n[entity.Customer.relationship.shipping]",
        "load = \"joined\"\n\n[entity.Customer.relationship.shipping]",
    );
    let stage = Stage::new(&model.replace(".billing]", ".bill$0ing]"), DDL);
    let (_, text) = hover(&stage).unwrap();
    assert!(
        text.contains("joined:\n\n```sql\nSELECT") && text.contains("LEFT OUTER JOIN"),
        "{text}"
    );
}

#[test]
fn a_broken_relationship_tells_what_is_known() {
    let model = MODEL.replace("foreign_keys", "# foreign_keys").replace(".billing]", ".bill$0ing]");
    let (_, text) = hover(&Stage::new(&model, DDL)).unwrap();
    assert!(text.contains("no direction") && !text.contains("sql"), "{text}");
    assert!(text.contains("customer (billing_id) → address (id)"), "{text}");
}

#[test]
fn a_column_tells_its_type_its_keys_and_who_refers_to_it() {
    let expected = "```sql\naddress.id INTEGER NOT NULL\n```\n- primary key\n\
                    - referred to by `customer.billing_id`, `customer.shipping_id`\n";
    assert_eq!(text_at("Address.i$0d AND"), expected);
    let expected = "```sql\ncustomer.shipping_id INTEGER NOT NULL\n```\n- refers to `address.id`\n";
    assert_eq!(text_at("shipping$0_id INTEGER"), expected);
}

#[test]
fn an_attribute_tells_its_column() {
    let expected = "attribute **Customer.title** shows `customer.name`\n\n\
                    ```sql\ncustomer.name TEXT\n```\n- index";
    assert_eq!(text_at("Customer.tit$0le <>"), expected);
}

#[test]
fn an_entity_tells_what_it_maps_and_where_it_leads() {
    let expected = "entity **Customer** maps `customer`\n\n\
                    - primary key `customer.id`\n\
                    - attributes `id`, `title`, `billing_id`, `shipping_id`\n\
                    - `billing` → `Address`, many-to-one\n\
                    - `shipping` → `Address`, many-to-one\n";
    assert_eq!(text_at("[entity.Cust$0omer]"), expected);
    assert!(text_at("target = \"Addre$0ss\"").contains("reached by `Customer.billing`"));
}

#[test]
fn a_table_tells_its_columns_and_keys() {
    let expected = "table **customer**\n\n```sql\nid INTEGER NOT NULL\nname TEXT\n\
                    billing_id INTEGER\nshipping_id INTEGER NOT NULL\n```\n\
                    - index `name`\n\
                    - `billing_id` refers to `address (id)`\n\
                    - `shipping_id` refers to `address (id)`\n\
                    - mapped by `Customer`\n";
    assert_eq!(text_at("table = \"custo$0mer\""), expected);
}

#[test]
fn an_alias_tells_what_it_stands_for() {
    let text = "schema = ['schema.sql']\n[entity.A]\nfrom = 'node AS u$0p'\n";
    let (name, text) = hover(&Stage::new(text, DDL)).unwrap();
    assert_eq!(name, "up");
    assert!(text.starts_with("alias **up** of table **node**\n"), "{text}");
}

#[test]
fn codes_keys_and_files_are_explained() {
    let model = format!("ignore = [\"no_foreign$0_keys\"]\n{MODEL}");
    let (name, text) = hover(&Stage::new(&model, DDL)).unwrap();
    assert_eq!(name, "no_foreign_keys");
    assert!(text.starts_with("**no_foreign_keys** (error)\n\n") && !text.contains("##"), "{text}");
    assert_eq!(
        text_at("fore$0ign_keys"),
        "`foreign_keys`: the columns to count as foreign: \
                                           `table.column` or `Entity.attribute`"
    );
    assert_eq!(text_at("schema$0.sql"), "`schema.sql`: 3 tables");
    assert_eq!(text_at("'$0é'"), "");
}
