//! A table of the document has a key that means nothing there.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, article, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity, nearest};
use crate::spec::DefectKind;

pub(super) static CODE: Code = Code {
    name: "unknown_key",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_key.md"),
};

/// Longer lists of keys help nobody.
const LISTED: usize = 12;

/// What `SQLAlchemy`'s `relationship()` and mappers call otherwise.
const ELSEWHERE: [(&str, &str); 4] = [
    ("argument", "target"),
    ("lazy", "load"),
    ("local_table", "table"),
    ("__tablename__", "table"),
];

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.document()?;
    let DefectKind::UnknownKey { key, owner, known } = &defect.kind else { return None };
    let message = format!("unknown key {} of {}", tick(key), article(owner));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "no such key");
    let elsewhere = ELSEWHERE.iter().find(|(other, own)| other == key && known.contains(own));
    let near = elsewhere.map(|(_, own)| *own).or_else(|| nearest(key, known.iter().copied()));
    if near.is_none() && known.len() <= LISTED {
        return Some(finding.help(format!("write one of {}", all(*known))));
    }
    Some(mend::write_nearest(finding, scene, Some(defect.span), near, Applicability::Safe))
}
