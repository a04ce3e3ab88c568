//! Where the sections of a TOML document begin.

use rustc_hash::FxHashMap;

use super::toml::{Piece, pieces, read_sound};
use crate::base::SourceId;

/// A header with the lines below it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Section {
    /// Where its header begins.
    pub(crate) start: usize,
    /// Whether it is `[entity.E.relationship.NAME]`, and no other header leads into that table.
    pub(crate) is_relationship: bool,
}

/// The sections of a document without errors, in order; nothing where it is written in a way that
/// leaves doubt about what is a header.
pub(crate) fn sections(source: SourceId, text: &str) -> Option<Vec<Section>> {
    if text.starts_with('\u{feff}') {
        return None;
    }
    let mut paths = Vec::new();
    for Piece { range, is_header } in pieces(text) {
        let piece = text.get(range.clone())?;
        if is_header {
            paths.push((range.start, path(piece)?));
        } else if is_doubtful(piece) {
            read_sound(source, piece, range.start)?;
        }
    }
    let mut headers: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, path) in &paths {
        *headers.entry(relationship(path).unwrap_or("")).or_default() += 1;
    }
    let section = |(start, path): (usize, &str)| {
        let is_relationship = relationship(path) == Some(path) && headers.get(path) == Some(&1);
        Section { start, is_relationship }
    };
    Some(paths.into_iter().map(section).collect())
}

/// The path in a header that is written plainly: bare keys, no white space.
fn path(header: &str) -> Option<&str> {
    let inner = header.trim_start_matches('[');
    let (path, _) = inner.split_once(']')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    path.chars().all(is_plain).then_some(path)
}

/// Whether lines of a value may have been taken for headers, so that the piece is half of one.
fn is_doubtful(piece: &str) -> bool {
    let mut threes = piece.as_bytes().windows(3);
    piece.contains('\n') || threes.any(|it| it == b"'''" || it == b"\"\"\"")
}

/// The first four names of a path into a relationship.
fn relationship(path: &str) -> Option<&str> {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    let end = ends.take(4).nth(3)?;
    let mut names = path.split('.');
    let leads = names.next() == Some("entity") && names.nth(1) == Some("relationship");
    path.get(..end).filter(|_| leads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn found(text: &str) -> Option<Vec<(&str, bool)>> {
        let sections = sections(Sources::new().add("", ""), text)?;
        let shown = sections.into_iter().map(|section| {
            let line = text.get(section.start..).and_then(|rest| rest.lines().next());
            (line.unwrap(), section.is_relationship)
        });
        Some(shown.collect())
    }

    #[test]
    fn a_relationship_has_a_section_of_its_own_or_several() {
        let text = "x = 1\n[entity.A]\n[entity.A.relationship.b] # here\n[entity.A.relationship.c]\n\
                    [entity.A.relationship.c.backref]\n[entity.A.attribute.d]\n[[tables]]\n";
        let expected = [
            ("[entity.A]", false),
            ("[entity.A.relationship.b] # here", true),
            ("[entity.A.relationship.c]", false),
            ("[entity.A.relationship.c.backref]", false),
            ("[entity.A.attribute.d]", false),
            ("[[tables]]", false),
        ];
        assert_eq!(found(text).unwrap(), expected);
    }

    #[test]
    fn what_only_looks_like_a_header_leaves_doubt() {
        assert_eq!(found("x = '''\n[entity.A.relationship.b]\n'''\n"), None);
        assert_eq!(found("[entity.\"A\"]\n"), None);
        assert_eq!(found("x = '''\na\n'''\n"), Some(Vec::new()));
    }
}
