//! `delete-orphan` where a related instance may have other parents.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Direction, Evidence};

pub(super) static CODE: Code = Code {
    name: "delete_orphan_on_many_side",
    severity: Severity::Error,
    page: include_str!("../../rules/delete_orphan_on_many_side.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::DeleteOrphanOnManySide) = clue.relationship()? else { return None };
    let runs = case.answer.direction.unwrap_or(Direction::ManyToOne).as_str();
    let message = format!("`delete-orphan` on {}, which is {runs}", tick(&case.path()));
    let target = tick(case.target());
    let finding = case
        .finding(&CODE, message)
        .label(case.cascade_span(), format!("several parents may share one {target}"))
        .with_labels(case.answer.foreign_columns().iter().map(|column| {
            (scene.column_span(*column), "any number of rows may hold one value".to_owned())
        }));
    let line = "single_parent = true";
    let help = match case.answer.reverse().first() {
        Some(reverse) => {
            format!("move `delete-orphan` to {}, or add `{line}`", tick(&scene.path(*reverse)))
        }
        None => format!("remove `delete-orphan`, or add `{line}`"),
    };
    let given = case.relationship.arguments.single_parent.is_some();
    let fix = if given { None } else { case.insert(line, Applicability::Unsafe) };
    Some(finding.help(help).with_fixes(fix))
}
