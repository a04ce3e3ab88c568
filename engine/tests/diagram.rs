//! Diagrams: what they say of a model, and that nothing in a name breaks what is written.

mod random_model;

use joinwright::Model;
use joinwright::diagram::{Cardinality, Diagram, Edge, EdgeKind, dot, mermaid, svg};
use proptest::prelude::*;
use random_model::{AS_MADE, models};

fn entities(model: &Model) -> Diagram {
    Diagram::of_entities(model.mapping(), model.resolution())
}

fn tables(model: &Model) -> Diagram {
    Diagram::of_tables(model.mapping())
}

/// The only line of a model with an owner and a thing that refers to it by `column`.
fn between(column: &str, keys: &str, relationships: &str) -> Edge {
    let model = Model::from_toml(
        "model.toml",
        &format!(
            "ddl = '''
            CREATE TABLE owner (id INTEGER PRIMARY KEY);
            CREATE TABLE thing (id INTEGER PRIMARY KEY, owner_id INTEGER {column}{keys});
            '''
            [entity.Owner]
            table = 'owner'
            [entity.Thing]
            table = 'thing'
            {relationships}"
        ),
    );
    assert_eq!(model.relationships().filter(|(.., it)| !it.is_complete()).count(), 0);
    let mut edges = entities(&model).edges;
    assert_eq!(edges.len(), 1, "{edges:?}");
    edges.remove(0)
}

const THINGS: &str = "[entity.Owner.relationship.things]\ntarget = 'Thing'\n";
const OWNER: &str = "[entity.Thing.relationship.owner]\ntarget = 'Owner'\n";
const REFERS: &str = "REFERENCES owner (id)";
const MUST_REFER: &str = "NOT NULL REFERENCES owner (id)";

fn ends(edge: &Edge) -> (Cardinality, Cardinality) {
    (edge.from_end, edge.to_end)
}

#[test]
fn the_keys_say_how_many_stand_at_each_end() {
    use Cardinality::{ExactlyOne, ZeroOrMore, ZeroOrOne};
    assert_eq!(ends(&between(REFERS, "", OWNER)), (ZeroOrMore, ZeroOrOne));
    assert_eq!(ends(&between(MUST_REFER, "", OWNER)), (ZeroOrMore, ExactlyOne));
    assert_eq!(ends(&between(MUST_REFER, ", UNIQUE (owner_id)", OWNER)), (ZeroOrOne, ExactlyOne));
    assert_eq!(ends(&between(MUST_REFER, "", THINGS)), (ExactlyOne, ZeroOrMore));
    assert_eq!(ends(&between(REFERS, "", THINGS)), (ZeroOrOne, ZeroOrMore));
    // Nothing promises that the owner is there.
    let unpromised = "foreign_keys = ['thing.owner_id']\nprimaryjoin = 'Thing.owner_id = Owner.id'";
    let undeclared = between("NOT NULL", "", &format!("{OWNER}{unpromised}"));
    assert_eq!(ends(&undeclared), (ZeroOrMore, ZeroOrOne));
}

#[test]
fn a_condition_that_asks_for_more_promises_less() {
    let more = "primaryjoin = 'Thing.owner_id = Owner.id AND Thing.id > 7'";
    let edge = between(MUST_REFER, "", &format!("{OWNER}{more}"));
    assert_eq!(ends(&edge), (Cardinality::ZeroOrMore, Cardinality::ZeroOrOne));
}

#[test]
fn a_relationship_and_its_reverse_are_one_line() {
    let owner = format!("{OWNER}back_populates = 'things'\n");
    let edge = between(MUST_REFER, "", &format!("{THINGS}back_populates = 'owner'\n{owner}"));
    assert_eq!((edge.from.as_str(), edge.name.as_str()), ("Owner", "things"));
    assert_eq!((edge.to.as_str(), edge.reverse.as_slice()), ("Thing", &["owner".to_owned()][..]));
    assert_eq!(ends(&edge), (Cardinality::ExactlyOne, Cardinality::ZeroOrMore));
    assert!(!edge.viewonly && edge.resolved);
}

#[test]
fn what_could_not_be_resolved_is_drawn_as_such() {
    let model = Model::from_toml(
        "model.toml",
        "ddl = 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
        [entity.A]
        table = 'a'
        [entity.A.relationship.others]
        target = 'A'",
    );
    let diagram = entities(&model);
    let [edge] = diagram.edges.as_slice() else { panic!("{diagram:?}") };
    assert_eq!((edge.resolved, edge.direction), (false, None));
    assert!(mermaid(&diagram).contains(r#""A" }o..o{ "A" : "others (unresolved)""#));
    assert!(dot(&diagram).contains("style=dotted"));
}

#[test]
fn hierarchies_and_circles_are_marked() {
    let model = Model::from_toml(
        "model.toml",
        "ddl = '''
        CREATE TABLE team (id INTEGER PRIMARY KEY, captain INTEGER NOT NULL REFERENCES player (id));
        CREATE TABLE player (id INTEGER PRIMARY KEY, team INTEGER NOT NULL REFERENCES team (id));
        CREATE TABLE guest (id INTEGER PRIMARY KEY REFERENCES player (id));
        '''
        [entity.Team]
        table = 'team'
        [entity.Player]
        table = 'player'
        [entity.Player.relationship.team]
        target = 'Team'
        foreign_keys = ['player.team']
        [entity.Guest]
        table = 'guest'
        inherits = 'Player'",
    );
    let diagram = entities(&model);
    let circular: Vec<_> = diagram.nodes.iter().map(|it| (it.name.as_str(), it.cycle)).collect();
    assert_eq!(circular, [("Guest", false), ("Player", true), ("Team", true)]);
    let kinds: Vec<_> = diagram.edges.iter().map(|it| (it.kind, it.cycle)).collect();
    assert_eq!(kinds, [(EdgeKind::Inheritance, false), (EdgeKind::Relationship, true)]);
    let keys: Vec<_> = tables(&model).edges.iter().map(|it| (it.from.clone(), it.cycle)).collect();
    let [guest, player, team] = ["guest", "player", "team"].map(str::to_owned);
    assert_eq!(keys, [(guest, false), (player, true), (team, true)]);
}

/// An entity of this name, related to itself under the same name.
fn named(name: &str) -> Diagram {
    let quoted = in_toml(name);
    let model = Model::from_toml(
        "model.toml",
        &format!(
            "ddl = 'CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER REFERENCES a (id));'
            [entity.{quoted}]
            table = 'a'
            [entity.{quoted}.relationship.{quoted}]
            target = {quoted}"
        ),
    );
    let diagram = entities(&model);
    assert_eq!(diagram.nodes.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), [name]);
    diagram
}

/// A TOML basic string.
fn in_toml(text: &str) -> String {
    let escaped = text.chars().map(|c| format!("\\U{:08X}", u32::from(c)));
    format!("\"{}\"", escaped.collect::<String>())
}

/// The line that names the only node.
fn node(text: &str) -> &str {
    text.lines().find(|line| line.contains('"') && !line.contains(" [shape")).unwrap_or_default()
}

#[test]
fn mermaid_quotes_names_by_code() {
    let written = |name| node(&mermaid(&named(name))).trim().to_owned();
    assert_eq!(written("end"), r#""end""#);
    assert_eq!(written("order_line"), r#""order_line""#);
    assert_eq!(written("_x_"), r##""#95;x#95;""##);
    assert_eq!(mermaid(&named("")).lines().nth(1), Some("    \" \""));
    assert_eq!(written(" x"), r##""#32;x""##);
    assert_eq!(written("a\"b\\c<d>\n"), r#""a#34;b#92;c#60;d#62;#10;""#);
    assert_eq!(written("direction TB"), r#""direction#32;TB""#);
    assert_eq!(written("%%{init}"), r##""#37;#37;#123;init#125;""##);
    assert_eq!(written("style:#35;"), r#""style#58;#35;35;""#);
    assert_eq!(written("größe 漢"), "\"größe 漢\"");
}

#[test]
fn dot_escapes_ids_and_labels() {
    let written = |name| dot(&named(name)).lines().nth(4).unwrap_or_default().trim().to_owned();
    assert_eq!(written("end"), r#""end" [label="end\na"];"#);
    assert_eq!(written(r"trailing\"), r#""trailing\\" [label="trailing\\\na"];"#);
    assert_eq!(written(r#"a"b"#), r#""a\"b" [label="a\"b\na"];"#);
    assert_eq!(written("a&lt;<b>"), r#""a&lt;<b>" [label="a&amp;lt;<b>\na"];"#);
    assert_eq!(written("\0"), "\"\u{2400}\" [label=\"\u{2400}\\na\"];");
}

#[test]
fn svg_escapes_text() {
    let drawn = svg(&named("<&>\u{1}"));
    assert!(drawn.contains(">&lt;&amp;&gt;\u{fffd}</text>"), "{drawn}");
}

/// Whether quotes close on their own line, unless escaped.
fn is_balanced(line: &str) -> bool {
    let mut inside = false;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if inside => {
                chars.next();
            }
            '"' => inside = !inside,
            _ => {}
        }
    }
    !inside
}

/// What holds of each diagram, however it was come by.
fn is_well_formed(diagram: &Diagram) {
    let names: Vec<_> = diagram.nodes.iter().map(|it| it.name.as_str()).collect();
    assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    let known = |name: &String| names.contains(&name.as_str());
    assert!(diagram.edges.iter().all(|it| known(&it.from) && known(&it.to)));

    let (nodes, edges) = (diagram.nodes.len(), diagram.edges.len());
    let mermaid = mermaid(diagram);
    assert_eq!(mermaid.lines().count(), 1 + nodes + edges);
    assert!(mermaid.lines().all(|line| line.matches('"').count() % 2 == 0), "{mermaid}");

    let dot = dot(diagram);
    assert_eq!(dot.matches(" -> ").count(), edges);
    assert!(is_balanced(&dot), "{dot}");

    let svg = svg(diagram);
    assert_eq!(svg.matches("class=\"box").count(), nodes, "{svg}");
    assert_eq!(svg.matches("class=\"way").count(), edges, "{svg}");
    for tag in ["svg", "g", "text", "style"] {
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        let opened = svg.match_indices(&open).filter(|(at, _)| {
            svg.get(at + open.len()..).is_some_and(|rest| rest.starts_with([' ', '>']))
        });
        assert_eq!(opened.count(), svg.matches(&close).count(), "{svg}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_model_gives_a_diagram(random in models(), seed: u64) {
        let [first, second] = [random.document(AS_MADE), random.document(seed)]
            .map(|document| Model::from_toml("model.toml", &document));
        for of in [entities, tables] {
            is_well_formed(&of(&first));
            prop_assert_eq!(of(&first), of(&second));
        }
    }

    #[test]
    fn any_name_can_be_drawn(name in any::<String>()) {
        is_well_formed(&named(&name));
    }

    /// No two names become one box.
    #[test]
    fn names_stay_apart(one in "[ _\"\\\\#a;:\u{200b}]{0,3}", other in "[ _\"\\\\#a;:\u{200b}]{0,3}") {
        let boxes = |name: &str| {
            let diagram = named(name);
            (mermaid(&diagram).lines().nth(1).map(str::to_owned), dot(&diagram).lines().nth(4).map(str::to_owned))
        };
        let (one_is, other_is) = (boxes(&one), boxes(&other));
        prop_assert_eq!(one == other, one_is.0 == other_is.0);
        prop_assert_eq!(one == other, one_is.1 == other_is.1);
    }
}
