//! What holds for every document, sound or not.

use joinwright::spec::document::{RelationshipSpec, Text};
use joinwright::spec::{Defect, DefectKind, Document, Request};
use joinwright::text::{Sources, Span};
use proptest::prelude::*;

/// A character and one way to write it.
#[derive(Clone, Debug)]
struct Written {
    decoded: String,
    raw: String,
}

/// Any character, and often one that has a short escape.
fn character() -> impl Strategy<Value = char> {
    let escaped = "\u{8}\t\n\u{c}\r\u{1b}\"\\/'".chars().collect::<Vec<_>>();
    prop_oneof![any::<char>(), prop::sample::select(escaped)]
}

/// The letter that stands for `c` behind a backslash.
fn letter(c: char, characters: &str, letters: &str) -> Option<char> {
    characters
        .chars()
        .zip(letters.chars())
        .find_map(|(known, letter)| (known == c).then_some(letter))
}

fn toml_character() -> impl Strategy<Value = Written> {
    (character(), 0..4_usize).prop_map(|(c, way)| {
        let code = u32::from(c);
        let named = letter(c, "\u{8}\t\n\u{c}\r\u{1b}\"\\", "btnfre\"\\");
        let raw = match (way, named) {
            (0, Some(named)) => format!("\\{named}"),
            (1, _) if code < 0x100 => format!("\\x{code:02x}"),
            (2, _) if code < 0x1_0000 => format!("\\u{code:04X}"),
            (3, _) => format!("\\U{code:08x}"),
            _ if named.is_some() || c.is_control() => format!("\\U{code:08X}"),
            _ => c.to_string(),
        };
        Written { decoded: c.to_string(), raw }
    })
}

fn json_character() -> impl Strategy<Value = Written> {
    (character(), any::<bool>()).prop_map(|(c, escaped)| {
        let named = letter(c, "\u{8}\t\n\u{c}\r\"\\/", "btnfr\"\\/");
        let units: Vec<_> =
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let raw = match named {
            Some(named) if !escaped => format!("\\{named}"),
            None if !(escaped || c.is_control()) => c.to_string(),
            _ => units.concat(),
        };
        Written { decoded: c.to_string(), raw }
    })
}

/// A backslash, a line break and white space: no character at all.
fn continuation() -> impl Strategy<Value = Written> {
    "\\\\[ \t]{0,2}(\n|\r\n)[ \t\n]{0,3}".prop_map(|raw| Written { decoded: String::new(), raw })
}

/// Checks that each piece of `text` is found where it was written.
fn check_places(sources: &Sources, text: &Text, written: &[Written]) {
    let whole: String = written.iter().map(|piece| piece.decoded.as_str()).collect();
    assert_eq!(text.text(), whole);
    let mut at = 0;
    for piece in written.iter().filter(|piece| !piece.decoded.is_empty()) {
        let span = text.span(at, at + piece.decoded.len());
        assert_eq!(sources.slice(span), piece.raw);
        at += piece.decoded.len();
    }
}

fn raw(written: &[Written]) -> String {
    written.iter().map(|piece| piece.raw.as_str()).collect()
}

const SOUND: &[&str] = &[
    "dialect = \"postgres\"\nschema = ['a.sql', 'b.sql']\n",
    "ddl = '''\nCREATE TABLE a (\n  id int -- it's\n);\n'''\n",
    "comparison_functions = {near = [1, 2]}\n",
    "[entity.A]\ntable = \"a\" # the first\nprimary_key = [\n  'x', # [\n  'y',\n]\n",
    "[entity.\"Ü\"]\r\nfrom = \"\"\"\r\na JOIN \\\r\n  b\"\"\"\r\n",
    "[entity.A.relationship.b]\ntarget = 'B'\nprimaryjoin = '''\na.x = b.y\n'''\n\n",
    "[entity.A.relationship.c]\ntarget = 'C'\n",
    "[entity.A.relationship.c.backref]\nname = 'd'\n",
    "[entity.B]\ninherits = 'A'\nrelationship.x.target = 'X'\nattribute.y = {columns = ['y'], deferred = true}\n",
    "[[tables]]\nname = 't'\n[[tables.columns]]\nname = 'id'\n",
    "# comment\n\n",
    "[entity.C]\nselect = 'SELECT 1'\nrelationship.y = {target = 'Y', backref = {name = 'd'}, foreign_keys = ['a.b']}\n",
];

const NOISE: &[&str] = &[
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\n",
    "\r",
    "#",
    "\\",
    "[entity.",
    "\u{feff}",
    "é",
    "\u{1b}",
    "= {",
    "= [\n",
    "[[",
    "null",
    "\"a\":",
    "\\u12",
    "e5",
    "-",
    "1979-05-27",
];

fn document() -> impl Strategy<Value = String> {
    let parts = prop::sample::subsequence(SOUND, 0..=SOUND.len());
    parts.prop_shuffle().prop_map(|parts| parts.concat())
}

/// Puts noise into a text or cuts pieces out of it.
fn mutate(text: &str, changes: &[(usize, usize, &str)]) -> String {
    let mut text: Vec<_> = text.chars().collect();
    for (at, cut, noise) in changes {
        let from = at % (text.len() + 1);
        let to = (from + cut).min(text.len());
        text.splice(from..to, noise.chars());
    }
    text.into_iter().collect()
}

/// A table that is opened twice, by a longer header first, has two places in the order.
fn sort_by_place(document: &mut Document) {
    document.entities.sort_by_key(|entity| entity.name.whole());
    for entity in &mut document.entities {
        entity.relationships.sort_by_key(|relationship| relationship.name.whole());
    }
}

fn check_spans(text: &str, defects: &[Defect]) {
    for Defect { span, .. } in defects {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
    }
    assert!(defects.is_sorted_by_key(|defect| (defect.span.start, defect.span.end)));
}

fn check_insertion(text: &str, relationship: &RelationshipSpec) {
    let at_line_end = |at: Span| {
        let behind = text.get(at.start as usize..).map(|behind| behind.trim_start_matches('\r'));
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('\n'))
    };
    assert!(relationship.insert_at.is_none_or(at_line_end), "{text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn toml_strings_decode_with_their_places(
        written in prop::collection::vec(toml_character(), 0..12)
    ) {
        let text = format!("# é\nddl = \"{}\"\n", raw(&written));
        let mut sources = Sources::new();
        let (document, defects) = Document::from_toml(sources.add("m", text.as_str()), &text);
        prop_assert_eq!(defects, []);
        check_places(&sources, &document.ddl.unwrap(), &written);
    }

    #[test]
    fn multi_line_strings_decode_with_their_places(
        lines in prop::collection::vec((toml_character(), continuation()), 0..6)
    ) {
        // A character in front keeps white space away from the continuation before it.
        let solid = Written { decoded: "x".to_owned(), raw: "x".to_owned() };
        let written: Vec<_> =
            lines.into_iter().flat_map(|(c, line)| [solid.clone(), c, line]).collect();
        let text = format!("ddl = \"\"\"\r\n{}\"\"\"\n", raw(&written));
        let mut sources = Sources::new();
        let (document, defects) = Document::from_toml(sources.add("m", text.as_str()), &text);
        prop_assert_eq!(defects, []);
        check_places(&sources, &document.ddl.unwrap(), &written);
    }

    #[test]
    fn json_strings_decode_with_their_places(
        written in prop::collection::vec(json_character(), 0..12)
    ) {
        let text = format!("{{\"ignore\": [\"é\"], \"ddl\": \"{}\"}}", raw(&written));
        let mut sources = Sources::new();
        let (document, defects) = Document::from_json(sources.add("m", text.as_str()), &text);
        prop_assert_eq!(defects, []);
        check_places(&sources, &document.ddl.unwrap(), &written);
    }

    #[test]
    fn a_broken_end_changes_nothing_before_it(text in document()) {
        let id = Sources::new().add("m", text.as_str());
        let (mut whole, defects) = Document::from_toml(id, &text);
        let sound = |defect: &Defect| {
            matches!(defect.kind, DefectKind::UnknownKey { .. } | DefectKind::MissingKey { .. })
        };
        prop_assert!(defects.iter().all(sound), "{:?}", defects);
        let (mut recovered, _) = Document::from_toml(id, &format!("{text}[entity.Last]\nx = "));
        prop_assert_eq!(recovered.entities.pop().map(|last| last.name.text().to_owned()), Some("Last".to_owned()));
        for document in [&mut whole, &mut recovered] {
            sort_by_place(document);
        }
        prop_assert_eq!(whole, recovered);
    }

    #[test]
    fn reading_never_panics(
        text in document(),
        changes in prop::collection::vec((any::<usize>(), 0..9_usize, prop::sample::select(NOISE)), 0..6),
    ) {
        let text = mutate(&text, &changes);
        let id = Sources::new().add("m", text.as_str());
        let (document, defects) = Document::from_toml(id, &text);
        check_spans(&text, &defects);
        for relationship in document.entities.iter().flat_map(|entity| &entity.relationships) {
            check_insertion(&text, relationship);
        }
        check_spans(&text, &Document::from_json(id, &text).1);
    }

    #[test]
    fn reading_json_never_panics(
        changes in prop::collection::vec((any::<usize>(), 0..9_usize, prop::sample::select(NOISE)), 0..4),
    ) {
        let request = r#"{"id": 1, "model": {"dialect": "ansi", "tables": [{"name": "a", "columns": [{"name": "x"}],
            "unique": [["x"]], "foreign_keys": [{"columns": ["x"], "table": "a"}]}], "entity": {"A": {"table": "a",
            "attribute": {"x": "é\u00e9\n"}, "relationship": {"r": {"target": "A", "overlaps": "p, q", "order_by": ["x",
            "y"], "backref": {"name": "s"}}}}}}, "statements": [{"entity": "A", "load": "joined", "limit": 1}]}"#;
        let text = mutate(request, &changes);
        let id = Sources::new().add("m", text.as_str());
        check_spans(&text, &Request::from_json(id, &text).1);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let id = Sources::new().add("m", text.as_str());
        check_spans(&text, &Document::from_toml(id, &text).1);
        check_spans(&text, &Request::from_json(id, &text).1);
    }
}
