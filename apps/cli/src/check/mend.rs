//! Applying fixes.
//!
//! One fix at a time, each to what the one before it left: two fixes may each mend the model, and
//! spoil it together. A fix stays only if its finding is gone and none is new.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use joinwright::report::{Applicability, Diagnostic, Fix, Patch};
use joinwright::text::Sources;

use crate::arguments::Fixes;
use crate::input::{self, Loaded, Texts};

/// A model before and after its fixes.
pub(super) struct Mended {
    pub(super) before: Loaded,
    pub(super) found: Vec<Diagnostic>,
    pub(super) after: Loaded,
    pub(super) left: Vec<Diagnostic>,
    /// The changed texts, by the names of their files.
    pub(super) texts: Texts,
    pub(super) applied: usize,
    /// Fixes that would have left their finding or brought others.
    pub(super) held_back: usize,
}

/// A model with some fixes applied.
struct State {
    loaded: Loaded,
    found: Vec<Diagnostic>,
    texts: Texts,
}

/// What tells findings and fixes apart when their places have moved.
type Key = (&'static str, Option<String>, Option<String>, String);

/// Applies each fix that is allowed and does what it promises.
pub(super) fn mend(path: &Path, which: Fixes) -> Result<Mended, String> {
    let before = State::read(path, Texts::new())?;
    let mut state = State::read(path, Texts::new())?;
    let mut failed = BTreeSet::new();
    let mut applied = 0;
    while let Some(next) = state.next(path, which, &mut failed)? {
        state = next;
        applied += 1;
    }
    let State { loaded: after, found: left, texts } = state;
    let held_back = failed.len();
    Ok(Mended {
        before: before.loaded,
        found: before.found,
        after,
        left,
        texts,
        applied,
        held_back,
    })
}

impl State {
    fn read(path: &Path, texts: Texts) -> Result<Self, String> {
        let loaded = input::load_over(path, &texts)?;
        let found = loaded.model.diagnostics();
        Ok(Self { loaded, found, texts })
    }

    /// The state after the first fix that holds; those that do not are remembered in `failed`.
    fn next(
        &self,
        path: &Path,
        which: Fixes,
        failed: &mut BTreeSet<(Key, String)>,
    ) -> Result<Option<Self>, String> {
        for finding in &self.found {
            for fix in finding.fixes.iter().filter(|fix| allows(which, fix)) {
                let tried = (key(finding), fix.title.clone());
                if failed.contains(&tried) {
                    continue;
                }
                let next = Self::read(path, self.with(fix))?;
                if holds(finding, &self.found, &next.found) {
                    return Ok(Some(next));
                }
                failed.insert(tried);
            }
        }
        Ok(None)
    }

    fn with(&self, fix: &Fix) -> Texts {
        let sources: &Sources = self.loaded.model.sources();
        let patch = Patch::of(sources, [fix]);
        let changed = patch.texts.into_iter();
        let changed = changed.map(|(id, text)| (sources.get(id).name.to_string(), text));
        self.texts.clone().into_iter().chain(changed).collect()
    }
}

fn allows(which: Fixes, fix: &Fix) -> bool {
    match fix.applicability {
        Applicability::Safe => true,
        Applicability::Unsafe => which == Fixes::All,
        Applicability::Display => false,
    }
}

/// Whether a finding is gone and no other came.
fn holds(mended: &Diagnostic, before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let (mut allowed, after) = (counts(before), counts(after));
    if let Some(count) = allowed.get_mut(&key(mended)) {
        *count -= 1;
    }
    after.iter().all(|(key, count)| allowed.get(key).is_some_and(|allowed| count <= allowed))
}

fn counts(found: &[Diagnostic]) -> BTreeMap<Key, usize> {
    let mut counts = BTreeMap::new();
    for finding in found {
        *counts.entry(key(finding)).or_default() += 1;
    }
    counts
}

fn key(finding: &Diagnostic) -> Key {
    let subject = finding.subject.clone();
    (finding.code.name, subject.entity, subject.relationship, finding.message.clone())
}
