//! What can be done about a diagnostic.

use super::Editor;
use crate::report::{Applicability, Diagnostic, Edit};
use crate::text::Span;

/// An edit that an editor can offer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// What it does, as an imperative.
    pub title: String,
    /// The diagnostic that it mends, as an index into those given.
    pub mends: usize,
    /// Whether it may be applied without a look.
    pub safe: bool,
    /// The changes.
    pub edits: Vec<Edit>,
}

impl Editor<'_> {
    /// The fixes of those diagnostics whose primary place touches `span`, and for each a way to
    /// silence it at its relationship or entity. Fixes that hold a placeholder are left out.
    pub fn actions(&self, diagnostics: &[Diagnostic], span: Span) -> Vec<Action> {
        let mut actions = Vec::new();
        for (mends, diagnostic) in diagnostics.iter().enumerate() {
            if diagnostic.labels.first().is_none_or(|label| !meet(label.span, span)) {
                continue;
            }
            let fixes = diagnostic.fixes.iter();
            let fixes = fixes.filter(|fix| fix.applicability != Applicability::Display);
            actions.extend(fixes.map(|fix| Action {
                title: fix.title.clone(),
                mends,
                safe: fix.applicability == Applicability::Safe,
                edits: fix.edits.clone(),
            }));
            actions.extend(self.silence(diagnostic).map(|mut edit| {
                edit.match_breaks(&self.subject.sources.get(edit.span.source).text);
                let title = format!("ignore `{}` here", diagnostic.code);
                Action { title, mends, safe: false, edits: vec![edit] }
            }));
        }
        actions
    }
}

/// Whether two spans share a place.
fn meet(a: Span, b: Span) -> bool {
    a.source == b.source && a.start <= b.end && b.start <= a.end
}
