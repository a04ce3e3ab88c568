//! Edits a model back and forth, each time to its diagnostics, for a profiler: `edit 1000 100`,
//! entities and edits of a relationship; `edit 1000 100 column`, those of a column in the DDL.

#![expect(clippy::unwrap_used, reason = "stops where its model is broken")]

use joinwright::{Draft, Session};
use joinwright_benches::Model as Shape;

fn main() {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let mut numbers = words.iter().map_while(|word| word.parse().ok());
    let (size, edits) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(100));
    let shape = Shape::generate(size);
    let (document, ddl) = (shape.toml(), shape.ddl());
    let of_column = words.last().is_some_and(|word| word == "column");
    let (place, text, edited) = if of_column {
        (1, &ddl, ddl.replacen(" (\n", " (\n  extra INTEGER,\n", 1))
    } else {
        (0, &document, document.replacen("load = \"joined\"", "load = \"selectin\"", 1))
    };
    let mut draft = Draft::from_toml("model", &document);
    draft.add_schema("schema.sql", &ddl);
    let mut session = Session::new(draft);
    let (source, _) = session.model().sources().iter().nth(place).unwrap();
    let mut found = 0;
    for text in [&edited, text].into_iter().cycle().take(edits) {
        assert!(session.edit(source, text), "the edit takes more than the texts");
        found += session.diagnostics().len();
    }
    println!("{found}");
}
