use crate::stage::{DDL, MODEL, Stage};

fn tokens(document: &str) -> Vec<String> {
    let stage = Stage::new(document, DDL);
    let found = stage.editor().tokens(stage.whole());
    found.iter().map(|it| format!("{:?} {}", it.kind, stage.model.slice(it.span))).collect()
}

#[test]
fn the_words_of_sql_are_told_apart() {
    let join = "foreign(Customer.\\u0069d) = lower(address.id) AND nobody.name IS NOT NULL \
                OR 'é' <> 1";
    let model = format!("{}primaryjoin = \"{join}\"\n", MODEL.split("primaryjoin").next().unwrap());
    let found = tokens(&model);
    let expected = [
        "Role foreign",
        "Entity Customer",
        "Column \\u0069d",
        "Operator =",
        "Function lower",
        "Table address",
        "Column id",
        "Keyword AND",
        "Name nobody",
        "Name name",
        "Keyword IS",
        "Keyword NOT",
        "Keyword NULL",
        "Keyword OR",
        "String 'é'",
        "Operator <>",
        "Number 1",
    ];
    assert_eq!(found[found.len() - expected.len()..], expected);
    assert_eq!(found[..3], ["Table address", "Table customer", "Table customer"]);
}

#[test]
fn a_text_that_is_not_closed_is_told_as_far_as_it_goes() {
    let model = MODEL.replace("<> 'é'", "<> ('");
    let found = tokens(&model);
    assert!(found.contains(&"Column shipping_id".to_owned()), "{found:?}");
}
