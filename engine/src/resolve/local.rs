//! Which occurrences stand on the parent's side?
//!
//! Rule: `SQLAlchemy`'s `_JoinCondition._annotate_local`.

use super::setting::Setting;
use crate::graph::{Condition, Roles};

/// The parent's occurrences that are not remote; a condition that was turned around knows its own.
pub(super) fn local(setting: &Setting<'_>, condition: &Condition, remote: &Roles) -> Roles {
    if !condition.local().is_empty() {
        return condition.local().clone();
    }
    let own = condition.indexed().filter(|(index, occurrence)| {
        !remote.contains(*index) && setting.is_parent(occurrence.column)
    });
    own.map(|(index, _)| index).collect()
}
