//! Which occurrences stand on the far side?
//!
//! Those that the condition marks; else the secondary's; else those of `remote_side`; else, where
//! parent and target share a table, the foreign ones (so that a self-reference is one-to-many unless
//! told otherwise); else the target's. Rules: `SQLAlchemy`'s `_JoinCondition._annotate_remote`.

use super::answer::Evidence;
use super::reason::Reason;
use super::setting::Setting;
use super::sided::Sided;
use crate::base::ColumnId;
use crate::entity::Argument;
use crate::graph::{Binary, Condition, OccurrenceIndex, Operand, Roles};

/// How the remote columns of a primaryjoin are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    Marked,
    Secondary,
    /// `remote_side`, and whether the condition compares columns of a table that both sides map.
    Listed {
        shared: bool,
    },
    /// The foreign ones, for parent and target share their table.
    Foreign,
    /// The target's, whose tables the parent maps in part.
    Overlap,
    Target,
}

fn source(setting: &Setting<'_>, condition: &Condition, listed: &[Argument<ColumnId>]) -> Source {
    let shared = || setting.compares_shared_columns(condition);
    if !condition.remote().is_empty() {
        Source::Marked
    } else if setting.secondary.is_some() {
        Source::Secondary
    } else if !listed.is_empty() {
        Source::Listed { shared: shared() }
    } else if shared() {
        Source::Foreign
    } else if setting.overlaps() {
        Source::Overlap
    } else {
        Source::Target
    }
}

/// The remote occurrences of the primaryjoin.
pub(super) fn of_primary(
    setting: &Setting<'_>,
    condition: &Condition,
    foreign: &Roles,
    listed: &[Argument<ColumnId>],
    evidence: &mut Vec<Evidence>,
) -> Roles {
    let mut simple = true;
    let roles = match source(setting, condition, listed) {
        Source::Marked => condition.remote().clone(),
        Source::Secondary => of_secondary(setting, condition),
        Source::Listed { shared } => of_listed(condition, listed, shared),
        Source::Foreign => compared(condition, |index, _| foreign.contains(index), &mut simple),
        Source::Overlap => of_overlap(setting, condition, &mut simple),
        Source::Target => of_target(setting, condition),
    };
    if !simple {
        evidence.push(Evidence::NonSimpleRemote);
    }
    roles
}

/// Why the remote columns of the primaryjoin are remote, if it has any.
pub(super) fn reason(
    setting: &Setting<'_>,
    primary: &Sided,
    listed: &[Argument<ColumnId>],
) -> Option<Reason> {
    let columns = primary.condition.columns(&primary.remote());
    (!columns.is_empty()).then(|| match source(setting, &primary.condition, listed) {
        Source::Marked => Reason::RemoteMarked(columns),
        Source::Secondary => Reason::RemoteOfSecondary(columns),
        Source::Listed { .. } => Reason::RemoteListed(columns),
        Source::Foreign => Reason::RemoteForeign(columns),
        Source::Overlap | Source::Target => Reason::RemoteOfTarget(columns),
    })
}

/// The secondary's occurrences.
pub(super) fn of_secondary(setting: &Setting<'_>, condition: &Condition) -> Roles {
    let mut roles = condition.remote().clone();
    roles.extend(those(condition, |column| setting.is_secondary(column)));
    roles
}

fn of_listed(condition: &Condition, listed: &[Argument<ColumnId>], shared: bool) -> Roles {
    let is_listed = |column| listed.iter().any(|listed| listed.value == column);
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
    for binary in condition.binaries() {
        let Some(((l, left), (r, right))) = columns(condition, binary) else {
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
    for binary in condition.binaries() {
        let Some(((l, left), (r, right))) = columns(condition, binary) else {
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
