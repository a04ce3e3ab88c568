//! A session keeps up with its texts: after any edits it has the findings, answers and places of an
//! analysis from scratch.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics has failed"
)]

mod random_model;

use std::ops::Range;

use joinwright::answer::{self, FlushAnswer, RelationshipAnswer};
use joinwright::base::SourceId;
use joinwright::entity::{Entity, Mapping};
use joinwright::{Draft, Model, Session};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use random_model::{AS_MADE, models};

/// A document and the one schema file it may name.
#[derive(Clone, PartialEq, Debug)]
struct Texts {
    document: String,
    schema: String,
}

impl Texts {
    /// The model with its tables in a file, or in the document.
    fn new(model: &str, in_file: bool) -> Self {
        let (ddl, sections) = model.strip_prefix("ddl = '''\n").unwrap().split_once("'''").unwrap();
        if in_file {
            let document = format!("schema = ['schema.sql']\n{sections}");
            Self { document, schema: ddl.to_owned() }
        } else {
            Self { document: model.to_owned(), schema: String::new() }
        }
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft::from_toml("model.toml", &self.document);
        if draft.schema_files().any(|file| file == "schema.sql") {
            draft.add_schema("schema.sql", &self.schema);
        }
        draft
    }
}

/// A session with the texts that it was given.
struct Edited {
    session: Session,
    texts: Texts,
    document: SourceId,
    schema: Option<SourceId>,
}

impl Edited {
    fn new(texts: Texts) -> Self {
        Self::read(Session::new(texts.draft()), texts)
    }

    fn read(mut session: Session, texts: Texts) -> Self {
        let document = source(&mut session, "model.toml").unwrap();
        let schema = source(&mut session, "schema.sql");
        Self { session, texts, document, schema }
    }

    /// Brings the session to these texts, told of them whole or by what differs.
    fn apply(mut self, texts: Texts, is_whole: bool) -> Self {
        let mut edit = |source, old: &str, new: &str| {
            if is_whole {
                return self.session.edit(source, new);
            }
            let (bytes, between) = difference(old, new);
            self.session.replace(source, bytes, between)
        };
        let old = &self.texts;
        let is_edited = edit(self.document, &old.document, &texts.document)
            && self.schema.is_none_or(|schema| edit(schema, &old.schema, &texts.schema));
        if is_edited {
            return Self { texts, ..self };
        }
        self.session.read(texts.draft());
        Self::read(self.session, texts)
    }
}

/// The bytes of the old text that were replaced, and what by.
fn difference<'t>(old: &str, new: &'t str) -> (Range<usize>, &'t str) {
    let ends =
        |text: &str| text.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let start = same.checked_sub(1).map_or(0, |last| ends(old)[last]);
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let pairs = old_rest.chars().rev().zip(new_rest.chars().rev());
    let end: usize = pairs.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    (start..old.len() - end, &new_rest[..new_rest.len() - end])
}

/// One edit of a text, whatever its length.
#[derive(Clone, Debug)]
enum Edit {
    /// A line of another model takes the place of a line.
    Line { at: Index, from: Index },
    /// A line of another model comes before a line.
    NewLine { at: Index, from: Index },
    /// A line is written where it may be inside the declaration of a table.
    Declared { at: Index, line: &'static str },
    /// A line goes.
    LostLine { at: Index },
    /// A few characters go, so that something is left half-written.
    Hole { at: Index, length: usize },
    /// A relationship gets an argument, in place of one of the same key.
    Argument { at: Index, argument: String },
    /// Something is typed inside a line.
    Typed { at: Index, text: &'static str },
    /// The text is what it was at first.
    Undone,
}

const TYPED: [&str; 16] = [
    "\nload = \"selectin\"\n",
    "\nload = \"sel",
    "\nviewonly = true\n",
    "\nignore = [\"no_foreign_keys\"]\n",
    "\noverlaps = \"items,links\"\n",
    "\n[entity.Node.relationship.more]\ntarget = \"Item\"\n",
    "\n[entity.Node.relationship.items.backref]\nname = \"back\"\n",
    "\n[entity.Box]\n",
    "\nprimaryjoin = '''\n",
    "'''",
    "\"\"\"\n",
    "  number INTEGER,\n",
    "\nALTER TABLE item ADD FOREIGN KEY (b_id) REFERENCES box (id);\n",
    "# é\n",
    "[",
    "\u{1f9e9}",
];

/// An argument as a line, most of them sound for some relationship.
fn arguments() -> impl Strategy<Value = String> {
    let key = select(vec!["foreign_keys", "remote_side", "ignore", "overlaps", "order_by"]);
    let columns = vec!["item.a_id", "node.b_id", "Node.id", "Box.kind", "no_foreign_keys", "items"];
    let listed = (key, select(columns)).prop_map(|(key, it)| format!("{key} = [\"{it}\"]"));
    let flag = select(vec!["viewonly", "uselist", "sync_backref", "post_update", "viewonyl"]);
    let flags = (flag, any::<bool>()).prop_map(|(key, flag)| format!("{key} = {flag}"));
    let loads = select(vec![
        "load = \"joined\"",
        "load = \"joined\"\ninnerjoin = true",
        "load = \"joined\"\njoin_depth = 2",
        "load = \"selectin\"",
        "load = \"select\"",
        "load = \"joined\"\nuselist = true",
        "load = \"joined\"\nignore = [\"cartesian_collections\", \"eager_cycle\"]",
    ]);
    let others = select(vec![
        "target = \"Item\"",
        "target = \"Leaf\"",
        "target = \"Nowhere\"",
        "back_populates = \"items\"",
        "back_populates = \"links\"",
        "back_populates = \"parent\"",
        "backref = \"back\"",
        "secondary = \"link\"",
        "secondary = \"link JOIN box ON link.id = box.id\"",
        "primaryjoin = '''\nnode.id = foreign(item.a_id)\n'''",
        "primaryjoin = \"remote(foreign(Node.path)) LIKE Node.path\"",
        "primaryjoin = \"node.id = remote(\"",
        "load = \"joined\"",
        "load = \"seclectin\"",
        "cascade = \"all, delete-orphan\"",
        "load = \"sel",
        "viewonly =",
        "foreign_keys = [",
        "target = \"Item\"\ntarget = \"Box\"",
        "order",
        "# é",
    ]);
    let lines = |lines: &str| lines.to_owned();
    prop_oneof![1 => listed, 2 => flags, 2 => loads.prop_map(lines), 4 => others.prop_map(lines)]
}

/// Lines for a schema, most of them new columns.
const DECLARED: [&str; 12] = [
    "  extra INTEGER,\n",
    "  extra INTEGER,\n",
    "  extra TEXT NOT NULL,\n",
    "  extra INTEGER, more INTEGER,\n",
    "  more VARCHAR(20), -- é, \n",
    "  Kind INTEGER,\n",
    "  more INTEGER REFERENCES node (id),\n",
    "  more INTEGER, UNIQUE (more),\n",
    "  UNIQUE (kind),\n",
    "CREATE INDEX some ON item (extra);\n",
    "ALTER TABLE item DROP COLUMN more;\n",
    "CREATE TABLE copy (LIKE item);\n",
];

/// Most edits of a schema that are made to columns.
fn declared() -> impl Strategy<Value = Edit> {
    let words = select(vec!["INTEGER", "TEXT", " NOT NULL", " ", "more", "-- é\n", ", extra INT"]);
    prop_oneof![
        6 => (any::<Index>(), select(&DECLARED[..])).prop_map(|(at, line)| Edit::Declared { at, line }),
        3 => any::<Index>().prop_map(|at| Edit::LostLine { at }),
        2 => (any::<Index>(), words).prop_map(|(at, text)| Edit::Typed { at, text }),
        1 => Just(Edit::Undone),
    ]
}

fn argument() -> impl Strategy<Value = Edit> {
    (any::<Index>(), arguments()).prop_map(|(at, argument)| Edit::Argument { at, argument })
}

fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => argument(),
        4 => any::<(Index, Index)>().prop_map(|(at, from)| Edit::Line { at, from }),
        3 => any::<(Index, Index)>().prop_map(|(at, from)| Edit::NewLine { at, from }),
        2 => any::<Index>().prop_map(|at| Edit::LostLine { at }),
        1 => (any::<Index>(), 1..9_usize).prop_map(|(at, length)| Edit::Hole { at, length }),
        3 => (any::<Index>(), select(&TYPED[..])).prop_map(|(at, text)| Edit::Typed { at, text }),
        1 => Just(Edit::Undone),
    ]
}

impl Edit {
    /// The text after the edit; `first` is what it was, and `other` where lines are taken from.
    fn of(&self, text: &str, first: &str, other: &str) -> String {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let others: Vec<&str> = other.split_inclusive('\n').collect();
        let characters: Vec<_> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        match self {
            Self::Undone => return first.to_owned(),
            Self::Typed { at, text: typed } => {
                let at = characters[at.index(characters.len())];
                return format!("{}{typed}{}", &text[..at], &text[at..]);
            }
            Self::Hole { at, length } => {
                let at = at.index(characters.len());
                let end = characters[(at + length).min(characters.len() - 1)];
                return format!("{}{}", &text[..characters[at]], &text[end..]);
            }
            Self::Argument { at, argument } => {
                let starts: Vec<_> = text.match_indices(".relationship.").collect();
                if let Some((start, _)) = starts.get(at.index(starts.len().max(1))) {
                    let end = text[*start..].find("\n[").map_or(text.len(), |end| start + end + 1);
                    let (header, body) = text[*start..end].split_once('\n').unwrap_or_default();
                    let key = argument.split_inclusive('=').next().unwrap_or_default();
                    let body: String =
                        body.split_inclusive('\n').filter(|line| !line.starts_with(key)).collect();
                    let section = format!("{header}\n{body}{argument}\n");
                    return format!("{}{section}{}", &text[..*start], &text[end..]);
                }
            }
            Self::Declared { at, line } => lines.insert(at.index(lines.len() + 1), line),
            Self::NewLine { at, from } if !others.is_empty() => {
                lines.insert(at.index(lines.len() + 1), others[from.index(others.len())]);
            }
            Self::Line { at, from } if !(lines.is_empty() || others.is_empty()) => {
                let at = at.index(lines.len());
                lines[at] = others[from.index(others.len())];
            }
            Self::LostLine { at } if !lines.is_empty() => {
                lines.remove(at.index(lines.len()));
            }
            _ => {}
        }
        lines.concat()
    }
}

/// Everything that is asked of a model, with every place, but not the ids, which say in what order
/// things were read.
#[derive(PartialEq, Debug)]
struct Seen {
    findings: String,
    answers: Vec<RelationshipAnswer>,
    flush: FlushAnswer,
    entities: Vec<String>,
    attributes: Vec<String>,
    relationships: Vec<String>,
    evidence: Vec<String>,
}

impl Seen {
    fn of(model: &Model) -> Self {
        let (mapping, resolution) = (model.mapping(), model.resolution());
        let answers = answer::relationships(mapping, resolution).into_iter();
        Self {
            findings: format!("{:#?}", model.diagnostics()),
            answers: answers.map(|id| RelationshipAnswer::of(mapping, resolution, id)).collect(),
            flush: FlushAnswer::of(mapping, resolution),
            entities: mapping.entities().map(|(_, it)| without_ids(&format!("{it:?}"))).collect(),
            attributes: mapping.entities().flat_map(|(_, it)| attributes(mapping, it)).collect(),
            relationships: model
                .relationships()
                .map(|(_, it, _)| without_ids(&format!("{it:?}")))
                .collect(),
            evidence: model
                .relationships()
                .map(|(_, _, answer)| without_ids(&format!("{:?}", answer.evidence)))
                .collect(),
        }
    }
}

/// The attributes of an entity, with what the tables declare of their columns.
fn attributes<'m>(mapping: &'m Mapping, entity: &'m Entity) -> impl Iterator<Item = String> {
    let Mapping { names, graph, .. } = mapping;
    let owner = names.text(entity.name);
    entity.attributes(graph).map(move |attribute| {
        let name = names.text(attribute.name);
        let declared = attribute.columns().iter().filter_map(|column| graph.declared(*column));
        let catalog = mapping.catalog();
        let declared = declared.map(|id| (catalog.column(id), catalog.places.columns.get(id)));
        let declared: Vec<_> =
            declared.map(|(it, place)| (it.type_text(names), it.nullable, place)).collect();
        format!("{owner}.{name}: {declared:?}")
    })
}

/// The text without the numbers of names and ids.
fn without_ids(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split('(').enumerate() {
        let id = out.ends_with("Id") || out.ends_with("Name");
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if i > 0 {
            out.push('(');
        }
        out.push_str(if id { &part[digits..] } else { part });
    }
    out
}

fn source(session: &mut Session, name: &str) -> Option<SourceId> {
    let mut sources = session.model().sources().iter();
    sources.find(|(_, source)| &*source.name == name).map(|(id, _)| id)
}

/// One edit of a sequence, of the document or the schema file.
#[derive(Clone, Debug)]
struct Step {
    of_document: bool,
    edit: Edit,
    /// Whether the session is told the whole text.
    is_whole: bool,
    /// Whether the model is looked at afterwards, which makes its texts whole.
    is_seen: bool,
}

fn step(edit: impl Strategy<Value = (bool, Edit)>) -> impl Strategy<Value = Step> {
    (edit, any::<bool>(), any::<bool>()).prop_map(|((of_document, edit), is_whole, is_seen)| Step {
        of_document,
        edit,
        is_whole,
        is_seen,
    })
}

/// Makes each edit and compares with a fresh analysis.
fn follow(first: &Texts, other: &Texts, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut edited = Edited::new(first.clone());
    for (at, step) in steps.iter().enumerate() {
        let mut texts = edited.texts.clone();
        if step.of_document {
            texts.document = step.edit.of(&texts.document, &first.document, &other.document);
        } else {
            texts.schema = step.edit.of(&texts.schema, &first.schema, &other.schema);
        }
        edited = edited.apply(texts, step.is_whole);
        let fresh = edited.texts.draft().finish();
        prop_assert_eq!(
            edited.session.diagnostics(),
            fresh.diagnostics(),
            "of {:#?}",
            edited.texts
        );
        if step.is_seen || at + 1 == steps.len() {
            let seen = Seen::of(edited.session.model());
            prop_assert_eq!(seen, Seen::of(&fresh), "of {:#?}", edited.texts);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_end_where_a_fresh_analysis_does(
        (random, other) in (models(), models()),
        in_file: bool,
        steps in vec(step((prop::bool::weighted(0.8), edits())), 1..8),
    ) {
        let [first, other] =
            [random, other].map(|model| Texts::new(&model.document(AS_MADE), in_file));
        follow(&first, &other, &steps)?;
    }

    #[test]
    fn columns_end_where_a_fresh_analysis_does(
        random in models(),
        steps in vec(step(prop_oneof![
            4 => declared().prop_map(|edit| (false, edit)),
            1 => argument().prop_map(|edit| (true, edit)),
        ]), 1..12),
    ) {
        let first = Texts::new(&random.document(AS_MADE), true);
        follow(&first, &first, &steps)?;
    }

    #[test]
    fn arguments_end_where_a_fresh_analysis_does(
        random in models(),
        in_file: bool,
        steps in vec(step((Just(true), argument())), 1..16),
    ) {
        let first = Texts::new(&random.document(AS_MADE), in_file);
        follow(&first, &first, &steps)?;
    }
}

/// The entities of the ring.
const RING: usize = 5;

/// Entities that refer to one another in a ring, and one that inherits from the first of them, with
/// how each of their relationships is loaded: first those along the ring, then those against it,
/// then that of the heir.
fn ring(loads: &[&str]) -> String {
    let entity = |at: usize| {
        let (next, last) = ((at + 1) % RING, (at + RING - 1) % RING);
        let (up, down) = (loads[at], loads[at + RING]);
        format!(
            "[entity.E{at}]\ntable = 't{at}'\n\
             [entity.E{at}.relationship.up]\ntarget = 'E{next}'\nback_populates = 'down'\n{up}\n\
             [entity.E{at}.relationship.down]\ntarget = 'E{last}'\nback_populates = 'up'\n{down}\n"
        )
    };
    let table = |at: usize| {
        let next = (at + 1) % RING;
        format!("CREATE TABLE t{at} (id INT PRIMARY KEY, up_id INT REFERENCES t{next} (id));\n")
    };
    let tables: String = (0..RING).map(table).collect();
    let entities: String = (0..RING).map(entity).collect();
    let heir = loads[2 * RING];
    format!(
        "ddl = '''\n{tables}CREATE TABLE heir (id INT PRIMARY KEY REFERENCES t0 (id),\n\
         over_id INT REFERENCES t2 (id));\n'''\n{entities}[entity.Heir]\ntable = 'heir'\n\
         inherits = 'E0'\n[entity.Heir.relationship.over]\ntarget = 'E2'\n{heir}\n"
    )
}

fn settings() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "load = 'joined'",
        "load = 'joined'",
        "load = 'joined'\njoin_depth = 2",
        "load = 'joined'\ninnerjoin = true",
        "load = 'selectin'",
        "viewonly = true",
        "uselist = false",
        "ignore = ['eager_cycle', 'cartesian_collections']",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn loads_end_where_a_fresh_analysis_does(
        first in vec(settings(), 2 * RING + 1),
        edits in vec((0..=2 * RING, settings()), 1..12),
    ) {
        let mut loads = first;
        let mut session = Session::new(Draft::from_toml("model.toml", &ring(&loads)));
        let document = source(&mut session, "model.toml").unwrap();
        prop_assert_eq!(session.diagnostics(), Model::from_toml("model.toml", &ring(&loads)).diagnostics());
        for (at, setting) in edits {
            loads[at] = setting;
            prop_assert!(session.edit(document, &ring(&loads)));
            let fresh = Model::from_toml("model.toml", &ring(&loads));
            prop_assert_eq!(session.diagnostics(), fresh.diagnostics(), "of {:?}", loads);
        }
    }
}

/// What an entity maps: something made of `a` or `b`, or a table of which nothing is made.
const SOURCES: [&str; 9] = [
    "table = 'a'",
    "from = 'a AS other'",
    "from = 'a JOIN b ON a.b_id = b.id'",
    "from = 'b AS one JOIN b AS two ON one.b_id = two.id'",
    "alias = 'listed'\nselect = 'SELECT * FROM a'\nprimary_key = ['listed.id']",
    "alias = 'listed'\nselect = 'SELECT * FROM a AS it, b WHERE it.b_id = b.id'\n\
     primary_key = ['listed.b_id']",
    "alias = 'listed'\nselect = 'SELECT * FROM a UNION SELECT * FROM b'\n\
     primary_key = ['listed.id']",
    "alias = 'listed'\nselect = 'WITH all_b AS (SELECT * FROM b) SELECT * FROM all_b'\n\
     primary_key = ['listed.id']",
    "table = 'c'",
];

/// What a condition looks for, which makes a query, an alias or a join of a table.
const LOOKED_FOR: [&str; 4] = [
    "",
    "SELECT * FROM a WHERE a.b_id = b.id",
    "SELECT * FROM a AS it WHERE it.b_id = b.id",
    "SELECT * FROM a JOIN b AS two ON a.b_id = two.id",
];

/// Three tables, some with a column more, and what is made of the first two.
fn composed(source: &str, query: &str, more: [bool; 3]) -> Texts {
    let exists =
        format!("primaryjoin = 'c.b_id = foreign(b.id) AND EXISTS ({query})'\nviewonly = true\n");
    let join = if query.is_empty() { "" } else { &exists };
    let document = format!(
        "schema = ['schema.sql']\n[entity.A]\n{source}\n[entity.B]\ntable = 'b'\n\
         [entity.C]\ntable = 'c'\n[entity.C.relationship.b]\ntarget = 'B'\n{join}"
    );
    let tables = ["a", "b", "c"].iter().zip(more);
    let table = |(name, more): (&&str, bool)| {
        let more = if more { "  more INT,\n" } else { "" };
        format!(
            "CREATE TABLE {name} (\n  id INT PRIMARY KEY,\n{more}  b_id INT REFERENCES b (id)\n);\n"
        )
    };
    Texts { document, schema: tables.map(table).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_made_of_tables_ends_where_a_fresh_analysis_does(
        source in select(&SOURCES[..]),
        steps in vec((option::of(select(&LOOKED_FOR[..])), 0..3_usize), 2..9),
    ) {
        let (mut query, mut more) = (LOOKED_FOR[0], [false; 3]);
        let mut edited = Edited::new(composed(source, query, more));
        for (other, table) in steps {
            query = other.unwrap_or(query);
            more[table] = !more[table];
            edited = edited.apply(composed(source, query, more), false);
            let fresh = edited.texts.draft().finish();
            let seen = Seen::of(edited.session.model());
            prop_assert_eq!(seen, Seen::of(&fresh), "of {:#?}", edited.texts);
        }
    }
}

#[test]
fn a_last_line_that_is_typed_leaves_nothing_behind() {
    let tables = "ddl = 'CREATE TABLE a (id INT PRIMARY KEY, b_id INT REFERENCES a (id));'\n";
    let entity = "[entity.A]\ntable = 'a'\n[entity.A.relationship.b]\ntarget = 'A'\n";
    let text = format!("{tables}{entity}");
    let mut session = Session::new(Draft::from_toml("model.toml", &text));
    let document = source(&mut session, "model.toml").unwrap();
    let line = "remote_side = ['A.id']\nviewonly = true\n\n";
    for end in 1..=line.len() {
        let typed = format!("{text}{}", &line[..end]);
        assert!(session.edit(document, &typed));
        let fresh = Model::from_toml("model.toml", &typed);
        assert_eq!(session.diagnostics(), fresh.diagnostics(), "{}", &line[..end]);
    }
}

#[test]
fn only_bytes_of_whole_characters_are_replaced() {
    let text = "ddl = 'CREATE TABLE a (id INT PRIMARY KEY, a_id INT REFERENCES a (id));'\n\
                [entity.A]\ntable = 'a'\n[entity.A.relationship.é]\ntarget = 'A'\n# é\n";
    let mut session = Session::new(Draft::from_toml("model.toml", text));
    let document = source(&mut session, "model.toml").unwrap();
    let last = text.rfind('é').unwrap();
    let (end, far) = (text.len(), usize::MAX);
    #[expect(clippy::reversed_empty_ranges, reason = "a host may give one")]
    for bytes in [end..end + 1, end + 1..far, last + 1..end, 0..last + 1, 8..4, last..last - 1] {
        assert!(!session.replace(document, bytes.clone(), "x"), "{bytes:?}");
        assert_eq!(&*session.model().sources().get(document).text, text);
    }
    assert!(session.replace(document, last..end, "e"));
    let edited = text.replacen("# é\n", "# e", 1);
    assert_eq!(&*session.model().sources().get(document).text, edited);
    assert_eq!(session.diagnostics(), Model::from_toml("model.toml", &edited).diagnostics());
}

#[test]
fn what_texts_cannot_say_is_left_to_the_host() {
    let mut draft = Draft::from_toml("model.toml", "schema = ['a.sql']\n");
    draft.add_schema_bytes("a.sql", b"CREATE TABLE a (\xff);");
    let mut session = Session::new(draft);
    let document = source(&mut session, "model.toml").unwrap();
    assert!(!session.edit(document, "schema = ['a.sql']\n\n"), "a file was no UTF-8");

    let mut session = Session::new(Draft::from_toml("model.toml", ""));
    let document = source(&mut session, "model.toml").unwrap();
    assert!(!session.edit(document, "schema = ['a.sql']\n"), "a file is asked for");
    assert_eq!(&*session.model().sources().get(document).text, "");
    assert!(session.edit(document, "dialect = 'mysql'\n"));
}
