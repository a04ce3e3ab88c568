//! Tables that were parsed apart, put together.

use crate::spec::defect::{Defect, DefectKind};
use crate::spec::document::Text;
use crate::spec::value::{Form, Kind, Table, Value};
use crate::text::Span;

/// Adds the entries of `from` to `into`. Of two that exclude each other the first stays.
pub(super) fn merge(into: &mut Table, from: Table, defects: &mut Vec<Defect>) {
    for (key, value) in from.into_entries() {
        match into.get_mut(key.text()) {
            Some(old) => join(old, (key, value), defects),
            None => {
                let _ = into.insert(key, value);
            }
        }
    }
}

fn join(
    (first, old): (&mut Text, &mut Value),
    (key, new): (Text, Value),
    defects: &mut Vec<Defect>,
) {
    let (old_has_header, new_has_header) = (old.has_header(), new.has_header());
    match (&mut old.kind, new.kind) {
        (Kind::Table(a), Kind::Table(b)) if a.can_grow_by(&b) => {
            a.incomplete |= b.incomplete;
            if new_has_header {
                (a.form, a.insert_at, old.span) = (b.form, b.insert_at, new.span);
                *first = key;
            }
            merge(a, b, defects);
        }
        (Kind::Array(a), Kind::Array(b)) if old_has_header && new_has_header => a.extend(b),
        (Kind::Array(a), Kind::Table(b)) if old_has_header && b.form == Form::Implied => {
            // TOML: a longer header leads into the last table of the list.
            if let Some(Kind::Table(last)) = a.last_mut().map(|last| &mut last.kind) {
                merge(last, b, defects);
            }
        }
        _ => defects.push(duplicate(&key, first.whole())),
    }
}

fn duplicate(key: &Text, first: Span) -> Defect {
    let kind = DefectKind::DuplicateKey { key: key.text().to_owned(), first: Some(first) };
    Defect { kind, span: key.whole() }
}

impl Table {
    /// Whether TOML lets the two be the same table: braces say all there is, and a header stands
    /// once.
    fn can_grow_by(&self, other: &Self) -> bool {
        let forms = [self.form, other.form];
        !forms.contains(&Form::Braces) && forms.contains(&Form::Implied)
    }
}
