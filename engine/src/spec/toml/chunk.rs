//! A document without errors, parsed a part at a time.
//!
//! What the parser makes takes many times its text, so it is never there for a whole large one.

use std::ops::Range;

use super::merge::merge;
use super::piece::pieces;
use super::tree::{Part, parse};
use crate::spec::value::{Form, Kind, Table};

/// A part is cut off at the first header behind this many bytes.
pub(super) const BYTES: usize = 16 * 1024;

/// The tree of `whole`; nothing if it has an error, or cannot be put together from its parts.
pub(super) fn read(whole: Part<'_>, bytes: usize) -> Option<Table> {
    let mut root = Table::new(Form::Implied);
    let mut defects = Vec::new();
    for range in chunks(whole.text, bytes) {
        let table = parse(whole.part(range))?;
        if moves(&mut root, &table) {
            return None;
        }
        merge(&mut root, table, &mut defects);
        if !defects.is_empty() {
            return None;
        }
    }
    Some(root)
}

/// Whether `next` has the header of a table that longer headers led into before: the parser puts
/// such a table where its header stands, and what was merged stays where it is.
fn moves(table: &mut Table, next: &Table) -> bool {
    next.iter().any(|(key, value)| {
        let Some((_, old)) = table.get_mut(key.text()) else { return false };
        match (&mut old.kind, &value.kind) {
            (Kind::Table(_), Kind::Table(_)) if value.has_header() => true,
            (Kind::Table(table), Kind::Table(next)) => moves(table, next),
            (Kind::Array(_), _) => true,
            _ => false,
        }
    })
}

fn chunks(text: &str, bytes: usize) -> impl Iterator<Item = Range<usize>> {
    let headers = pieces(text).filter(|piece| piece.is_header);
    let cuts = headers.map(|piece| piece.range.start).chain([text.len()]);
    let mut start = 0;
    cuts.filter_map(move |cut| {
        let full = cut - start >= bytes || cut == text.len();
        full.then(|| std::mem::replace(&mut start, cut)..cut)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spec::toml::recover;
    use crate::text::Sources;

    fn section() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "[a]\nx = 1\n",
            "[a]\n",
            "[a.b]\ny = 'é'\n\n",
            "[a.c]\nb.d = [\n[1],\n]\n",
            "[a.b.e]\n",
            "[a.c.b]\n",
            "[[l]]\nx = 1\n",
            "[l.m]\nx = 2\n",
            "[[l.n]]\n",
            "# [a]\n",
            "[a.'q\"r']\n",
            "[b]\nx = \"\"\"\n[a]\n\"\"\" # z\n",
            "b.x = {y = 1}\n",
            "[b.x]\n",
            "[c] # d\r\nx = 1\r\n",
            "[a.b.e.f]\nz = 1",
            "\n",
            "[b.x.y]\n",
            "[",
        ])
    }

    #[test]
    fn entities_are_put_together_from_parts() {
        let text = "[e.A]\nt = 1\n[e.A.r.x]\nu = 2\n[e.A.r.y]\n[e.B]\n";
        let part = Part { source: Sources::new().add("m", text), text, start: 0 };
        assert_eq!(chunks(text, 1).count(), 4);
        let table = read(part, 1);
        assert!(table.is_some());
        assert_eq!(table, parse(part));
    }

    proptest! {
        #[test]
        fn the_parts_make_the_same_tree(sections in prop::collection::vec(section(), 0..8)) {
            let text = sections.concat();
            let part = Part { source: Sources::new().add("m", text.as_str()), text: &text, start: 3 };
            if let Some((table, whole)) = read(part, 1).zip(parse(part)) {
                prop_assert_eq!(table, whole);
            }
        }

        #[test]
        fn what_has_no_errors_is_recovered_whole(
            sections in prop::collection::vec(section(), 0..8),
        ) {
            let text = sections.concat();
            let part = Part { source: Sources::new().add("m", text.as_str()), text: &text, start: 3 };
            // A line of a string that looks like a header is one where the string may be left open.
            if let Some(table) = parse(part).filter(|_| !text.contains("\"\"\"")) {
                let mut defects = Vec::new();
                prop_assert_eq!(recover::read(part, &mut defects), table);
                prop_assert_eq!(defects, []);
            }
        }
    }
}
