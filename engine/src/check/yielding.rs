//! A relationship that still compares a column but leaves it to others to write.

use super::case::Case;
use super::mend;
use super::wording::tick;
use crate::base::ColumnId;
use crate::report::{Applicability, Fix};
use crate::resolve::{Pair, Side};

/// One way to take a relationship out of a conflict.
pub(super) struct Way {
    pub(super) says: String,
    pub(super) fix: Option<Fix>,
}

/// Writes the condition out with `foreign()` around all the columns that the relationship writes but
/// this one. Not for one that would write nothing then, compares more than columns, or joins a table
/// to itself, where `foreign()` decides the direction too.
pub(super) fn to_others(case: Case<'_>, column: ColumnId) -> Option<Way> {
    let copies = case.answer.synchronize();
    let secondary = case.relationship.arguments.secondary.is_some();
    let condition = case.condition(Side::Primary)?;
    let plain = condition.binaries().count() == copies.len()
        && condition.products().all(|product| product.equality);
    let (left, kept): (Vec<Pair>, Vec<Pair>) =
        copies.iter().partition(|(_, target)| *target == column);
    if secondary || !plain || kept.is_empty() || left.is_empty() || case.is_self_referential() {
        return None;
    }
    let path = |column| case.scene.mapping.column_path(column);
    let written = kept.iter().map(|(from, to)| format!("{} = foreign({})", path(*from), path(*to)));
    let compared = left.iter().map(|(from, to)| format!("{} = {}", path(*from), path(*to)));
    let text = written.chain(compared).collect::<Vec<_>>().join(" AND ");
    let line = mend::text("primaryjoin", &text);
    Some(Way { says: format!("write `{line}` in {}", tick(&case.path())), fix: fix(case, &text) })
}

fn fix(case: Case<'_>, text: &str) -> Option<Fix> {
    if !mend::is_condition(text) {
        return None;
    }
    let title = format!("write out the condition of `{}`", case.path());
    let fix = match &case.relationship.arguments.primaryjoin {
        Some(given) => Some(mend::replace(given.span?, text, Applicability::Unsafe)),
        None => case.insert(&mend::text("primaryjoin", text), Applicability::Unsafe),
    };
    fix.map(|fix| Fix { title, ..fix })
}
