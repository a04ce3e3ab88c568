//! Edits a model back and forth, each time to its diagnostics, for a profiler: `edit 1000 100`,
//! entities and edits of a relationship; `edit 1000 100 column`, those of a column in the DDL;
//! `edit 1000 100 scratch`, as many analyses from scratch.

#![expect(clippy::unwrap_used, reason = "stops where its model is broken")]

use joinwright::{Draft, Session};
use joinwright_benches::Model as Shape;

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
            let at = texts[1].find(" (\n").unwrap() + 3;
            found += edit(&mut session, 1, at, ["", "  extra INTEGER,\n"], edits);
        }
        _ => {
            let at = texts[0].find("load = \"joined\"").unwrap() + 8;
            found += edit(&mut session, 0, at, ["joined", "selectin"], edits);
        }
    }
    println!("{found}");
}

fn read([document, ddl]: &[String; 2]) -> Session {
    let mut draft = Draft::from_toml("model", document);
    draft.add_schema("schema.sql", ddl);
    Session::new(draft)
}

/// Puts one text in the place of the other, and back.
fn edit(session: &mut Session, place: usize, at: usize, texts: [&str; 2], edits: usize) -> usize {
    let (source, _) = session.model().sources().iter().nth(place).unwrap();
    let [from, to] = texts;
    let changes = [(from, to), (to, from)].into_iter().cycle().take(edits);
    let found = changes.map(|(from, to)| {
        assert!(
            session.replace(source, at..at + from.len(), to),
            "the edit takes more than the texts"
        );
        session.diagnostics().len()
    });
    found.sum()
}
