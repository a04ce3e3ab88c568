//! `secondary` names an entity instead of its table.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Applicability, Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "secondary_is_entity",
    severity: Severity::Error,
    page: include_str!("../../rules/secondary_is_entity.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::SecondaryIsEntity { written, table } = &defect.kind else { return None };
    let message = format!("`secondary` is the entity {}, not a table", tick(written));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let declared = scene.mapping.find_entity(written);
    let declared = declared.and_then(|id| scene.mapping.entity(id).span);
    let finding = finding.label(defect.span, "must be a table").label(declared, "an entity");
    let Some(table) = table else {
        return Some(finding.help("write the name of a table"));
    };
    let fix = mend::qualify(scene, defect.span, table, Applicability::Unsafe);
    let help = format!("write {}", tick(&mend::text("secondary", table)));
    Some(finding.help(help).with_fixes(fix))
}
