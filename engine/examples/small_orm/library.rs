//! What both databases hold and both programs print.

use joinwright::Model;
use joinwright::entity::Load;

use super::driver::{Driver, Result};
use super::orm::{ObjectId, Session};

const DDL: &str = "
    CREATE TEMPORARY TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TEMPORARY TABLE book (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER REFERENCES author (id)
    );
    CREATE TEMPORARY TABLE tag (word TEXT PRIMARY KEY);
    CREATE TEMPORARY TABLE book_tag (
        book_id INTEGER REFERENCES book (id), word TEXT REFERENCES tag (word),
        PRIMARY KEY (book_id, word)
    );
";

const ROWS: &str = "
    INSERT INTO author VALUES (1, 'Tove'), (2, 'Astrid'), (3, 'Selma');
    INSERT INTO book VALUES (1, 'Comet', 1), (2, 'Winter', 1), (3, 'Seacrow', 2), (4, 'Edda', NULL);
    INSERT INTO tag VALUES ('island'), ('snow');
    INSERT INTO book_tag VALUES (2, 'snow'), (3, 'island'), (3, 'snow');
";

const ENTITIES: &str = r#"
    [entity.Author]
    table = "author"
    relationship.books = { target = "Book", back_populates = "author", order_by = "Book.title" }

    [entity.Book]
    table = "book"
    relationship.author = { target = "Author", back_populates = "books" }
    relationship.tags = { target = "Tag", secondary = "book_tag", order_by = "Tag.word" }

    [entity.Tag]
    table = "tag"
"#;

/// The SQL that makes the tables and their rows.
pub(crate) fn script() -> String {
    format!("{DDL}{ROWS}")
}

/// Loads the same objects in several ways, and prints them once.
pub(crate) fn show(mut driver: impl Driver) -> Result<()> {
    let model = Model::from_toml("library.toml", &format!("ddl = '''{DDL}'''{ENTITIES}"));
    if let Some(wrong) = model.diagnostics().first() {
        return Err(wrong.message.clone().into());
    }
    let mut printed: Option<String> = None;
    for loads in [
        [Load::Joined, Load::Joined],
        [Load::Selectin, Load::Subquery],
        [Load::Subquery, Load::Select],
        [Load::Select, Load::Selectin],
    ] {
        let mut session = Session::new(&model, &mut driver);
        let [books, tags] = loads;
        let authors = session.load("Author", &[("books", books), ("tags", tags)])?;
        let text: String = authors.iter().map(|id| tree(&model, &session, *id, 0)).collect();
        if printed.as_ref().is_some_and(|printed| *printed != text) {
            return Err(format!("{loads:?} loads something else").into());
        }
        printed.get_or_insert(text);
    }
    print!("{}", printed.unwrap_or_default());
    Ok(())
}

/// An object and what hangs on it: the path ends, so the tree does.
fn tree<D>(model: &Model, session: &Session<'_, D>, id: ObjectId, depth: usize) -> String {
    let Some(object) = session.objects.get(id) else { return String::new() };
    let mapping = model.mapping();
    let attributes: Vec<_> = object
        .attributes
        .iter()
        .map(|(name, value)| format!("{} = {value}", mapping.names.text(*name)))
        .collect();
    let entity = mapping.entity_name(object.entity);
    let mut text = format!("{:1$}{entity}: {2}\n", "", depth * 2, attributes.join(", "));
    for related in object.relationships.values().flatten() {
        text.push_str(&tree(model, session, *related, depth + 1));
    }
    text
}
