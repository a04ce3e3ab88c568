//! Where do the columns stand, and the slots in them, so that lines run straight?

use super::order::middle;
use super::{Column, Size, Slot, SlotId, number};
use crate::base::Arena;

/// Between two columns, so that lines can bend.
const BETWEEN: i64 = 36;
/// Between two slots of a column.
const GAP: i64 = 14;
/// Around everything.
const MARGIN: i64 = 24;
const SWEEPS: usize = 12;

/// From where to where each column reaches.
pub(super) fn across(slots: &Arena<SlotId, Slot>, order: &[Vec<SlotId>]) -> Vec<Column> {
    let mut left = MARGIN;
    let width = |column: &Vec<SlotId>| column.iter().map(|id| slots[*id].size.width).max();
    let columns = order.iter().map(|column| {
        let right = left + width(column).unwrap_or_default();
        let column = Column { left, right };
        left = right + BETWEEN;
        column
    });
    columns.collect()
}

/// Gives each slot its place in its column, and says how large the whole is.
pub(super) fn down(
    slots: &mut Arena<SlotId, Slot>,
    order: &[Vec<SlotId>],
    columns: &[Column],
) -> Size {
    let both = |slot: &Slot| slot.left.iter().chain(&slot.right).copied().collect();
    for _ in 0..SWEEPS {
        for column in order {
            settle(slots, column, |slot| slot.left.clone());
        }
        for column in order.iter().rev() {
            settle(slots, column, |slot| slot.right.clone());
        }
        for column in order {
            settle(slots, column, both);
        }
    }
    let reach = |slot: &Slot| (slot.y - slot.size.height / 2, slot.y + slot.size.height / 2);
    let top = slots.iter().map(|(_, slot)| reach(slot).0).min().unwrap_or_default();
    let bottom = slots.iter().map(|(_, slot)| reach(slot).1).max().unwrap_or_default();
    for id in slots.ids() {
        slots[id].y += MARGIN - top;
    }
    let right = columns.last().map_or(MARGIN, |column| column.right);
    Size { width: right + MARGIN, height: bottom - top + 2 * MARGIN }
}

/// Slots that touch, and move together.
struct Block {
    sum: i64,
    count: usize,
}

impl Block {
    fn place(&self) -> i64 {
        self.sum / number(self.count).max(1)
    }
}

/// Moves each slot as near as its neighbours in the column allow to the middle of what it is linked
/// with. (Least squares under an order: the pool-adjacent-violators algorithm.)
fn settle(
    slots: &mut Arena<SlotId, Slot>,
    column: &[SlotId],
    linked: impl Fn(&Slot) -> Vec<SlotId>,
) {
    let offsets = offsets(slots, column);
    let mut blocks: Vec<Block> = Vec::new();
    for (id, offset) in column.iter().zip(&offsets) {
        let wanted = middle(slots, &linked(&slots[*id])).unwrap_or(slots[*id].y);
        let mut block = Block { sum: wanted - offset, count: 1 };
        while let Some(above) = blocks.pop_if(|above| above.place() > block.place()) {
            block = Block { sum: above.sum + block.sum, count: above.count + block.count };
        }
        blocks.push(block);
    }
    let places = blocks.iter().flat_map(|it| std::iter::repeat_n(it.place(), it.count));
    for ((id, offset), place) in column.iter().zip(&offsets).zip(places) {
        slots[*id].y = place + offset;
    }
}

/// How far the middle of each slot is below that of the first where all touch.
fn offsets(slots: &Arena<SlotId, Slot>, column: &[SlotId]) -> Vec<i64> {
    let mut end = 0;
    let offsets = column.iter().map(|id| {
        let half = slots[*id].size.height.div_euclid(2) + 1;
        let offset = end + half;
        end = offset + half + GAP;
        offset
    });
    offsets.collect()
}
