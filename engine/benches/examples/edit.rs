//! Edits one relationship of a document back and forth, each time to its diagnostics, for a
//! profiler: `edit 1000 100`, entities and edits.

#![expect(clippy::unwrap_used, reason = "stops where its model is broken")]

use joinwright::{Draft, Session};
use joinwright_benches::Model as Shape;

fn main() {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse().unwrap());
    let (size, edits) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(100));
    let shape = Shape::generate(size);
    let document = shape.toml();
    let edited = document.replacen("load = \"joined\"", "load = \"selectin\"", 1);
    let mut draft = Draft::from_toml("model", &document);
    draft.add_schema("schema.sql", &shape.ddl());
    let mut session = Session::new(draft);
    let (source, _) = session.model().sources().iter().next().unwrap();
    let mut found = 0;
    for text in [&edited, &document].into_iter().cycle().take(edits) {
        assert!(session.edit(source, text), "the edit takes more than the texts");
        found += session.diagnostics().len();
    }
    println!("{found}");
}
