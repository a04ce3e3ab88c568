//! No foreign key links the table of an entity to that of the entity it inherits from.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "no_inherit_condition",
    severity: Severity::Error,
    page: include_str!("../../rules/no_inherit_condition.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::InheritCondition { parent, candidates } = &defect.kind else { return None };
    if !candidates.is_empty() {
        return None;
    }
    let entity = scene.mapping.entity(defect.entity?);
    let own = scene.mapping.names.text(entity.name);
    let message = format!("no foreign key links {} to {}, its parent", tick(own), tick(parent));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let tables = scene.tables(entity.local).into_iter();
    let tables = tables.map(|(span, _)| (span, "no foreign key to the parent".to_owned()));
    let (table, key) = (scene.selectable(entity.local), parent_key(scene, parent));
    let condition = key.map_or_else(
        || format!("{table}.COLUMN = {parent}.COLUMN"),
        |(key, name)| format!("{table}.{name} = {key}"),
    );
    let line = mend::text("inherit_condition", &condition);
    let finding = finding.label(defect.span, "joins its parent's table").with_labels(tables);
    Some(finding.help(format!("add a foreign key, or {}", tick(&line))))
}

/// The first column of the parent's primary key, as it is called in full and alone.
fn parent_key(scene: &Scene<'_>, parent: &str) -> Option<(String, String)> {
    let mapping = scene.mapping;
    let key = *mapping.entity(mapping.find_entity(parent)?).primary_key.first()?;
    let name = mapping.names.text(mapping.graph.column(key).name);
    Some((mapping.column_path(key), name.to_owned()))
}
