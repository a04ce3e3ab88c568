//! A table is named that is not declared.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::{entity, parse};

pub(super) static CODE: Code = Code {
    name: "unknown_table",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_table.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let (message, nearest, span) = match clue {
        Clue::Entity(defect) => {
            let entity::DefectKind::UnknownTable { written, nearest } = &defect.kind else {
                return None;
            };
            (format!("unknown table {}", tick(written)), nearest, defect.span)
        }
        Clue::Sql(defect, _) => in_sql(defect)?,
        _ => return None,
    };
    let finding = clue.about(scene, Diagnostic::new(&CODE, message)).label(span, "no such table");
    let near = nearest.as_deref();
    Some(mend::write_nearest(finding, scene, span, near, Applicability::Safe))
}

fn in_sql(defect: &parse::Defect) -> Option<super::clue::Misnamed<'_>> {
    let (message, nearest) = match &defect.kind {
        parse::DefectKind::Name {
            written,
            error: parse::ScopeErrorKind::UnknownTable,
            nearest,
        } => (format!("unknown table in {}", tick(written)), nearest),
        parse::DefectKind::DanglingKey { table, missing, nearest, table_missing: true } => (
            format!("foreign key of {} refers to no table: {}", tick(table), tick(missing)),
            nearest,
        ),
        _ => return None,
    };
    Some((message, nearest, Some(defect.span)))
}
