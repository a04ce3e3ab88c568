//! Who refers to whom?
//!
//! Rules: `SQLAlchemy`'s `_JoinCondition._determine_direction`.

use super::answer::{Direction, Evidence, Join};
use super::reason::Reason;
use super::setting::Setting;
use crate::base::{ColumnId, Few};
use crate::graph::Roles;

/// The direction with its reason, or why there is none.
pub(super) fn direction(
    setting: &Setting<'_>,
    join: &Join,
) -> Result<(Direction, Reason), Evidence> {
    if join.secondary().is_some() {
        return Ok((Direction::ManyToMany, Reason::DirectionOfSecondary));
    }
    let foreign = join.foreign_columns();
    let foreign_ones = foreign.iter().copied();
    let target: Few<_> = foreign_ones.clone().filter(|it| setting.is_target(*it)).collect();
    let parent: Few<_> = foreign_ones.filter(|it| setting.is_parent(*it)).collect();
    let decided = |direction, columns| (direction, Reason::DirectionOfForeign(direction, columns));
    match (target.is_empty(), parent.is_empty()) {
        (false, true) => Ok(decided(Direction::OneToMany, target)),
        (true, false) => Ok(decided(Direction::ManyToOne, parent)),
        (true, true) => Err(Evidence::UndeterminedDirection { foreign: foreign.to_vec() }),
        (false, false) => by_roles(join).ok_or_else(|| {
            let (parent, target) = (parent.to_vec(), target.to_vec());
            Evidence::AmbiguousDirection { parent, target }
        }),
    }
}

/// Foreign columns that are remote speak for one-to-many, those that are not for many-to-one, where
/// a column that was remote before does not count again. A column that is compared with itself
/// (`version = version`) speaks for neither where both speak.
fn by_roles(join: &Join) -> Option<(Direction, Reason)> {
    let sided = join.primary();
    let (mut remote, mut local): (Vec<ColumnId>, Vec<ColumnId>) = (Vec::new(), Vec::new());
    for index in &*sided.foreign() {
        let Some(column) = sided.condition.column(index) else { continue };
        if sided.is_remote(index) {
            remote.push(column);
        } else if !remote.contains(&column) {
            local.push(column);
        }
    }
    if !remote.is_empty() && !local.is_empty() {
        let both = |column: &ColumnId| {
            let on = |roles: &Roles| sided.condition.columns(roles).contains(column);
            on(&sided.remote()) && on(&sided.local())
        };
        remote.retain(|column| !both(column));
        local.retain(|column| !both(column));
    }
    let decided = |direction, columns: Vec<_>| {
        (direction, Reason::DirectionOfRoles(direction, columns.into()))
    };
    match (remote.is_empty(), local.is_empty()) {
        (false, true) => Some(decided(Direction::OneToMany, remote)),
        (true, false) => Some(decided(Direction::ManyToOne, local)),
        _ => None,
    }
}
