//! Which occurrences hold a reference?
//!
//! Those that the condition marks; else those of the listed columns; else those whose column
//! refers, by a foreign key, to what it is compared with. A secondary's columns refer whenever
//! they are compared with something else. Rules: `SQLAlchemy`'s `_JoinCondition._annotate_fks`.

use super::reason::Reason;
use super::setting::Setting;
use super::sided::Sided;
use crate::base::ColumnId;
use crate::entity::Argument;
use crate::graph::{Binary, Condition, OccurrenceIndex, Operand, Roles};

/// How the foreign columns of a relationship are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    Marked,
    Listed,
    Declared,
}

/// Marks in the primaryjoin settle it for both conditions.
pub(super) fn source(primary: &Condition, listed: &[Argument<ColumnId>]) -> Source {
    match (primary.foreign().is_empty(), listed.is_empty()) {
        (false, _) => Source::Marked,
        (true, false) => Source::Listed,
        (true, true) => Source::Declared,
    }
}

/// The foreign occurrences of a condition.
pub(super) fn foreign(
    setting: &Setting<'_>,
    condition: &Condition,
    source: Source,
    listed: &[Argument<ColumnId>],
) -> Roles {
    match source {
        Source::Marked => condition.foreign().clone(),
        Source::Listed => of_columns(condition, listed),
        Source::Declared => declared(setting, condition),
    }
}

/// Why the foreign columns of a condition are foreign, if it has any.
pub(super) fn reason(setting: &Setting<'_>, sided: &Sided, source: Source) -> Option<Reason> {
    let columns = sided.condition.columns(&sided.foreign());
    (!columns.is_empty()).then(|| match source {
        Source::Marked => Reason::ForeignMarked(columns),
        Source::Listed => Reason::ForeignListed(columns),
        Source::Declared if columns.iter().all(|column| setting.is_secondary(*column)) => {
            Reason::ForeignOfSecondary(columns)
        }
        Source::Declared => Reason::ForeignDeclared(columns),
    })
}

fn of_columns(condition: &Condition, listed: &[Argument<ColumnId>]) -> Roles {
    let mut roles = condition.foreign().clone();
    for (index, occurrence) in condition.indexed() {
        if listed.iter().any(|listed| listed.value == occurrence.column) {
            roles.insert(index);
        }
    }
    roles
}

fn declared(setting: &Setting<'_>, condition: &Condition) -> Roles {
    let mut roles = condition.foreign().clone();
    for binary in condition.binaries() {
        let marked = [binary.left, binary.right].into_iter().any(|operand| match operand {
            Operand::Column(index) => condition.foreign().contains(index),
            Operand::Other => false,
        });
        if !marked {
            roles.extend(referring(setting, condition, binary));
        }
    }
    roles
}

/// The side of an operator that refers to the other.
fn referring(
    setting: &Setting<'_>,
    condition: &Condition,
    binary: Binary,
) -> Option<OccurrenceIndex> {
    let side = |operand| match operand {
        Operand::Column(index) => condition.column(index).map(|column| (index, column)),
        Operand::Other => None,
    };
    let (left, right) = (side(binary.left), side(binary.right));
    if let (Some((l, left)), Some((r, right))) = (left, right) {
        if references(setting, left, right) {
            return Some(l);
        }
        if references(setting, right, left) {
            return Some(r);
        }
    }
    let secondary =
        |side: Option<(_, ColumnId)>| side.filter(|(_, column)| setting.is_secondary(*column));
    match (secondary(left), secondary(right)) {
        (Some((index, _)), None) | (None, Some((index, _))) => Some(index),
        _ => None,
    }
}

fn references(setting: &Setting<'_>, column: ColumnId, referred: ColumnId) -> bool {
    let graph = &setting.mapping.graph;
    match (graph.declared(column), graph.declared(referred)) {
        (Some(column), Some(referred)) => setting.mapping.catalog().references(column, referred),
        _ => false,
    }
}
