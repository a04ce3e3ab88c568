//! A column is named that its table or entity does not have.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::{entity, parse};

pub(super) static CODE: Code = Code {
    name: "unknown_column",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_column.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let (message, nearest, span) = match clue {
        Clue::Entity(defect) => {
            let entity::DefectKind::UnknownColumn { written, owner, nearest } = &defect.kind else {
                return None;
            };
            (unknown(written, owner), nearest, defect.span)
        }
        Clue::Sql(defect, _) => in_sql(defect)?,
        _ => return None,
    };
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding = finding.label(span, "no such column");
    let near = nearest.as_deref();
    Some(mend::write_nearest(finding, scene, span, near, Applicability::Safe))
}

fn in_sql(defect: &parse::Defect) -> Option<super::clue::Misnamed<'_>> {
    let (message, nearest) = match &defect.kind {
        parse::DefectKind::Name {
            written,
            error: parse::ScopeErrorKind::UnknownColumn { owner },
            nearest,
        } => (unknown(written, owner), nearest),
        parse::DefectKind::DanglingKey { table, missing, nearest, table_missing: false } => {
            (format!("key of {} names no column: {}", tick(table), tick(missing)), nearest)
        }
        _ => return None,
    };
    Some((message, nearest, Some(defect.span)))
}

/// The owner is named where the text does not begin with it.
fn unknown(written: &str, owner: &str) -> String {
    let before = written.rsplit_once('.').map(|(before, _)| before);
    if before.is_some_and(|before| before.eq_ignore_ascii_case(owner)) {
        return format!("unknown column {}", tick(written));
    }
    format!("unknown column {} of {}", tick(written), tick(owner))
}
