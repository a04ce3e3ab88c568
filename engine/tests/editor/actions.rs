use joinwright::spec::Format;
use joinwright::text::Span;

use crate::stage::{DDL, MODEL, Stage};

#[test]
fn a_diagnostic_offers_its_fixes_and_a_silence() {
    let model = MODEL.replace("foreign_keys = [\"customer.billing_id\"]\n", "");
    let stage = Stage::new(&model, DDL);
    let found = stage.model.diagnostics();
    let codes: Vec<_> = found.iter().map(|it| it.code.name).collect();
    assert_eq!(codes, ["ambiguous_foreign_keys"]);
    let actions = stage.editor().actions(&found, found[0].labels[0].span);
    let titles: Vec<_> = actions.iter().map(|action| action.title.as_str()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert_eq!(titles[2], "ignore `ambiguous_foreign_keys` here");
    for action in &actions {
        let mended = Stage::new(&stage.edited(&action.edits), DDL);
        let left: Vec<_> = mended.model.diagnostics().iter().map(|it| it.code.name).collect();
        assert!(!left.contains(&"ambiguous_foreign_keys"), "{}: {left:?}", action.title);
    }
}

#[test]
fn elsewhere_nothing_is_offered() {
    let model = MODEL.replace("foreign_keys = [\"customer.billing_id\"]\n", "");
    let stage = Stage::new(&model, DDL);
    let start = Span::new(stage.document, 0, 3);
    assert!(stage.editor().actions(&stage.model.diagnostics(), start).is_empty());
}

/// The document after the action that silences the first finding, which must be gone.
fn silenced(document: &str, format: Format) -> String {
    let stage = Stage::of(document, DDL, format);
    let found = stage.model.diagnostics();
    let actions = stage.editor().actions(&found[..1], found[0].labels[0].span);
    let silence = actions.iter().find(|action| action.title.starts_with("ignore")).unwrap();
    let text = stage.edited(&silence.edits);
    let left = Stage::of(&text, DDL, format).model.diagnostics();
    assert!(!left.contains(&found[0]), "{text}");
    assert!(left.iter().all(|it| it.code.name != "document_syntax"), "{text}\n{left:?}");
    text
}

#[test]
fn a_list_of_silenced_codes_grows_in_its_own_layout() {
    let plain = MODEL.replace("foreign_keys = [\"customer.billing_id\"]\n", "");
    let with = |ignore: &str| {
        let list = format!("target = \"Address\"\nignore = {ignore}\n\n");
        silenced(&plain.replacen("target = \"Address\"\n\n", &list, 1), Format::Toml)
    };
    for (before, after) in [
        ("[ 'eager_cycle' ]", "[ 'eager_cycle', \"ambiguous_foreign_keys\" ]"),
        (
            "[\n    \"eager_cycle\", # once\n]",
            "[\n    \"eager_cycle\",\n    \"ambiguous_foreign_keys\", # once\n]",
        ),
    ] {
        let text = with(before);
        assert!(text.contains(&format!("ignore = {after}\n")), "{text}");
    }
}

#[test]
fn json_and_inline_tables_are_silenced_inside_their_braces() {
    let json = |ignore: &str| {
        format!(
            r#"{{"schema": ["schema.sql"], "entity": {{"Address": {{"table": "address"}},
            "Customer": {{"table": "customer", "relationship": {{
                "billing": {{{ignore}"target": "Address"}}}}}}}}}}"#
        )
    };
    let own = silenced(&json(""), Format::Json);
    assert!(
        own.contains(r#""billing": { "ignore": ["ambiguous_foreign_keys"], "target""#),
        "{own}"
    );
    let grown = silenced(&json(r#""ignore": ["eager_cycle"], "#), Format::Json);
    assert!(grown.contains(r#"["eager_cycle", "ambiguous_foreign_keys"]"#), "{grown}");

    let inline = MODEL.replace(
        "[entity.Customer.relationship.billing]\ntarget = \"Address\"\nforeign_keys = [\"customer.billing_id\"]\n",
        "[entity.Customer.relationship]\nbilling = { target = \"Address\" }\n",
    );
    let text = silenced(&inline, Format::Toml);
    assert!(text.contains("billing = { ignore = [\"ambiguous_foreign_keys\"], target"), "{text}");
}

#[test]
fn an_entity_is_silenced_behind_its_header() {
    let model =
        "schema = [\"schema.sql\"]\n[entity.Customer] # us\nselect = 'SELECT name FROM customer'\n";
    let text = silenced(model, Format::Toml);
    assert!(text.contains("[entity.Customer] # us\nignore = [\""), "{text}");
}
