//! What the selectables of a graph are made of.

use rustc_hash::FxHashSet;

use super::{Graph, Query, SelectableKind};
use crate::base::SelectableId;

/// The selectables of which there is an alias, a join or a query.
///
/// Kept up with a graph while it grows: what was gone through is not gone through again, for
/// nothing in a graph changes.
#[derive(Debug, Default)]
pub(crate) struct Composed {
    parts: FxHashSet<SelectableId>,
    /// How many selectables behind the tables were gone through.
    selectables: usize,
    /// How many queries were.
    queries: usize,
}

impl Composed {
    /// Goes through what a graph has more than it had the last time.
    pub(crate) fn catch_up(&mut self, graph: &Graph) {
        let (made, queries) = (graph.selectables.iter(), graph.queries.iter());
        let known = (self.selectables, self.queries);
        (self.selectables, self.queries) = (made.len(), queries.len());
        // From the end, so that what is known is not passed on the way.
        for made in made.rev().take(self.selectables - known.0) {
            match made.shape.kind {
                SelectableKind::Alias(of) => self.parts.extend([of]),
                SelectableKind::Join { left, right, .. } => self.parts.extend([left, right]),
                SelectableKind::Table(_)
                | SelectableKind::Query(_)
                | SelectableKind::Recursion(_) => {}
            }
        }
        for (_, query) in queries.rev().take(self.queries - known.1) {
            if let Query::Select { from, .. } = query {
                self.parts.extend(from);
            }
        }
    }

    /// Whether there is one of this selectable.
    pub(crate) fn contains(&self, selectable: SelectableId) -> bool {
        self.parts.contains(&selectable)
    }
}
