//! Several foreign keys link the table of an entity to that of the entity it inherits from.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, count, tick};
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "ambiguous_inherit_condition",
    severity: Severity::Error,
    page: include_str!("../../rules/ambiguous_inherit_condition.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::InheritCondition { parent, candidates } = &defect.kind else { return None };
    if candidates.is_empty() {
        return None;
    }
    let own = tick(scene.entity(defect.entity?));
    let keys = count(candidates.len(), "foreign key");
    let message = format!("{keys} link {own} to {}, its parent", tick(parent));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let mut candidates: Vec<_> = candidates.iter().collect();
    candidates.sort_unstable();
    let labels = candidates.iter().map(|(condition, span)| (*span, tick(condition)));
    let finding = finding.label(defect.span, "could join by any of them").with_labels(labels);
    let lines = candidates.iter().map(|(condition, _)| mend::text("inherit_condition", condition));
    Some(finding.help(format!("add {}", any(lines))))
}
