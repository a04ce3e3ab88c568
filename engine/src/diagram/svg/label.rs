//! What is written on a line.

use super::super::layout::Size;
use super::super::{Edge, EdgeKind};
use super::text;

/// The names of a line, and below them what else is to be said of it.
pub(super) struct Label {
    pub(super) names: String,
    pub(super) marks: String,
}

impl Label {
    /// The label of an edge that is drawn from left to right, or from right to left: each name points
    /// to where its relationship leads.
    pub(super) fn of(edge: &Edge, leftwards: bool) -> Self {
        let back = edge.reverse.join(", ");
        let names = match (edge.kind, edge.reverse.is_empty(), leftwards) {
            (EdgeKind::Inheritance | EdgeKind::Alternate, _, _) => edge.name.clone(),
            (_, true, false) => format!("{} →", edge.name),
            (_, true, true) => format!("← {}", edge.name),
            (_, false, false) => format!("{} ⇄ {back}", edge.name),
            (_, false, true) => format!("{back} ⇄ {}", edge.name),
        };
        Self { names, marks: edge.marks().join(", ") }
    }

    /// The room it takes, half above its line and half below.
    pub(super) fn size(&self) -> Size {
        let names = text::width(&self.names, text::PLAIN);
        let width = names.max(text::width(&self.marks, text::SMALL)) + 8;
        Size { width, height: if self.marks.is_empty() { 32 } else { 38 } }
    }

    /// Writes it about the middle of its line.
    pub(super) fn write(&self, out: &mut String, x: i64, y: i64) {
        self.rows(out, x, y - 6, y + 14);
    }

    /// Writes it below a line.
    pub(super) fn write_below(&self, out: &mut String, x: i64, y: i64) {
        self.rows(out, x, y + 14, y + 27);
    }

    fn rows(&self, out: &mut String, x: i64, names: i64, marks: i64) {
        text::write(out, "on", x, names, &self.names);
        if !self.marks.is_empty() {
            text::write(out, "on soft", x, marks, &self.marks);
        }
    }
}
