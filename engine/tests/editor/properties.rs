//! Whatever the text and wherever the cursor, every question has an answer.

use joinwright::spec::Format;
use joinwright::text::Span;
use proptest::prelude::*;

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
    fn a_rename_changes_no_answer(offset in 0..u32::try_from(MODEL.len()).unwrap()) {
        let stage = Stage::new(MODEL, DDL);
        let Ok(edits) = stage.editor().rename(stage.document, offset, "renamed") else { return Ok(()) };
        let after = Stage::new(&stage.edited(&edits), DDL);
        prop_assert!(after.model.diagnostics().is_empty());
        let answers = |stage: &Stage| -> Vec<_> {
            let all = stage.model.relationships();
            all.map(|(_, _, answer)| (answer.direction, answer.join.clone())).collect()
        };
        prop_assert_eq!(answers(&stage), answers(&after));
    }
}
