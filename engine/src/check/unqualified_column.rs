//! A column is written without its table where nothing says which table is meant.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::text::Span;
use crate::{entity, parse};

pub(super) static CODE: Code = Code {
    name: "unqualified_column",
    severity: Severity::Error,
    page: include_str!("../../rules/unqualified_column.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let (written, candidates, span) = unqualified(clue)?;
    let mut candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
    candidates.sort_unstable();
    let finding = Diagnostic::new(&CODE, format!("column {} lacks its table", tick(written)));
    let finding = clue.about(scene, finding).label(span, "of which table");
    let fixes = candidates
        .iter()
        .filter_map(|name| mend::qualify(scene, span, name, Applicability::Unsafe));
    let help = if candidates.is_empty() {
        format!("write {}", tick(&format!("TABLE.{written}")))
    } else {
        format!("write {}", any(&candidates))
    };
    Some(finding.help(help).with_fixes(fixes))
}

fn unqualified(clue: Clue<'_>) -> Option<(&str, &[String], Option<Span>)> {
    match clue {
        Clue::Entity(defect) => match &defect.kind {
            entity::DefectKind::UnqualifiedColumn { written, candidates } => {
                Some((written, candidates, defect.span))
            }
            _ => None,
        },
        Clue::Sql(defect, _) => match &defect.kind {
            parse::DefectKind::Name {
                written, error: parse::ScopeErrorKind::Unqualified, ..
            } => Some((written, &[], Some(defect.span))),
            _ => None,
        },
        _ => None,
    }
}
