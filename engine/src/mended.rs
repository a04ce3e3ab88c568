//! Fixes tried out: a model is read again with the edits, and judged again.

use rustc_hash::FxHashMap;

use crate::model::{Draft, Form, Model};
use crate::report::{Applicability, Diagnostic, Fix, Subject};

/// How many findings of each code there are of each subject. Neither places nor messages count:
/// both may change with the text around them.
type Tally<'d> = FxHashMap<(&'static str, &'d Subject), usize>;

impl Model {
    /// The model as it is with the edits of a fix; `None` where it was not read from a text, or the
    /// edits do not fit its texts.
    pub fn with_fix(&self, fix: &Fix) -> Option<Self> {
        let mut texts = self
            .sources()
            .iter()
            .map(|(id, source)| Some((source.name.to_string(), fix.applied(id, &source.text)?)));
        let (name, text) = texts.next()??;
        let mut draft = match self.form()? {
            Form::Toml => Draft::from_toml(&name, &text),
            Form::Json => Draft::from_json(&name, &text),
            #[cfg(feature = "json")]
            Form::Request => return Some(Self::from_request(&name, &text).0),
        };
        for schema in texts {
            let (name, text) = schema?;
            draft.add_schema(&name, &text);
        }
        for unread in self.unread() {
            draft.add_unread(&unread.name, &unread.reason);
        }
        Some(draft.finish())
    }

    /// [`diagnostics`](Self::diagnostics) with those fixes only that were tried: applied to a copy of
    /// the model, each removes its finding and brings up no other. What is only for display stays.
    ///
    /// Each fix costs an analysis, so this is for when fixes are asked for.
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
        let before = found.clone();
        for diagnostic in &mut found {
            let fixes = std::mem::take(&mut diagnostic.fixes);
            let proven = fixes.into_iter().filter(|fix| {
                let shown = fix.applicability == Applicability::Display;
                shown || self.mended(&before, diagnostic, fix).is_some()
            });
            diagnostic.fixes = proven.collect();
        }
        found
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
        let found = tally(&after);
        let holds =
            found.iter().all(|(key, count)| allowed.get(key).is_some_and(|most| count <= most));
        holds.then_some((model, after))
    }
}

fn key(diagnostic: &Diagnostic) -> (&'static str, &Subject) {
    (diagnostic.code.name, &diagnostic.subject)
}

fn tally(diagnostics: &[Diagnostic]) -> Tally<'_> {
    let mut tally = Tally::default();
    for diagnostic in diagnostics {
        *tally.entry(key(diagnostic)).or_default() += 1;
    }
    tally
}
