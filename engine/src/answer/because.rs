//! Reasons in words.

use super::foreign_key::foreign_key;
use crate::base::{ColumnId, RelationshipId};
use crate::entity::Mapping;
use crate::resolve::{Direction, Reason, Resolution};

/// Why a decision fell as it did, in a line: lower case, names in backticks.
pub fn because(mapping: &Mapping, resolution: &Resolution, reason: &Reason) -> String {
    let columns = |columns: &[ColumnId]| listed(mapping, columns);
    let path =
        |id: &RelationshipId| mapping.relationship_path(resolution.relationship(mapping, *id));
    match reason {
        Reason::JoinGiven(side) => format!("`{}` is given", side.argument()),
        Reason::JoinInferred(side, key) => {
            let key = foreign_key(mapping, *key);
            format!("`{}` follows from the foreign key `{key}`", side.argument())
        }
        Reason::JoinReversed(side, maker) => {
            format!("`{}` is that of `{}`, turned around", side.argument(), path(maker))
        }
        Reason::ForeignMarked(list) => format!("{} marked `foreign()`", columns(list)),
        Reason::ForeignReversed(list, maker) => {
            format!("{} foreign in `{}`", columns(list), path(maker))
        }
        Reason::RemoteReversed(list, maker) => {
            format!("{} local in `{}`", columns(list), path(maker))
        }
        Reason::ForeignListed(list) => format!("{} listed in `foreign_keys`", columns(list)),
        Reason::ForeignDeclared(list) => format!("{} declared a foreign key", columns(list)),
        Reason::RemoteMarked(list) => format!("{} marked `remote()`", columns(list)),
        Reason::RemoteListed(list) => format!("{} listed in `remote_side`", columns(list)),
        Reason::ForeignOfSecondary(list) | Reason::RemoteOfSecondary(list) => {
            format!("{} of the secondary", columns(list))
        }
        Reason::RemoteForeign(list) => {
            format!("{} foreign, and parent and target share the table", columns(list))
        }
        Reason::RemoteOfTarget(list) => format!("{} of the target", columns(list)),
        Reason::DirectionOfSecondary => "there is a secondary between the two".to_owned(),
        Reason::DirectionOfForeign(Direction::OneToMany, list) => {
            format!("{} foreign, on the target's side", columns(list))
        }
        Reason::DirectionOfForeign(_, list) => {
            format!("{} foreign, on the parent's side", columns(list))
        }
        Reason::DirectionOfRoles(Direction::OneToMany, list) => {
            format!("{} foreign and remote", columns(list))
        }
        Reason::DirectionOfRoles(_, list) => format!("{} foreign and not remote", columns(list)),
        Reason::UselistGiven(given) => format!("`uselist = {given}` is given"),
        Reason::UselistOfDirection(true) => "this direction holds many".to_owned(),
        Reason::UselistOfDirection(false) => "this direction holds one".to_owned(),
        Reason::Reverse(other) => format!("`{}` names it, or is named by it", path(other)),
    }
}

pub(super) fn listed(mapping: &Mapping, columns: &[ColumnId]) -> String {
    let names: Vec<_> =
        columns.iter().map(|column| format!("`{}`", mapping.column_path(*column))).collect();
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", names.join(", "))
}
