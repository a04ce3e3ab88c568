//! Fixes tried out: a model is read again with the edits, and judged again.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Model;
use crate::proven::{self, Mended};
use crate::report::{Diagnostic, Fix, Subject};

/// How many findings of each code there are of each subject. Neither places nor messages count:
/// both may change with the text around them.
pub(crate) type Tally<'d> = FxHashMap<Key<'d>, usize>;

/// The code of a finding and what it is about.
type Key<'d> = (&'static str, &'d Subject);

impl Model {
    /// The model as it is with the edits of a fix; `None` where it was not read from a text, or the
    /// edits do not fit its texts.
    pub fn with_fix(&self, fix: &Fix) -> Option<Self> {
        let draft = self.redrafted(|id, text| fix.applied(id, text))?;
        Some(draft.finish())
    }

    /// [`diagnostics`](Self::diagnostics) with those fixes only that were tried: applied to a copy of
    /// the model, each removes its finding and brings up no other. What is only for display stays.
    ///
    /// A model without fixes pays nothing. Else it is read again a few times: fixes that touch
    /// different places are tried on one copy, and only those that fail there each on its own. How
    /// much text is read again has a limit, and a fix that it leaves untried is not offered.
    ///
    /// ```
    /// use joinwright::Model;
    /// let model = Model::from_toml("model.toml", "
    ///     ddl = 'CREATE TABLE customer (id INTEGER PRIMARY KEY);'
    ///     [entity.Customer]
    ///     table = 'custmer'
    /// ");
    /// let found = model.proven_diagnostics();
    /// let mended = model.with_fix(&found[0].fixes[0]).ok_or("the fix fits")?;
    /// assert!(mended.diagnostics().is_empty());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn proven_diagnostics(&self) -> Vec<Diagnostic> {
        let mut found = self.diagnostics();
        proven::retain_proven(self, &mut found);
        found
    }

    /// The model with many fixes of `before` at once, of those that are allowed: each its finding is
    /// gone, and no other came. `None` where there is no more to be done.
    ///
    /// `before` are the model's own [`diagnostics`](Self::diagnostics).
    pub fn mended_by(
        &self,
        before: &[Diagnostic],
        allows: impl Fn(&Fix) -> bool,
    ) -> Option<Mended> {
        proven::mended(self, before, allows)
    }

    /// The model with a fix that holds: its finding, one of `before`, is gone, and no other came.
    ///
    /// `before` are the model's own [`diagnostics`](Self::diagnostics).
    pub fn mended(
        &self,
        before: &[Diagnostic],
        mended: &Diagnostic,
        fix: &Fix,
    ) -> Option<(Self, Vec<Diagnostic>)> {
        let model = self.with_fix(fix)?;
        let after = model.diagnostics();
        let mut allowed = tally(before);
        if let Some(count) = allowed.get_mut(&key(mended)) {
            *count -= 1;
        }
        let holds = excess(&allowed, &after).is_empty();
        holds.then_some((model, after))
    }
}

pub(crate) fn key(diagnostic: &Diagnostic) -> Key<'_> {
    (diagnostic.code.name, &diagnostic.subject)
}

pub(crate) fn tally(diagnostics: &[Diagnostic]) -> Tally<'_> {
    let mut tally = Tally::default();
    for diagnostic in diagnostics {
        *tally.entry(key(diagnostic)).or_default() += 1;
    }
    tally
}

/// Of what there is more than allowed.
pub(crate) fn excess<'d>(allowed: &Tally<'d>, found: &'d [Diagnostic]) -> FxHashSet<Key<'d>> {
    let more = |(key, count): (Key<'d>, usize)| {
        let most = allowed.get(&key).copied().unwrap_or_default();
        (count > most).then_some(key)
    };
    tally(found).into_iter().filter_map(more).collect()
}
