//! Applying fixes.

use std::path::Path;

use joinwright::report::{Applicability, Diagnostic, Fix};
use joinwright::{Mended, Model};

use crate::arguments::Fixes;
use crate::input::{self, Loaded};

/// A model before and after its fixes.
pub(super) struct Change {
    pub(super) before: Loaded,
    pub(super) found: Vec<Diagnostic>,
    /// Nothing where no fix was applied.
    pub(super) after: Option<Model>,
    pub(super) applied: usize,
    /// Fixes that would have left their finding or brought others.
    pub(super) held_back: usize,
}

/// Applies each fix that is allowed and holds, until none is left that does.
pub(super) fn mend(path: &Path, fixes: Fixes) -> Result<Change, String> {
    let before = input::load(path)?;
    let found = before.model.diagnostics();
    let allowed = |fix: &Fix| allows(fixes, fix);
    let (mut last, mut applied): (Option<Mended>, _) = (None, 0);
    while let Some(next) = match &last {
        Some(last) => last.model.mended_by(&last.found, allowed),
        None => before.model.mended_by(&found, allowed),
    } {
        applied += next.applied;
        last = Some(next);
    }
    let left = last.as_ref().map_or(&found, |last| &last.found);
    let held_back =
        left.iter().flat_map(|finding| &finding.fixes).filter(|fix| allowed(fix)).count();
    Ok(Change { after: last.map(|last| last.model), before, found, applied, held_back })
}

fn allows(fixes: Fixes, fix: &Fix) -> bool {
    match fix.applicability {
        Applicability::Safe => true,
        Applicability::Unsafe => fixes == Fixes::All,
        Applicability::Display => false,
    }
}

impl Change {
    /// The texts that the fixes changed: name, before, after.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let after = self.after.iter().flat_map(|model| model.sources().iter());
        let before = self.before.model.sources().iter();
        let pairs = before.zip(after).map(|((_, before), (_, after))| (before, after));
        pairs
            .filter(|(before, after)| before.text != after.text)
            .map(|(before, after)| (&*before.name, &*before.text, &*after.text))
    }
}
