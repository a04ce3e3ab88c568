//! Edits a model back and forth, each time to its diagnostics, for a profiler: `edit 1000 100`,
//! entities and edits of a relationship; `edit 1000 100 column`, those of a column in the DDL;
//! `edit 1000 100 scratch`, as many analyses from scratch.

#![expect(clippy::unwrap_used, reason = "stops where its model is broken")]

use joinwright::{Draft, Session};
use joinwright_benches::{Edit, Model as Shape};

fn main() {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let mut numbers = words.iter().map_while(|word| word.parse().ok());
    let (size, edits) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(100));
    let shape = Shape::generate(size);
    let texts = [shape.toml(), shape.ddl()];
    let mut session = read(&texts);
    let mut found = session.diagnostics().len();
    match words.last().map(String::as_str) {
        Some("scratch") => {
            found += (0..edits).map(|_| read(&texts).diagnostics().len()).sum::<usize>();
        }
        Some("column") => {
            found += make(&mut session, Edit::of_column(&texts[1]).unwrap(), edits);
        }
        _ => found += make(&mut session, Edit::of_relationship(&texts[0]).unwrap(), edits),
    }
    println!("{found}");
}

fn read([document, ddl]: &[String; 2]) -> Session {
    let mut draft = Draft::from_toml("model", document);
    draft.add_schema("schema.sql", ddl);
    Session::new(draft)
}

fn make(session: &mut Session, edit: Edit, edits: usize) -> usize {
    let (source, _) = session.model().sources().iter().nth(edit.source).unwrap();
    let found = edit.there_and_back().take(edits).map(|(bytes, text)| {
        assert!(session.replace(source, bytes, text), "the edit takes more than the texts");
        session.diagnostics().len()
    });
    found.sum()
}
