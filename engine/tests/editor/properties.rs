//! Whatever the text and wherever the cursor, every question has an answer.

use joinwright::base::Dialect;
use joinwright::editor::{Refusal, Thing};
use joinwright::spec::Format;
use joinwright::text::Span;
use proptest::prelude::*;

use crate::fixtures::outcome;
use crate::stage::{DDL, MODEL, Stage};

/// Asks everything at an offset.
fn ask_everything(stage: &Stage, offset: u32) {
    let editor = stage.editor();
    let found = stage.model.diagnostics();
    for (source, text) in stage.model.sources().iter() {
        let whole = Span::new(source, 0, text.text.len());
        let inside = |span: Span| {
            let text = &stage.model.sources().get(span.source).text;
            text.get(span.start as usize..span.end as usize).is_some()
        };
        editor.hover(source, offset);
        assert!(editor.definition(source, offset).into_iter().all(inside));
        assert!(editor.references(source, offset, true).into_iter().all(inside));
        assert!(editor.complete(source, offset).iter().all(|it| inside(it.span)));
        assert!(editor.tokens(whole).iter().all(|token| inside(token.span)));
        assert!(editor.hints(whole).iter().all(|hint| inside(hint.at)));
        assert!(editor.outline(source).iter().all(|it| inside(it.span) && inside(it.name_span)));
        let _ = editor.rename(source, offset, "other");
        editor.actions(&found, whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edit_leaves_the_questions_answered(
        start in 0_usize..MODEL.len(),
        length in 0_usize..60,
        insert in r#"[\[\]{}"'.=, a-zé\n\\]{0,8}"#,
        offset in 0_u32..700,
    ) {
        let boundary = |at: usize| (0..=at.min(MODEL.len())).rev().find(|at| MODEL.is_char_boundary(*at)).unwrap();
        let (start, end) = (boundary(start), boundary(start + length));
        let mut text = MODEL.to_owned();
        text.replace_range(start..end, &insert);
        let stage = Stage::new(&text, DDL);
        for at in [offset, u32::try_from(start + insert.len()).unwrap()] {
            ask_everything(&stage, at);
        }
    }

    #[test]
    fn any_text_has_answers(text in r#"([\[\]{}"'.=:, \n\\]|entity|A|from|select|ddl|é|a JOIN b x ON x.y){0,30}"#) {
        for format in [Format::Toml, Format::Json] {
            for offset in [0, 3, 9] {
                ask_everything(&Stage::of(&text, &text, format), offset);
            }
        }
    }

    /// A new name changes the text of the model and nothing of its meaning.
    #[test]
    fn a_rename_changes_no_answer(
        dialect in prop::sample::select(&Dialect::ALL[..]),
        json in any::<bool>(),
        place in any::<prop::sample::Index>(),
        name in r"[ -~\n\u{7f}éß😀]{1,9}|order|user|Left|end|[A-Z][a-z]{2,6}",
    ) {
        let model = |text: &str| -> Stage {
            if json { Stage::of(text, DDL, Format::Json) } else { Stage::new(text, DDL) }
        };
        let text = if json {
            JSON.replacen('{', &format!("{{\"dialect\": \"{dialect}\","), 1)
        } else {
            format!("dialect = '{dialect}'\n{MODEL}{QUERY}")
        };
        let stage = model(&text);
        prop_assert!(stage.model.diagnostics().is_empty());
        let places: Vec<_> = stage.places.of(stage.document).iter().filter(|place| !matches!(
            place.thing, Thing::Table(_) | Thing::Column(_) | Thing::Code(_) | Thing::File(_)
        )).collect();
        let place = place.get(&places);
        let edits = match stage.editor().rename(stage.document, place.span.start, &name) {
            Err(Refusal::Taken { .. }) => return Ok(()),
            edits => edits.unwrap(),
        };
        let after = model(&stage.edited(&edits));
        prop_assert!(after.model.diagnostics().is_empty(), "{}", stage.edited(&edits));
        prop_assert_eq!(outcome(&after.model), outcome(&stage.model));
        let (before, editor) = (stage.places.named(place.thing).count(), after.editor());
        let called = after.places.of(after.document).iter().filter(|place| {
            let named = editor.renamed(after.document, place.span.start);
            named.is_ok_and(|named| named.span == place.span && named.name == name)
        });
        prop_assert_eq!(called.count(), before);
    }
}

const QUERY: &str = "
[entity.Recent]
alias = \"recent\"
primary_key = [\"recent.id\"]
select = '''
WITH late AS (SELECT n.id, rank() OVER w AS place FROM node AS n WINDOW w AS (ORDER BY n.id))
SELECT late.id, late.place FROM late
'''
[entity.Recent.relationship.near]
target = \"Address\"
primaryjoin = \"foreign(Recent.id) = Address.id AND recent.place > 1\"
viewonly = true
";

const JSON: &str = r#"{"schema": ["schema.sql"], "entity": {
    "Address": {"table": "address"},
    "Customer": {
        "table": "customer",
        "attribute": {"title": {"columns": ["customer.name"]}},
        "relationship": {
            "billing": {"target": "Address", "foreign_keys": ["Customer.billing_id"]},
            "shipping": {"target": "Address", "primaryjoin": "Customer.shipping_id = Address.id AND Customer.title <> '\u00e9'"}
        }
    },
    "Pair": {
        "from": "node AS up JOIN node AS down ON down.parent_id = up.id",
        "primary_key": ["up.id", "down.id"]
    }
}}"#;
