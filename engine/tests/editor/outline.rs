use joinwright::editor::Symbol;

use crate::stage::{DDL, MODEL, Stage};

fn shown(symbols: &[Symbol], indent: usize) -> String {
    let line = |symbol: &Symbol| {
        let Symbol { name, kind, detail, children, .. } = symbol;
        let line = format!("{:indent$}{kind:?} {name} {detail}", "");
        format!("{}\n{}", line.trim_end(), shown(children, indent + 2))
    };
    symbols.iter().map(line).collect()
}

#[test]
fn a_document_declares_entities_with_what_is_in_them() {
    let stage = Stage::new(MODEL, DDL);
    let expected = "Entity Address address
Entity Customer customer
  Attribute title
  Relationship billing many-to-one Address
  Relationship shipping many-to-one Address
";
    let outline = stage.editor().outline(stage.document);
    assert_eq!(shown(&outline, 0), expected);
    let billing = &outline[1].children[1];
    assert_eq!(stage.model.slice(billing.name_span), "billing");
    assert!(stage.model.slice(billing.span).ends_with("\"customer.billing_id\""));
}

#[test]
fn a_script_declares_tables_and_columns() {
    let stage = Stage::new(MODEL, DDL);
    let (script, _) = stage.model.sources().iter().nth(1).unwrap();
    let expected = "Table address\n  Column id INTEGER\n  Column city TEXT\n";
    assert!(shown(&stage.editor().outline(script), 0).starts_with(expected));
}

#[test]
fn half_written_entities_are_listed() {
    let text = "[entity.A]\nta\n[entity.A.relationship.b]\ntarget =\n[entity.B";
    let stage = Stage::new(text, DDL);
    let expected = "Entity A\n  Relationship b\nEntity B\n";
    assert_eq!(shown(&stage.editor().outline(stage.document), 0), expected);
}

#[test]
fn the_workspace_is_searched_by_name() {
    let stage = Stage::new(MODEL, DDL);
    let found = stage.editor().symbols("BILL");
    let found: Vec<_> = found
        .iter()
        .map(|(symbol, inside)| format!("{}.{}", inside.as_deref().unwrap(), symbol.name))
        .collect();
    assert_eq!(found, ["Customer.billing", "customer.billing_id"]);
}
