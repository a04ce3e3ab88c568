//! Applying fixes.
//!
//! One fix at a time, each to what the one before it left: two fixes may each mend the model, and
//! spoil it together.

use std::collections::BTreeSet;
use std::path::Path;

use joinwright::Model;
use joinwright::report::{Applicability, Diagnostic, Fix};

use crate::arguments::Fixes;
use crate::input::{self, Loaded};

/// A model before and after its fixes.
pub(super) struct Mended {
    pub(super) before: Loaded,
    pub(super) found: Vec<Diagnostic>,
    /// Nothing where no fix was applied.
    pub(super) after: Option<(Model, Vec<Diagnostic>)>,
    pub(super) applied: usize,
    /// Fixes that would have left their finding or brought others.
    pub(super) held_back: usize,
}

/// Applies each fix that is allowed and holds.
pub(super) fn mend(path: &Path, fixes: Fixes) -> Result<Mended, String> {
    let before = input::load(path)?;
    let found = before.model.diagnostics();
    let mut failed = BTreeSet::new();
    let (mut after, mut applied) = (None, 0);
    while let Some(next) = {
        let (model, found) = after.as_ref().map_or((&before.model, &found), |(m, f)| (m, f));
        next(model, found, fixes, &mut failed)
    } {
        after = Some(next);
        applied += 1;
    }
    Ok(Mended { before, found, after, applied, held_back: failed.len() })
}

/// The model after the first fix that holds; those that do not are remembered in `failed`.
fn next(
    model: &Model,
    found: &[Diagnostic],
    fixes: Fixes,
    failed: &mut BTreeSet<(String, String)>,
) -> Option<(Model, Vec<Diagnostic>)> {
    for finding in found {
        for fix in finding.fixes.iter().filter(|fix| allows(fixes, fix)) {
            let tried = (finding.message.clone(), fix.title.clone());
            if failed.contains(&tried) {
                continue;
            }
            if let Some(next) = model.mended(found, finding, fix) {
                return Some(next);
            }
            failed.insert(tried);
        }
    }
    None
}

fn allows(fixes: Fixes, fix: &Fix) -> bool {
    match fix.applicability {
        Applicability::Safe => true,
        Applicability::Unsafe => fixes == Fixes::All,
        Applicability::Display => false,
    }
}

impl Mended {
    /// The texts that the fixes changed: name, before, after.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let after = self.after.iter().flat_map(|(model, _)| model.sources().iter());
        let before = self.before.model.sources().iter();
        let pairs = before.zip(after).map(|((_, before), (_, after))| (before, after));
        pairs
            .filter(|(before, after)| before.text != after.text)
            .map(|(before, after)| (&*before.name, &*before.text, &*after.text))
    }
}
