//! `load`: what a file holds, as objects.

use rusqlite::Connection;
use serde_json::Value;

use crate::stage::{Stage, status};

const MODEL: &str = r#"
schema = ["schema.sql"]

[entity.Author]
table = "author"
relationship.books = { target = "Book", order_by = "Book.id", back_populates = "author" }

[entity.Book]
table = "book"
relationship.author = { target = "Author", back_populates = "books" }
relationship.tags = { target = "Tag", secondary = "book_tag", order_by = "Tag.word" }

[entity.Tag]
table = "tag"
"#;

const DDL: &str = "\
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    title TEXT,
    author_id INTEGER REFERENCES author (id)
);
CREATE TABLE tag (word TEXT PRIMARY KEY);
CREATE TABLE book_tag (
    book_id INTEGER REFERENCES book (id),
    word TEXT REFERENCES tag (word),
    PRIMARY KEY (book_id, word)
);
";

const ROWS: &str = "\
INSERT INTO author VALUES (1, 'Ada'), (2, 'Bo');
INSERT INTO book VALUES (1, 'Sea', 1), (2, NULL, 1), (3, 'Lost', NULL);
INSERT INTO tag VALUES ('cold'), ('wet');
INSERT INTO book_tag VALUES (1, 'wet'), (1, 'cold'), (2, 'wet');
";

const TREE: &str = r#"Author(id=1)
  name = "Ada"
  books:
    Book(id=1)
      title = "Sea"
      author_id = 1
      tags:
        Tag(word="cold")
        Tag(word="wet")
    Book(id=2)
      title = NULL
      author_id = 1
      tags:
        → Tag(word="wet")
Author(id=2)
  name = "Bo"
  books: none
"#;

const ORDER: [&str; 2] = ["--order-by", "primary_key"];

/// A folder with the model and a file that holds what the script makes.
fn library(script: &str) -> Stage {
    filled(MODEL, DDL, script)
}

fn filled(model: &str, ddl: &str, script: &str) -> Stage {
    let stage = Stage::new().with("model.toml", model).with("schema.sql", ddl);
    let database = Connection::open(stage.path("library.db")).unwrap();
    database.execute_batch(script).unwrap();
    stage
}

fn full() -> Stage {
    library(&format!("{DDL}{ROWS}"))
}

fn load(stage: &Stage, path: &str, options: &[&str]) -> (i32, String, String) {
    let arguments = ["load", "model.toml", path, "--database", "library.db", "--load"];
    let output = stage.run(&[&arguments, options].concat());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (status(&output), text(&output.stdout), text(&output.stderr))
}

/// What is printed where all goes well.
fn loaded(stage: &Stage, path: &str, options: &[&str]) -> String {
    let (status, text, said) = load(stage, path, options);
    assert_eq!((status, said.as_str()), (0, ""), "{path} {options:?}");
    text
}

#[test]
fn every_strategy_prints_the_same_objects() {
    let stage = full();
    let alone = ["joined", "selectin", "subquery", "select", "lazy", "immediate", "auto", "json"];
    let mixed = ["joined,selectin", "selectin,joined", "subquery,immediate", "select,subquery"];
    let json =
        loaded(&stage, "Author.books.tags", &["joined", ORDER[0], ORDER[1], "--format", "json"]);
    for strategy in alone.into_iter().chain(mixed) {
        let options = [strategy, ORDER[0], ORDER[1]];
        assert_eq!(loaded(&stage, "Author.books.tags", &options), TREE, "{strategy}");
        let options = [strategy, ORDER[0], ORDER[1], "--format", "json"];
        assert_eq!(loaded(&stage, "Author.books.tags", &options), json, "{strategy}");
    }
}

#[test]
fn a_row_reached_twice_is_one_object() {
    let tree = "\
Book(id=2)
  title = NULL
  author_id = 1
  author: Author(id=1)
    name = \"Ada\"
    books:
      Book(id=1)
        title = \"Sea\"
        author_id = 1
      → Book(id=2)
";
    let stage = full();
    for strategy in ["joined", "selectin", "subquery", "select", "joined,selectin", "json"] {
        let options = [strategy, "--order-by", "primary_key", "--limit", "1", "--offset", "1"];
        assert_eq!(loaded(&stage, "Book.author.books", &options), tree, "{strategy}");
    }
}

/// The command of the README, and what it says that is printed.
#[test]
fn the_readme_shows_what_is_printed() {
    let readme = include_str!("../../../../README.md");
    let section = readme.split("\n## Load objects\n").nth(1).unwrap();
    let command = section.split("-- load ").nth(1).unwrap().split("```").next().unwrap();
    let shown = section.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let newsroom = |file: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tour/newsroom/");
        std::fs::read_to_string(format!("{folder}{file}")).unwrap()
    };
    let arguments = command.replace("fixtures/tour/newsroom/", "").replace('\\', "");
    let arguments: Vec<_> = std::iter::once("load").chain(arguments.split_whitespace()).collect();
    let stage = Stage::new()
        .with("model.toml", newsroom("model.toml"))
        .with("schema.sql", newsroom("schema.sql"));
    let database = Connection::open(stage.path("newsroom.db")).unwrap();
    database.execute_batch(&(newsroom("schema.sql") + &newsroom("rows.sql"))).unwrap();
    let output = stage.run(&arguments);
    assert_eq!(status(&output), 0);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), shown);
}

#[test]
fn json_holds_each_object_once() {
    let text = loaded(&full(), "Book.author", &["selectin", "--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let objects = document["objects"].as_array().unwrap();
    let entities: Vec<_> = objects.iter().map(|it| it["entity"].as_str().unwrap()).collect();
    assert_eq!(entities, ["Book", "Book", "Book", "Author"]);
    assert_eq!(document["roots"][2]["key"]["id"], 3);
    assert_eq!(objects[0]["attributes"]["title"], "Sea");
    assert_eq!(objects[0]["relationships"]["author"], objects[1]["relationships"]["author"]);
    assert_eq!(objects[2]["relationships"]["author"], Value::Null);
    assert_eq!(objects[3]["key"], serde_json::json!({ "id": 1 }));
}

#[test]
fn an_inner_join_drops_what_has_nothing() {
    let stage = full();
    let books = |options: &[&str]| loaded(&stage, "Book.author", options).matches("Book(").count();
    assert_eq!((books(&["joined"]), books(&["joined", "--innerjoin"])), (3, 2));
}

#[test]
fn the_first_of_each() {
    let tree = loaded(&full(), "Author.books", &["top_n", "--limit", "1"]);
    assert!(tree.contains("Book(id=1)") && !tree.contains("Book(id=2)"), "{tree}");
    assert!(tree.ends_with("Author(id=2)\n  name = \"Bo\"\n  books: none\n"), "{tree}");
}

#[test]
fn what_is_not_loaded_is_said() {
    let stage = full();
    for strategy in ["none", "raise", "raise_on_sql"] {
        let tree = loaded(&stage, "Author.books", &[strategy]);
        assert!(tree.contains(&format!("books: not loaded ({strategy})\n")), "{tree}");
        let json = loaded(&stage, "Author.books", &[strategy, "--format", "json"]);
        let document: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(document["objects"][0]["unloaded"]["books"], strategy);
    }
}

#[test]
fn other_relationships_load_as_they_say() {
    let model = MODEL.replace("secondary =", "load = \"selectin\", secondary =");
    let stage = full().with("model.toml", model);
    assert_eq!(loaded(&stage, "Author.books", &["joined", ORDER[0], ORDER[1], "--defaults"]), TREE);
}

#[test]
fn more_instances_than_a_statement_takes() {
    let rows = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1200) \
                INSERT INTO author SELECT n, NULL FROM n; \
                INSERT INTO book SELECT id, NULL, id FROM author;";
    let stage = library(&format!("{DDL}{rows}"));
    let tree = loaded(&stage, "Author.books", &["selectin"]);
    assert_eq!(tree.matches("Book(").count(), 1200);
    assert_eq!(tree, loaded(&stage, "Author.books", &["joined"]));
}

#[test]
fn any_value_is_printed_soundly() {
    let rows = "INSERT INTO author VALUES
        (9223372036854775807, 'ünïcode ' || char(27, 10, 155, 8238) || '\"'), (1, x'00ff'),
        (2, 9e999), (3, 0.5), (4, CAST(x'ff1b' AS TEXT)), (5, zeroblob(1000));";
    let untyped = DDL.replace("name TEXT", "name");
    let stage = library(&format!("{untyped}{rows}"));
    let options = ["select", "--order-by", "primary_key"];
    let tree = loaded(&stage, "Author", &options);
    let shown = [
        "name = x'00FF' (2 bytes)",
        "name = inf",
        "name = 0.5",
        "name = x'FF1B' (2 bytes)",
        "00…' (1000 bytes)",
        r#"name = "ünïcode \u{1b}\n\u{9b}\u{202e}\"""#,
    ];
    for shown in shown {
        assert!(tree.contains(shown), "{shown} is not in {tree}");
    }
    let json = loaded(&stage, "Author", &[&options[..], &["--format", "json"]].concat());
    for text in [&tree, &json] {
        let steers = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        assert!(!text.contains(steers), "{text:?}");
    }
    let document: Value = serde_json::from_str(&json).unwrap();
    let names: Vec<_> = document["objects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["attributes"]["name"])
        .collect();
    assert_eq!(names[0]["hex"], "00FF");
    assert_eq!((names[1], names[2]), (&Value::from("inf"), &Value::from(0.5)));
    assert_eq!(names[5], "ünïcode \u{1b}\n\u{9b}\u{202e}\"");
    assert_eq!(document["roots"][5]["key"]["id"], i64::MAX);
}

#[test]
fn a_file_is_only_read() {
    let stage = full();
    let before = std::fs::read(stage.path("library.db")).unwrap();
    loaded(&stage, "Author.books", &["selectin"]);
    assert!(std::fs::read(stage.path("library.db")).unwrap() == before);
}

#[test]
fn a_file_that_cannot_be_read() {
    let model = Stage::new().with("model.toml", MODEL).with("schema.sql", DDL);
    let (status, text, said) = load(&model, "Author", &["select"]);
    let missing = "joinwright: cannot read `library.db`: no such file or directory\n";
    assert_eq!((status, text.as_str(), said.as_str()), (2, "", missing));
    assert!(!model.path("library.db").exists());
    let model = model.with("library.db", "no database at all, but more than a few bytes of text");
    let (status, _, said) = load(&model, "Author", &["select"]);
    let other = "joinwright: cannot read `library.db`: file is not a database\n";
    assert_eq!((status, said.as_str()), (2, other));
}

#[test]
fn what_a_file_lacks_is_named_with_its_place() {
    let stage = library("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);");
    let (status, _, said) = load(&stage, "Author.books", &["selectin"]);
    let expected = "joinwright: `library.db` has no table `book`, which `schema.sql:2` declares\n";
    assert_eq!((status, said.as_str()), (2, expected));
    let stage = library("CREATE TABLE author (id INTEGER PRIMARY KEY);");
    let (status, _, said) = load(&stage, "Author", &["select"]);
    let expected =
        "joinwright: `library.db` has no column `author.name`, which `schema.sql:1` declares\n";
    assert_eq!((status, said.as_str()), (2, expected));
}

#[test]
fn what_cannot_be_loaded_is_refused() {
    let stage = full();
    let refused = [
        ("Autor", "select", "unknown entity `Autor`"),
        ("Author.boks", "selectin", "`boks`"),
        ("Author.books", "selctin", "`selctin`"),
        ("Author.books", "exists,joined", "`exists`"),
        ("Author.books", "selectin,joined", "2"),
        ("Author.books.tags", "none,joined", "`Author.books` is not loaded"),
        ("Author.books.tags", "top_n", "`top_n` loads one relationship"),
        ("Author.books", "lazy_reverse", "`lazy_reverse`"),
    ];
    for (path, strategy, expected) in refused {
        let (status, text, said) = load(&stage, path, &[strategy]);
        assert_eq!((status, text.as_str()), (1, ""), "{path} {strategy}");
        assert!(said.contains(expected), "{path} {strategy}: {said}");
    }
    let output = stage.run(&["load", "model.toml", "Author", "--load", "select"]);
    assert_eq!(status(&output), 2);
    let output = stage.run(&["load", "model.toml", "Author", "--database", "library.db"]);
    assert_eq!(status(&output), 1);
}

const KENNEL: &str = r#"
schema = ["schema.sql"]

[entity.Shelter]
table = "shelter"
relationship.animals = { target = "Animal", order_by = "Animal.id" }

[entity.Animal]
table = "animal"
polymorphic_on = "animal.kind"

[entity.Dog]
inherits = "Animal"
table = "dog"
polymorphic_identity = "dog"
polymorphic_load = "selectin"
relationship.toys = { target = "Toy", load = "selectin" }

[entity.Cat]
inherits = "Animal"
table = "cat"
polymorphic_identity = "cat"

[entity.Toy]
table = "toy"
"#;

const KENNEL_DDL: &str = "\
CREATE TABLE shelter (id INTEGER PRIMARY KEY);
CREATE TABLE animal (id INTEGER PRIMARY KEY, kind TEXT, shelter_id INTEGER REFERENCES shelter (id));
CREATE TABLE dog (id INTEGER PRIMARY KEY REFERENCES animal (id), breed TEXT);
CREATE TABLE cat (id INTEGER PRIMARY KEY REFERENCES animal (id), lives INTEGER);
CREATE TABLE toy (id INTEGER PRIMARY KEY, dog_id INTEGER REFERENCES dog (id));
";

const KENNEL_ROWS: &str = "\
INSERT INTO shelter VALUES (1);
INSERT INTO animal VALUES (1, 'dog', 1), (2, 'cat', 1), (3, 'dog', NULL), (4, NULL, 1);
INSERT INTO dog VALUES (1, 'collie'), (3, 'pug');
INSERT INTO cat VALUES (2, 9);
INSERT INTO toy VALUES (1, 1), (2, 3);
";

/// Dogs come with what dogs have, the cat without what only a step to cats would bring along.
#[test]
fn a_row_of_a_hierarchy_is_an_object_of_its_own_entity() {
    let stage = filled(KENNEL, KENNEL_DDL, &format!("{KENNEL_DDL}{KENNEL_ROWS}"));
    let tree = |dog: &str, cat: &str| {
        format!(
            "\
Shelter(id=1)
  animals:
    Dog(id=1)
      kind = \"dog\"
      shelter_id = 1
      breed = \"collie\"
{dog}    Cat(id=2)
      kind = \"cat\"
      shelter_id = 1
{cat}    Animal(id=4)
      kind = NULL
      shelter_id = 1
"
        )
    };
    for strategy in ["joined", "selectin", "subquery", "lazy", "immediate"] {
        let plain = loaded(&stage, "Shelter.animals", &[strategy]);
        assert_eq!(plain, tree("", ""), "{strategy}");
        let cats = loaded(&stage, "Shelter.animals:Cat", &[strategy]);
        assert_eq!(cats, tree("", "      lives = 9\n"), "{strategy}");
        let toys = tree("      toys:\n        Toy(id=1)\n          dog_id = 1\n", "");
        let dogs = loaded(&stage, "Shelter.animals:Dog.toys", &[strategy]);
        assert_eq!(dogs, toys, "{strategy}");
    }
    let animals = loaded(&stage, "Animal", &["select", "--limit", "1", ORDER[0], ORDER[1]]);
    assert!(animals.contains("breed = \"collie\""), "{animals}");
}

#[test]
fn json_names_the_entity_of_each_row_of_a_hierarchy() {
    let stage = filled(KENNEL, KENNEL_DDL, &format!("{KENNEL_DDL}{KENNEL_ROWS}"));
    let text = loaded(&stage, "Shelter.animals", &["json", "--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let objects = document["objects"].as_array().unwrap().iter();
    let named: Vec<_> = objects.map(|it| format!("{} {}", it["entity"], it["key"])).collect();
    let expected = [
        "\"Shelter\" {\"id\":1}",
        "\"Dog\" {\"id\":1}",
        "\"Cat\" {\"id\":2}",
        "\"Animal\" {\"id\":4}",
    ];
    assert_eq!(named, expected);
    // A dog has its key in two tables, and one value of it in JSON.
    let model = KENNEL
        .replace("table = \"toy\"\n", "table = \"toy\"\nrelationship.dog = { target = \"Dog\" }\n");
    let stage = filled(&model, KENNEL_DDL, &format!("{KENNEL_DDL}{KENNEL_ROWS}"));
    let toys = loaded(&stage, "Toy.dog", &["json", "--limit", "1", ORDER[0], ORDER[1]]);
    let toy = "Toy(id=1)\n  dog_id = 1\n  dog: Dog(id=1)\n    kind = \"dog\"\n    \
               shelter_id = 1\n    breed = \"collie\"\n";
    assert_eq!(toys, toy);
}
