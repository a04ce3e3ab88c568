//! Lines between boxes, with their ends and labels.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::super::layout::{Column, Size, SlotId, Way, number};
use super::super::{Cardinality, Edge, EdgeKind};
use super::label::Label;
use super::{PORT, Picture};

/// How far an end reaches before its line may bend.
const END: i64 = 22;
/// How deep the first loop hangs below its box, and how much deeper each other, with its label.
const LOW: i64 = 28;
const DEPTH: i64 = 60;
/// How far the two ends of the first loop are apart, by half.
const SPREAD: i64 = 14;

/// Where a line meets a box: on which side of which, and how high.
type Ports = FxHashMap<(usize, bool), i64>;

impl Picture<'_> {
    pub(super) fn lines(&self, out: &mut String) {
        let ports = self.ports();
        for (index, (edge, way)) in self.diagram.edges.iter().zip(&self.layout.ways).enumerate() {
            if let Some(way) = way {
                self.line(out, edge, way, |left| ports.get(&(index, left)).copied());
            }
        }
        for index in 0..self.diagram.nodes.len() {
            self.hang(out, index);
        }
    }

    /// Where each line meets its two boxes: side by side, in the order of where they go.
    fn ports(&self) -> Ports {
        let mut sides: FxHashMap<(usize, bool), Vec<(i64, usize)>> = FxHashMap::default();
        let next = |slot: Option<&SlotId>| slot.map_or(0, |slot| self.layout.slots[*slot].y);
        let ways = self.layout.ways.iter().enumerate();
        for (index, way) in ways.filter_map(|(index, way)| Some((index, way.as_ref()?))) {
            let second = next(way.slots.get(1));
            let last_but_one = next(way.slots.iter().rev().nth(1));
            sides.entry((way.left, true)).or_default().push((second, index));
            sides.entry((way.right, false)).or_default().push((last_but_one, index));
        }
        let mut ports = Ports::default();
        for index in 0..self.diagram.nodes.len() {
            for leaves in [true, false] {
                let Some(side) = sides.get_mut(&(index, leaves)) else { continue };
                side.sort_unstable();
                let top = self.centre(index) - PORT * (number(side.len()) - 1) / 2;
                let heights = (0..).map(|place| top + PORT * place);
                ports.extend(side.iter().zip(heights).map(|((_, line), y)| ((*line, leaves), y)));
            }
        }
        ports
    }

    fn centre(&self, index: usize) -> i64 {
        let top = self.corner(index).map_or(0, |(_, y)| y);
        top + self.sizes.get(index).map_or(0, |size| size.height / 2)
    }

    fn line(
        &self,
        out: &mut String,
        edge: &Edge,
        way: &Way,
        port: impl Fn(bool) -> Option<i64>,
    ) -> Option<()> {
        let Way { left, right, .. } = *way;
        let left_is_from = self.diagram.nodes.get(left)?.name == edge.from;
        let (start, end) = (
            (self.corner(left)?.0 + self.sizes.get(left)?.width, port(true)?),
            (self.corner(right)?.0, port(false)?),
        );
        let mut path = format!("M{} {}h{END}", start.0, start.1);
        let mut at = (start.0 + END, start.1);
        let passed = way.slots.get(1..way.slots.len() - 1).unwrap_or_default();
        for slot in passed {
            let Column { left, right } = self.layout.column(*slot);
            let y = self.layout.slots[*slot].y;
            bend(&mut path, at, (left, y));
            let _ = write!(path, "H{right}");
            at = (right, y);
        }
        bend(&mut path, at, (end.0 - END, end.1));
        let _ = write!(path, "h{END}");
        let _ = writeln!(out, "<g class=\"{}\"><path class=\"way\" d=\"{path}\"/>", class(edge));
        let (at_left, at_right) = ends(edge, left_is_from);
        foot(out, at_left, start, 0);
        foot(out, at_right, end, 180);
        out.push_str("</g>\n");
        let Column { left, right } = self.layout.column(way.label);
        let label = Label::of(edge, !left_is_from);
        label.write(out, i64::midpoint(left, right), self.layout.slots[way.label].y);
        Some(())
    }

    /// The lines from a box to itself, below it.
    fn hang(&self, out: &mut String, index: usize) {
        let Some(loops) = self.loops.get(&index) else { return };
        let (Some((x, y)), Some(size)) = (self.corner(index), self.sizes.get(index)) else {
            return;
        };
        let (middle, bottom) = (x + size.width / 2, y + size.height);
        for (place, edge) in (0..).zip(loops) {
            let (half, low) = (SPREAD + 10 * place, bottom + LOW + DEPTH * place);
            let (left, right, above) = (middle - half, middle + half, low - 8);
            let (start, end) = (left + 8, right - 8);
            let _ = writeln!(
                out,
                "<g class=\"{}\"><path class=\"way\" d=\"M{left} {bottom}V{above}Q{left} {low} \
                 {start} {low}H{end}Q{right} {low} {right} {above}V{bottom}\"/>",
                class(edge)
            );
            let (from, to) = ends(edge, true);
            foot(out, from, (left, bottom), 90);
            foot(out, to, (right, bottom), 90);
            out.push_str("</g>\n");
            Label::of(edge, false).write_below(out, middle, low);
        }
    }
}

/// The room of a box with the loops below it.
pub(super) fn room(size: Size, loops: &[&Edge]) -> Size {
    let labels = loops.iter().map(|edge| Label::of(edge, false).size().width);
    let width = labels.max().unwrap_or_default().max(size.width);
    Size { width, height: size.height + DEPTH * number(loops.len()) }
}

/// From a point to another, level at both.
fn bend(path: &mut String, from: (i64, i64), to: (i64, i64)) {
    let half = (to.0 - from.0) / 2;
    let _ =
        write!(path, "C{} {} {} {} {} {}", from.0 + half, from.1, to.0 - half, to.1, to.0, to.1);
}

fn class(edge: &Edge) -> String {
    let marks = [
        (edge.viewonly, " viewonly"),
        (!edge.resolved, " unresolved"),
        (!edge.overlaps.is_empty(), " overlap"),
        (edge.cycle, " cycle"),
    ];
    let marks = marks.iter().filter(|(is, _)| *is).map(|(_, class)| *class);
    std::iter::once("line").chain(marks).collect()
}

/// How a line meets a box.
#[derive(Clone, Copy)]
enum End {
    Counted(Cardinality),
    /// The whole of which the other end is a part.
    Whole,
    Part,
}

/// The ends on the left and on the right.
fn ends(edge: &Edge, left_is_from: bool) -> (End, End) {
    let (from, to) = match edge.kind {
        EdgeKind::Inheritance | EdgeKind::Alternate => (End::Part, End::Whole),
        EdgeKind::Relationship | EdgeKind::ForeignKey => {
            (End::Counted(edge.from_end), End::Counted(edge.to_end))
        }
    };
    if left_is_from { (from, to) } else { (to, from) }
}

/// The sign at an end, turned away from the box: a crow's foot for many, a bar for one, a circle for
/// none.
fn foot(out: &mut String, end: End, (x, y): (i64, i64), turn: i64) {
    let sign = match end {
        End::Counted(Cardinality::ExactlyOne) => "<path d=\"M7 -6V6M12 -6V6\"/>",
        End::Counted(Cardinality::ZeroOrOne) => {
            "<path d=\"M7 -6V6\"/><circle class=\"hollow\" cx=\"15\" cy=\"0\" r=\"4\"/>"
        }
        End::Counted(Cardinality::OneOrMore) => "<path d=\"M0 -6L12 0L0 6M16 -6V6\"/>",
        End::Counted(Cardinality::ZeroOrMore) => {
            "<path d=\"M0 -6L12 0L0 6\"/><circle class=\"hollow\" cx=\"16\" cy=\"0\" r=\"4\"/>"
        }
        End::Whole => "<path class=\"hollow\" d=\"M1 0L13 -7V7Z\"/>",
        End::Part => return,
    };
    let _ = write!(out, "<g transform=\"translate({x} {y}) rotate({turn})\">{sign}</g>");
}
