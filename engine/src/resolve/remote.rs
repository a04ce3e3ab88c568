//! Which occurrences stand on the far side?
//!
//! Those that the condition marks; else the secondary's; else those of `remote_side`; else, where
//! parent and target share a table, the foreign ones (so that a self-reference is one-to-many unless
//! told otherwise); else the target's. Rules: `SQLAlchemy`'s `_JoinCondition._annotate_remote`.

use super::answer::Evidence;
use super::reason::Reason;
use super::setting::Setting;
use crate::base::ColumnId;
use crate::graph::{Binary, Condition, OccurrenceIndex, Operand, Roles};

/// The remote occurrences of the primaryjoin.
pub(super) fn of_primary(
    setting: &Setting<'_>,
    condition: &Condition,
    foreign: &Roles,
    listed: &[ColumnId],
    reasons: &mut Vec<Reason>,
    evidence: &mut Vec<Evidence>,
) -> Roles {
    let mut simple = true;
    let shared = || setting.compares_shared_columns(condition);
    let (roles, reason): (Roles, fn(Vec<ColumnId>) -> Reason) = if !condition.remote.is_empty() {
        (condition.remote.clone(), Reason::RemoteMarked)
    } else if setting.secondary.is_some() {
        (of_secondary(setting, condition), Reason::RemoteOfSecondary)
    } else if !listed.is_empty() {
        (of_listed(condition, listed, shared()), Reason::RemoteListed)
    } else if shared() {
        let is_foreign = |index, _| foreign.contains(index);
        (compared(condition, is_foreign, &mut simple), Reason::RemoteForeign)
    } else if setting.overlaps() {
        (of_overlap(setting, condition, &mut simple), Reason::RemoteOfTarget)
    } else {
        (of_target(setting, condition), Reason::RemoteOfTarget)
    };
    if !simple {
        evidence.push(Evidence::NonSimpleRemote);
    }
    if !roles.is_empty() {
        reasons.push(reason(condition.columns(&roles)));
    }
    roles
}

/// The secondary's occurrences.
pub(super) fn of_secondary(setting: &Setting<'_>, condition: &Condition) -> Roles {
    let mut roles = condition.remote.clone();
    roles.extend(those(condition, |column| setting.is_secondary(column)));
    roles
}

fn of_listed(condition: &Condition, listed: &[ColumnId], shared: bool) -> Roles {
    let is_listed = |column| listed.contains(&column);
    if shared {
        compared(condition, |_, column| is_listed(column), &mut true)
    } else {
        those(condition, is_listed).collect()
    }
}

fn of_target(setting: &Setting<'_>, condition: &Condition) -> Roles {
    let graph = &setting.mapping.graph;
    let is_remote = |column| {
        setting.is_target(column)
            && (!graph.contains(setting.parent_own, column)
                || graph.contains(setting.target_own, column))
    };
    those(condition, is_remote).collect()
}

/// Column against column, where one is the parent's and the other the target's.
fn of_overlap(setting: &Setting<'_>, condition: &Condition, simple: &mut bool) -> Roles {
    let mut roles = Roles::none();
    for binary in &condition.binaries {
        let Some(((l, left), (r, right))) = columns(condition, *binary) else {
            *simple = false;
            continue;
        };
        let faces = |near, far| setting.is_parent(near) && setting.is_target(far);
        roles.extend(faces(left, right).then_some(r));
        roles.extend(faces(right, left).then_some(l));
    }
    roles
}

/// Column against column, those for which `is_remote` holds; of a column against itself only the
/// left one.
fn compared(
    condition: &Condition,
    is_remote: impl Fn(OccurrenceIndex, ColumnId) -> bool,
    simple: &mut bool,
) -> Roles {
    let mut roles = Roles::none();
    for binary in &condition.binaries {
        let Some(((l, left), (r, right))) = columns(condition, *binary) else {
            *simple = false;
            continue;
        };
        roles.extend(is_remote(l, left).then_some(l));
        roles.extend((left != right && is_remote(r, right)).then_some(r));
    }
    roles
}

type Side = (OccurrenceIndex, ColumnId);

fn columns(condition: &Condition, binary: Binary) -> Option<(Side, Side)> {
    match (binary.left, binary.right) {
        (Operand::Column(l), Operand::Column(r)) => {
            Some(((l, condition.column(l)?), (r, condition.column(r)?)))
        }
        _ => None,
    }
}

fn those<'c>(
    condition: &'c Condition,
    is_remote: impl Fn(ColumnId) -> bool + 'c,
) -> impl Iterator<Item = OccurrenceIndex> + 'c {
    let remote = condition.indexed().filter(move |(_, o)| is_remote(o.column));
    remote.map(|(index, _)| index)
}
