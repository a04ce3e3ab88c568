//! `with_polymorphic` means tables that no join can bring together.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "concrete_without_polymorphic_from",
    severity: Severity::Error,
    page: include_str!("../../rules/concrete_without_polymorphic_from.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::ConcreteWithoutSelectable { entities } = &defect.kind else { return None };
    let own = scene.entity(defect.entity?);
    let message = format!("{} cannot be loaded along with {}", all(entities), tick(own));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding = finding.label(defect.span, "needs a union of the tables");
    let labels = entities.iter().map(|name| {
        let entity = scene.mapping.find_entity(name);
        let span = entity.and_then(|id| scene.mapping.entity(id).span);
        (span, "has a table of its own".to_owned())
    });
    let help = "add `polymorphic_from = \"(SELECT … UNION ALL SELECT …) AS …\"`";
    Some(finding.with_labels(labels).help(help))
}
