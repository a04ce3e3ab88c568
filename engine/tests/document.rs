//! Documents as people write them: half-finished, with escapes, with every mistake at once.

use joinwright::spec::document::{
    AttributeValue, EntitySource, EntitySpec, RelationshipSpec, Scalar, Spanned, Text,
};
use joinwright::spec::{Defect, DefectKind, Document, Request};
use joinwright::text::{Sources, Span};

struct Read {
    sources: Sources,
    document: Document,
    defects: Vec<Defect>,
}

fn toml(text: &str) -> Read {
    let mut sources = Sources::new();
    let source = sources.add("model.toml", text);
    let (document, defects) = Document::from_toml(source, text);
    Read { sources, document, defects }
}

fn json(text: &str) -> Read {
    let mut sources = Sources::new();
    let source = sources.add("model.json", text);
    let (document, defects) = Document::from_json(source, text);
    Read { sources, document, defects }
}

impl Read {
    fn slice(&self, span: Span) -> &str {
        self.sources.slice(span)
    }

    fn entity(&self, name: &str) -> Option<&EntitySpec> {
        self.document.entities.iter().find(|entity| entity.name.text() == name)
    }

    /// The first relationship of the first entity.
    fn relationship(&self) -> Option<&RelationshipSpec> {
        self.document.entities.first()?.relationships.first()
    }

    fn kinds(&self) -> Vec<&DefectKind> {
        self.defects.iter().map(|defect| &defect.kind).collect()
    }

    fn marked(&self) -> Vec<&str> {
        self.defects.iter().map(|defect| self.slice(defect.span)).collect()
    }
}

fn texts(list: &[Text]) -> Vec<&str> {
    list.iter().map(Text::text).collect()
}

fn text(option: Option<&Text>) -> Option<&str> {
    option.map(Text::text)
}

#[test]
fn a_half_written_line_costs_nothing_but_itself() {
    let lines = [
        "ta",
        "x.",
        "table =",
        "x = [",
        "x = [\"a\",",
        "x = '''",
        "x = \"\"\"SELECT",
        "x = {",
        "x = {a = 1,",
        "x = \"abc",
        "viewonly = tru",
        "x = \"a\\q\"",
        "[entity.",
        "[entity.Z",
        "x = 1 y = 2",
        "= 3",
        "x = {a = 'b' c",
        "[[",
    ];
    for line in lines {
        let read = toml(&format!(
            "[entity.A]\nalias = 'a'\n{line}\n\n[entity.B]\ntable = '''b'''\n\n[entity.C]\nselect = 'SELECT 1'\n"
        ));
        let syntax = |kind: &&DefectKind| matches!(kind, DefectKind::Syntax { .. });
        assert_eq!(
            read.kinds().into_iter().filter(syntax).count(),
            1,
            "{line}: {:?}",
            read.defects
        );
        assert_eq!(text(read.entity("A").unwrap().alias.as_ref()), Some("a"), "{line}");
        let b = &read.entity("B").unwrap().source;
        assert!(matches!(b, Some(EntitySource::Table(name)) if name.text() == "b"), "{line}");
        assert!(read.entity("C").unwrap().source.is_some(), "{line}");
    }
}

#[test]
fn the_rest_of_a_broken_section_is_read_too() {
    for line in ["ta", "load = ", "x = [", "load = \"abc", "load = \"a\\q\"", "innerjoin = tru"] {
        let read = toml(&format!(
            "[entity.A]\ntable='a'\n[entity.A.relationship.b]\n{line}\ntarget = \"B\"\nviewonly = true\n"
        ));
        let syntax = |kind: &&DefectKind| matches!(kind, DefectKind::Syntax { .. });
        assert_eq!(
            read.kinds().into_iter().filter(syntax).count(),
            1,
            "{line}: {:?}",
            read.defects
        );
        let relationship = read.relationship().unwrap();
        assert_eq!(text(relationship.target.as_ref()), Some("B"), "{line}");
        assert_eq!(relationship.viewonly.map(|flag| flag.value), Some(true), "{line}");
    }
}

#[test]
fn lines_that_end_as_on_windows_are_read_beside_a_broken_one() {
    let read = toml("[entity.A] # first\r\ntable = 'a' # here\r\n[entity.B]\r\ntable =\r\n");
    assert_eq!(read.marked(), [""]);
    assert!(read.entity("A").is_some() && read.entity("B").is_some());
}

#[test]
fn what_a_syntax_error_may_have_eaten_is_not_missed() {
    let read = toml("[entity.A]\nta\n[entity.A.relationship.b]\ntarg = 'B\n");
    assert!(read.kinds().iter().all(|kind| !matches!(kind, DefectKind::MissingKey { .. })));
    let read = toml("[entity.A]\ntable =\n");
    assert!(
        matches!(read.kinds()[..], [DefectKind::Syntax { message }] if message.contains("value"))
    );
}

#[test]
fn duplicates_show_both_places() {
    let cases = [
        ("[entity.A]\ntable = 'a'\n[entity.B]\ntable = 'b'\n[entity.A]\n", "A", 8),
        ("[entity.A]\ntable = 'a'\ntable = 'b'\n", "table", 11),
        ("[entity]\nA = {table = 'a', include = [], table = 'b'}\n", "table", 14),
        ("entity.A.table = 'a'\nentity.A.table = 'b'", "table", 9),
    ];
    for (text, key, at) in cases {
        let read = toml(text);
        let [DefectKind::DuplicateKey { key: found, first: Some(first) }] = read.kinds()[..] else {
            panic!("{text}: {:?}", read.defects);
        };
        assert_eq!((found.as_str(), first.start), (key, at), "{text}");
        assert_eq!((read.slice(*first), read.marked()[0]), (key, key), "{text}");
    }
    let read = json(r#"{"entity": {"A": {"table": "a"}, "\u0041": {"table": "b"}}}"#);
    assert_eq!(read.marked(), [r"\u0041"]);
}

#[test]
fn spans_point_at_the_source_through_escapes() {
    let read = toml(concat!(
        "\u{feff}# é\n[entity.\"Kündin\"]\ntable='k'\n[entity.\"Kündin\".relationship.'b']\n",
        "target = \"A\\u00e9\"\n",
        "primaryjoin = \"\"\"\n\\\"é\\\".x \\\n   = y\"\"\"\r\n",
        "overlaps = \"c , dé,,e\"\norder_by = ['x', \"\\\"y\\\"\"]\n",
    ));
    assert_eq!(read.defects, []);
    let relationship = read.relationship().unwrap();
    assert_eq!(read.slice(read.document.entities[0].name.whole()), "Kündin");
    let join = relationship.primaryjoin.as_ref().unwrap();
    assert_eq!(join.text(), "\"é\".x = y");
    assert_eq!(read.slice(join.span(0, 4)), "\\\"é\\\"");
    assert_eq!(read.slice(join.span(9, 10)), "y");
    assert_eq!(read.slice(relationship.target.as_ref().unwrap().span(1, 3)), "\\u00e9");
    assert_eq!(texts(&relationship.overlaps), ["c", "dé", "e"]);
    let spans: Vec<_> = relationship.overlaps.iter().map(|name| read.slice(name.whole())).collect();
    assert_eq!(spans, ["c", "dé", "e"]);
    let order = relationship.order_by.as_ref().unwrap();
    assert_eq!(order.text(), "x, \"y\"");
    assert_eq!((read.slice(order.span(0, 1)), read.slice(order.span(3, 6))), ("x", "\\\"y\\\""));
    assert_eq!(read.slice(relationship.span), "[entity.\"Kündin\".relationship.'b']");
}

#[test]
fn every_mistake_is_found_and_the_rest_is_read() {
    let read = toml(concat!(
        "dialect = 'postgre'\n",
        "[entity.A]\ntable = 'a'\nfrom = 'a JOIN b'\ninclude = ['x', 1]\nconcrete = 'yes'\ntabel = 1\n",
        "[entity.A.attribute]\nx = ['a.x', 'b.x']\ny = {expression = 'x', synonym = 'z'}\n",
        "[entity.A.relationship.b]\nload = 'lazy'\njoin_depth = -1\nviewonly = true\n",
        "[entity.B]\nalias = 'b'\n[entity.C]\ninherits = 'A'\n",
    ));
    assert_eq!(
        read.marked(),
        ["postgre", "from", "1", "'yes'", "tabel", "synonym", "b", "lazy", "-1", "B"]
    );
    let other = Span { start: 31, end: 36, ..read.defects[0].span };
    let conflict = DefectKind::ConflictingKeys { first: "table", second: "from", other };
    assert_eq!(read.kinds()[1], &conflict);
    assert!(matches!(read.kinds()[6], DefectKind::MissingKey { owner: "relationship", .. }));
    let a = read.entity("A").unwrap();
    assert!(matches!(&a.source, Some(EntitySource::Table(_))));
    assert_eq!(a.include.as_deref().map(texts), Some(vec!["x"]));
    let columns = &a.attributes[0].value;
    assert!(matches!(columns, Some(AttributeValue::Columns(columns)) if columns.len() == 2));
    assert!(matches!(read.relationship().unwrap().viewonly, Some(Spanned { value: true, .. })));
}

#[test]
fn a_relationship_says_where_a_line_can_be_added() {
    let sound = concat!(
        "[entity.A]\ntable = 'a'\nrelationship.r = {target = 'R'}\n",
        "[entity.B]\ntable = 'b'\n",
        "[entity.B.relationship.s] # s\r\n",
        "[entity.B.relationship.t]\ntarget = 'T'\nforeign_keys = [\n  'x',\n] # t\n\n",
        "[entity.B.relationship.t.backref]\nname = 'b'\n",
    );
    for read in [toml(sound), toml(&format!("{sound}x = \n"))] {
        let before = |spec: &RelationshipSpec| {
            let at = spec.insert_at.unwrap();
            assert_eq!(at.start, at.end);
            read.slice(Span { start: at.start - 5, ..at }).to_owned()
        };
        let [s, t] = &read.entity("B").unwrap().relationships[..] else { panic!() };
        assert_eq!((before(s), before(t)), ("] # s".to_owned(), "] # t".to_owned()));
        let backref = t.backref.as_deref().unwrap();
        assert_eq!((before(backref).as_str(), backref.name.text()), ("= 'b'", "b"));
        assert_eq!(read.slice(backref.span), "[entity.B.relationship.t.backref]");
        let r = &read.entity("A").unwrap().relationships[0];
        assert_eq!((r.insert_at, read.slice(r.span)), (None, "r"));
    }
}

#[test]
fn short_and_long_forms_mean_the_same() {
    let read = json(concat!(
        r#"{"schema": "a.sql", "comparison_functions": {"near": [1, 2], "odd": [1]}, "entity": {"A": {"#,
        r#""table": "a", "polymorphic_identity": 7, "with_polymorphic": "*", "attribute": {"x": "a.x"}, "#,
        r#""relationship": {"r": {"target": "A", "foreign_keys": "a.x", "innerjoin": true, "#,
        r#""passive_deletes": "all", "backref": "q", "cascade": null, "join_depth": 3}}}}}"#,
    ));
    assert_eq!(read.marked(), ["[1]"]);
    assert_eq!(texts(&read.document.schema), ["a.sql"]);
    let a = read.entity("A").unwrap();
    assert_eq!(text(a.polymorphic_identity.as_ref().map(Scalar::text)), Some("7"));
    assert_eq!(texts(&a.with_polymorphic), ["*"]);
    let r = read.relationship().unwrap();
    assert_eq!(texts(&r.foreign_keys), ["a.x"]);
    assert_eq!(text(r.innerjoin.as_ref()), Some("true"));
    assert_eq!(r.backref.as_ref().map(|backref| backref.name.text()), Some("q"));
    assert_eq!(r.join_depth.map(|depth| depth.value), Some(3));
    assert!(read.slice(r.span).starts_with(r#"{"target""#));
    assert_eq!(r.cascade, None);
}

#[test]
fn tables_can_be_data() {
    let read = json(concat!(
        r#"{"tables": [{"name": "t", "schema": null, "columns": [{"name": "id", "type": "INTEGER", "#,
        r#""nullable": false}, "x"], "primary_key": ["id"], "unique": [["id", "x"]], "foreign_keys": "#,
        r#"[{"columns": ["x"], "table": "s.u", "referred": ["id"], "name": "fk"}, {"columns": ["x"]}]}]}"#,
    ));
    assert!(matches!(read.kinds()[..], [DefectKind::MissingKey { owner: "foreign key", .. }]));
    let table = &read.document.tables[0];
    assert_eq!((table.name.text(), table.columns.len(), table.foreign_keys.len()), ("t", 2, 1));
    assert_eq!(table.columns[0].nullable, Some(false));
    assert_eq!(table.unique.iter().map(|key| texts(key)).collect::<Vec<_>>(), [["id", "x"]]);
    assert_eq!(table.foreign_keys[0].table.text(), "s.u");
    let sound = "[[tables]]\nname = 'a'\n[[tables.columns]]\nname = 'id'\n[[tables]]\nname = 'b'\n";
    for read in [toml(sound), toml(&format!("x\n{sound}"))] {
        assert_eq!((read.document.tables.len(), read.document.tables[0].columns.len()), (2, 1));
    }
}

#[test]
fn a_request_keeps_its_id_and_the_number_of_its_statements() {
    let text = r#"{"id": {"a": [1.50]}, "model": {"entity": {}}, "statements": [
        {"entity": "A", "load": "joined", "path": ["b", "c"], "limit": 10, "labels": "disambiguate"},
        7, {"entity": "A", "load": "join_all"}]}"#;
    let mut sources = Sources::new();
    let (request, defects) = Request::from_json(sources.add("<stdin>", text), text);
    assert_eq!(request.id.as_deref(), Some(r#"{"a": [1.50]}"#));
    assert_eq!(request.statements.len(), 3);
    assert_eq!(texts(&request.statements[0].path), ["b", "c"]);
    assert_eq!(request.statements[0].limit.map(|limit| limit.value), Some(10));
    let marked: Vec<_> = defects.iter().map(|defect| sources.slice(defect.span)).collect();
    assert_eq!(marked, ["7", "join_all"]);
    let (request, defects) = Request::from_json(sources.add("<stdin>", "[}"), "[}");
    assert_eq!((request, defects.len()), (Request::default(), 1));
}

#[test]
fn depth_is_limited_and_size_is_not() {
    for open in ["[", "{a = ", "{a.b = ", "[{x='"] {
        let read = toml(&format!("x = {}\n[entity.A]\ntable = 'a'\n", open.repeat(100_000)));
        assert!(
            !read.defects.is_empty() && read.defects.len() <= 2,
            "{open}: {}",
            read.defects.len()
        );
        assert!(read.entity("A").unwrap().source.is_some());
    }
    for read in [toml(&"a.".repeat(100_000)), json(&"[".repeat(100_000))] {
        assert!(matches!(read.kinds()[..], [DefectKind::TooDeep { limit: 64 }]));
    }
    let long = "x".repeat(1_000_000);
    assert_eq!(toml(&format!("ddl = \"{long}\\n\"")).document.ddl.unwrap().text().len(), 1_000_001);
    assert_eq!(json(&format!("{{\"ddl\": \"{long}\\n\"}}")).defects, []);
    assert_eq!(toml(&format!("{long}\nddl = ''")).defects.len(), 1);
}

/// What is written into SQL as a name is no name with a null character.
#[test]
fn a_name_with_a_null_character_is_told() {
    let read = toml(
        "[entity.Tram]\nselect = 'SELECT id FROM tram'\nalias = \"a\\u0000\"\n\
         [entity.Tram.attribute.id]\nexpression = 'Tram.id'\nlabel = \"b\\u0000\"\n",
    );
    assert_eq!(read.marked(), ["a\\u0000", "b\\u0000"]);
    assert!(read.kinds().iter().all(|kind| matches!(kind, DefectKind::Syntax { .. })));
    assert!(read.entity("Tram").is_some_and(|tram| tram.alias.is_none()));
}
