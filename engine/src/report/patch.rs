//! Edits applied to the texts they are for.

use std::collections::BTreeMap;

use super::fix::{Edit, Fix};
use crate::base::SourceId;
use crate::text::Sources;

/// The texts that fixes changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Patch {
    /// Each changed text, whole.
    pub texts: BTreeMap<SourceId, String>,
    /// How many fixes are in them.
    pub applied: usize,
}

impl Patch {
    /// Applies fixes, the earlier ones first. A fix that meets what another has changed is left
    /// out whole: its places no longer mean what they meant. So is one that does not fit its texts.
    ///
    /// ```
    /// use joinwright::report::{Applicability, Edit, Fix, Patch};
    /// use joinwright::text::{Sources, Span};
    /// let mut sources = Sources::new();
    /// let model = sources.add("model.toml", "tabel = 'a'");
    /// let edits = vec![Edit { span: Span::new(model, 0, 5), insert: "table".into() }];
    /// let fix = Fix { title: "rename".into(), applicability: Applicability::Safe, edits };
    /// let patch = Patch::of(&sources, [&fix, &fix]);
    /// assert_eq!((patch.texts[&model].as_str(), patch.applied), ("table = 'a'", 1));
    /// ```
    pub fn of<'f>(sources: &Sources, fixes: impl IntoIterator<Item = &'f Fix>) -> Self {
        let mut accepted: Vec<&Edit> = Vec::new();
        let mut applied = 0;
        for fix in fixes {
            let fits = fix.edits.iter().all(|edit| fits(sources, edit));
            let meets = |edit: &Edit| accepted.iter().any(|other| meet(edit, other));
            if fits && !fix.edits.is_empty() && !fix.edits.iter().any(meets) {
                accepted.extend(&fix.edits);
                applied += 1;
            }
        }
        accepted.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        let mut texts = BTreeMap::new();
        for Edit { span, insert } in accepted {
            let text = texts.entry(span.source);
            let text = text.or_insert_with(|| sources.get(span.source).text.to_string());
            text.replace_range(span.start as usize..span.end as usize, insert);
        }
        Self { texts, applied }
    }
}

/// Whether an edit's place is one of its text.
fn fits(sources: &Sources, edit: &Edit) -> bool {
    let range = edit.span.start as usize..edit.span.end as usize;
    sources.get(edit.span.source).text.get(range).is_some()
}

/// Whether two edits touch: even side by side, each may rely on what the other removes.
fn meet(a: &Edit, b: &Edit) -> bool {
    a.span.source == b.span.source && a.span.start <= b.span.end && b.span.start <= a.span.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Applicability;
    use crate::text::Span;

    fn fix(edits: &[(SourceId, usize, usize, &str)]) -> Fix {
        let edit = |&(source, start, end, insert): &(SourceId, usize, usize, &str)| Edit {
            span: Span::new(source, start, end),
            insert: insert.to_owned(),
        };
        let edits = edits.iter().map(edit).collect();
        Fix { title: String::new(), applicability: Applicability::Safe, edits }
    }

    #[test]
    fn edits_of_several_texts_stand_where_they_were_meant() {
        let mut sources = Sources::new();
        let (a, b) = (sources.add("a", "one two three"), sources.add("b", "x"));
        let fixes = [fix(&[(a, 8, 13, "3"), (b, 0, 0, "y")]), fix(&[(a, 0, 3, "1")])];
        let patch = Patch::of(&sources, &fixes);
        assert_eq!((patch.texts[&a].as_str(), patch.texts[&b].as_str()), ("1 two 3", "yx"));
    }

    #[test]
    fn a_fix_that_meets_another_waits_whole() {
        let mut sources = Sources::new();
        let (a, b) = (sources.add("a", "one two"), sources.add("b", "x"));
        let fixes = [fix(&[(a, 0, 3, "1")]), fix(&[(b, 0, 1, "z"), (a, 3, 4, "_")])];
        let patch = Patch::of(&sources, &fixes);
        assert_eq!((patch.texts.len(), patch.applied), (1, 1));
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut sources = Sources::new();
        let a = sources.add("a", "é");
        assert_eq!(Patch::of(&sources, &[fix(&[(a, 1, 2, "e")])]), Patch::default());
        assert_eq!(Patch::of(&sources, &[fix(&[(a, 0, 9, "e")])]), Patch::default());
    }
}
