//! A document or SQL text is nested deeper, or is longer, than is read.

use super::clue::Clue;
use super::scene::Scene;
use crate::report::{Code, Diagnostic, Severity};
use crate::{parse, spec};

pub(super) static CODE: Code = Code {
    name: "too_deep",
    severity: Severity::Error,
    page: include_str!("../../rules/too_deep.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let (message, span) = match clue {
        Clue::Document(defect) => {
            let spec::DefectKind::TooDeep { limit } = defect.kind else { return None };
            (format!("document has more than {limit} levels"), defect.span)
        }
        Clue::Sql(defect, _) => {
            let parse::DefectKind::TooDeep { unit, limit } = defect.kind else { return None };
            (format!("SQL has more than {limit} {unit}"), defect.span)
        }
        _ => return None,
    };
    let finding = Diagnostic::new(&CODE, message).label(span, "not read from here on");
    Some(finding.help("split it into smaller parts"))
}
