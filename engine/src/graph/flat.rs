//! Joins whose tables each go by another name.

use rustc_hash::FxHashMap;

use super::Graph;
use super::selectable::{JoinKind, SelectableKind};
use crate::base::{ColumnId, ExprId, SelectableId};

/// A step through a tree of joins.
enum Step {
    Enter(SelectableId),
    Join(JoinKind, Option<ExprId>),
}

impl Graph {
    /// A selectable in which an anonymous alias stands for each one that it joins, also in the
    /// conditions. Rule: `SQLAlchemy`'s `Join._anonymous_fromclause` with `flat`.
    pub fn add_flat(&mut self, of: SelectableId) -> SelectableId {
        let (mut open, mut built) = (vec![Step::Enter(of)], Vec::new());
        let mut shown: FxHashMap<ColumnId, ColumnId> = FxHashMap::default();
        while let Some(step) = open.pop() {
            match step {
                Step::Enter(id) => {
                    if let SelectableKind::Join { left, right, kind, on } = self.selectable(id).kind
                    {
                        open.extend([Step::Join(kind, on), Step::Enter(right), Step::Enter(left)]);
                        continue;
                    }
                    let alias = self.add_alias(id, None);
                    shown.extend(self.columns(id).zip(self.columns(alias)));
                    built.push(alias);
                }
                Step::Join(kind, on) => {
                    let (Some(right), Some(left)) = (built.pop(), built.pop()) else { continue };
                    let on = on.map(|on| {
                        let span = self.span(on);
                        self.copy_of(on, span, |it| shown.get(&it).copied().unwrap_or(it))
                    });
                    built.push(self.add_join(left, right, kind, on));
                }
            }
        }
        built.pop().unwrap_or(of)
    }
}
