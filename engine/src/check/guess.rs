//! Which columns belong together by their names, where no foreign key says so.

use super::scene::Scene;
use crate::base::{ColumnId, SelectableId};

/// The condition between two selectables that their columns' names suggest: `customer.id` and
/// `address.customer_id`, or one name on both sides.
pub(super) fn condition(
    scene: &Scene<'_>,
    left: SelectableId,
    right: SelectableId,
    relationship: &str,
) -> Option<String> {
    // A column of the parent may also be named after the relationship.
    let to_right = reference(scene, left, right, Some(relationship));
    let (referred, referring) = to_right.or_else(|| reference(scene, right, left, None))?;
    let path = |column| scene.mapping.column_path(column);
    Some(format!("{} = foreign({})", path(referred), path(referring)))
}

/// The key of a table of `to`, and the column of `from` that is named after it.
fn reference(
    scene: &Scene<'_>,
    from: SelectableId,
    to: SelectableId,
    role: Option<&str>,
) -> Option<(ColumnId, ColumnId)> {
    scene.tables(to).into_iter().find_map(|(_, table)| {
        let key = single_key(scene, table)?;
        let names = names_for(scene, table, key, role);
        let columns = scene.mapping.graph.columns(from);
        let called = |name: &String| {
            columns.clone().find(|column| *column != key && is_called(scene, *column, name))
        };
        names.iter().find_map(called).map(|column| (key, column))
    })
}

fn single_key(scene: &Scene<'_>, table: SelectableId) -> Option<ColumnId> {
    let key = crate::entity::primary_key(&scene.mapping.graph, table);
    match key.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// What a column that refers to `key` may be called, likeliest first.
fn names_for(
    scene: &Scene<'_>,
    table: SelectableId,
    key: ColumnId,
    role: Option<&str>,
) -> Vec<String> {
    let mapping = scene.mapping;
    let key = mapping.names.text(mapping.graph.column(key).name);
    let table = mapping.graph.selectable(table).name.map_or("", |name| mapping.names.text(name));
    let mut names: Vec<String> = role.iter().map(|role| format!("{role}_{key}")).collect();
    names.push(format!("{table}_{key}"));
    if !key.eq_ignore_ascii_case("id") {
        names.push(key.to_owned());
    }
    names
}

fn is_called(scene: &Scene<'_>, column: ColumnId, name: &str) -> bool {
    let column = scene.mapping.graph.column(column).name;
    scene.mapping.names.text(column).eq_ignore_ascii_case(name)
}
