//! Where boxes and lines go: in columns, what is referred to on the left.
//!
//! Layers, barycentre order and straightened lines (Sugiyama, Tagawa and Toda, "Methods for visual
//! understanding of hierarchical system structures", 1981). A line's label takes part as a slot of its
//! own, in a column between the boxes, so that neither labels nor lines cover anything.

mod column;
mod order;
mod place;

pub(super) use column::columns;

use crate::base::{Arena, id_types};

/// A width and a height, in pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Size {
    pub(super) width: i64,
    pub(super) height: i64,
}

/// A line from one box to another, by their places in the list of boxes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Link {
    /// The one that is to stand on the left, where no circle forbids it.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The room that its label takes.
    pub(super) label: Size,
}

/// Something that takes room in a column: a box, a label, or a line on its way past boxes.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) size: Size,
    pub(super) column: usize,
    /// Its middle, from the top.
    pub(super) y: i64,
    left: Vec<SlotId>,
    right: Vec<SlotId>,
}

id_types! {
    pub(super) SlotId;
}

/// The way of a line: the slots that it passes, from the left box to the right one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Way {
    pub(super) slots: Vec<SlotId>,
    /// Which of them holds the label.
    pub(super) label: SlotId,
    /// The box on the left, by its place in the list of boxes, and that on the right.
    pub(super) left: usize,
    pub(super) right: usize,
}

/// From where to where a column reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Column {
    pub(super) left: i64,
    pub(super) right: i64,
}

/// The places of boxes and lines.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) slots: Arena<SlotId, Slot>,
    /// One for each box.
    pub(super) boxes: Vec<SlotId>,
    /// One for each link; none for a link from a box to itself.
    pub(super) ways: Vec<Option<Way>>,
    pub(super) columns: Vec<Column>,
    pub(super) size: Size,
}

impl Layout {
    /// Lays out boxes of these sizes, which stand in these [`columns`].
    pub(super) fn of(boxes: &[Size], columns: &[usize], links: &[Link]) -> Self {
        let mut slots = Arena::new();
        // Labels stand in the columns between those of the boxes.
        let placed = boxes.iter().zip(columns);
        let boxes: Vec<_> =
            placed.map(|(size, column)| slots.push(Slot::new(*size, 2 * column))).collect();
        let ways: Vec<_> = links.iter().map(|link| way(&mut slots, &boxes, *link)).collect();
        let order = order::order(&mut slots);
        let columns = place::across(&slots, &order);
        let size = place::down(&mut slots, &order, &columns);
        Self { slots, boxes, ways, columns, size }
    }

    /// From where to where the column of a slot reaches.
    pub(super) fn column(&self, slot: SlotId) -> Column {
        self.columns.get(self.slots[slot].column).copied().unwrap_or_default()
    }
}

impl Slot {
    fn new(size: Size, column: usize) -> Self {
        Self { size, column, y: 0, left: Vec::new(), right: Vec::new() }
    }
}

fn way(slots: &mut Arena<SlotId, Slot>, boxes: &[SlotId], link: Link) -> Option<Way> {
    if link.from == link.to {
        return None;
    }
    let column = |index: usize| boxes.get(index).map(|slot| slots[*slot].column);
    let (from, to) = (column(link.from)?, column(link.to)?);
    let (left, right) = if from < to { (link.from, link.to) } else { (link.to, link.from) };
    let (start, end) = (*boxes.get(left)?, *boxes.get(right)?);
    let (first, last) = (from.min(to) + 1, from.max(to));
    let middle = usize::midpoint(from, to);
    let mut way = Way { slots: vec![start], label: start, left, right };
    for column in first..last {
        let size = if column == middle { link.label } else { Size { width: 0, height: BEND } };
        let slot = slots.push(Slot::new(size, column));
        if column == middle {
            way.label = slot;
        }
        way.slots.push(slot);
    }
    way.slots.push(end);
    for (one, next) in way.slots.iter().zip(way.slots.iter().skip(1)) {
        slots[*one].right.push(*next);
        slots[*next].left.push(*one);
    }
    Some(way)
}

/// The room of a line on its way past boxes.
const BEND: i64 = 8;

/// A number of things, to reckon with.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
