//! In which order do the slots of a column stand, so that few lines cross?

use super::{Slot, SlotId, number};
use crate::base::Arena;

/// How often the columns are gone through, there and back. More hardly changes anything.
const SWEEPS: usize = 8;

/// The slots of each column from the top, each near the middle of those it is linked with.
pub(super) fn order(slots: &mut Arena<SlotId, Slot>) -> Vec<Vec<SlotId>> {
    let count = slots.iter().map(|(_, slot)| slot.column + 1).max().unwrap_or_default();
    let mut columns: Vec<Vec<SlotId>> = (0..count).map(|_| Vec::new()).collect();
    for (id, slot) in slots.iter() {
        if let Some(column) = columns.get_mut(slot.column) {
            column.push(id);
        }
    }
    for column in &columns {
        stack(slots, column);
    }
    for _ in 0..SWEEPS {
        for column in &mut columns {
            sort(slots, column, |slot| &slot.left);
        }
        for column in columns.iter_mut().rev() {
            sort(slots, column, |slot| &slot.right);
        }
    }
    columns
}

/// Sorts a column by the middle of what each slot is linked with on one side.
fn sort(
    slots: &mut Arena<SlotId, Slot>,
    column: &mut [SlotId],
    side: impl Fn(&Slot) -> &Vec<SlotId>,
) {
    column.sort_by_cached_key(|id| middle(slots, side(&slots[*id])).unwrap_or(slots[*id].y));
    stack(slots, column);
}

/// Where slots stand on average.
pub(super) fn middle(slots: &Arena<SlotId, Slot>, of: &[SlotId]) -> Option<i64> {
    let sum: i64 = of.iter().map(|id| slots[*id].y).sum();
    sum.checked_div(number(of.len()))
}

/// Puts the slots of a column one below the other, about a common middle line.
fn stack(slots: &mut Arena<SlotId, Slot>, column: &[SlotId]) {
    let height: i64 = column.iter().map(|id| slots[*id].size.height).sum();
    let mut top = -height / 2;
    for id in column {
        let slot = &mut slots[*id];
        slot.y = top + slot.size.height / 2;
        top += slot.size.height;
    }
}
