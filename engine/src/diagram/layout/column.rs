//! Which box stands in which column?

use std::collections::BTreeSet;

use super::Link;

/// The column of each of `count` boxes: no two that are linked stand in one, and the first of a link
/// stands left of the second, unless the links lead in a circle. A circle is opened at the box to which
/// the fewest links lead.
pub(in super::super) fn columns(count: usize, links: &[Link]) -> Vec<usize> {
    let mut boxes: Vec<Placing> = (0..count).map(|_| Placing::default()).collect();
    for Link { from: left, to: right, .. } in links.iter().filter(|link| link.from != link.to) {
        if let Some(of_left) = boxes.get_mut(*left) {
            of_left.linked.push((*right, true));
        }
        if let Some(of_right) = boxes.get_mut(*right) {
            of_right.linked.push((*left, false));
            of_right.waits_for += 1;
        }
    }
    spread(&mut boxes);
    pull(&mut boxes);
    boxes.iter().map(|it| it.column).collect()
}

#[derive(Default)]
struct Placing {
    column: usize,
    /// How many links lead to it from boxes that have no column yet.
    waits_for: usize,
    /// Those it is linked with, and whether they wait for it.
    linked: Vec<(usize, bool)>,
    done: bool,
}

/// Gives each box the first column behind all those it waits for.
fn spread(boxes: &mut [Placing]) {
    let mut open: BTreeSet<_> =
        boxes.iter().enumerate().map(|(index, it)| (it.waits_for, index)).collect();
    while let Some((_, index)) = open.pop_first() {
        let Some(next) = boxes.get_mut(index) else { continue };
        next.done = true;
        let (column, linked) = (next.column, next.linked.clone());
        for (other, waits) in linked {
            let Some(behind) = boxes.get_mut(other).filter(|it| !it.done) else { continue };
            behind.column = behind.column.max(column + 1);
            if waits {
                open.remove(&(behind.waits_for, other));
                behind.waits_for = behind.waits_for.saturating_sub(1);
                open.insert((behind.waits_for, other));
            }
        }
    }
}

/// Moves boxes that have nothing on their left next to what they are linked with, and spreads those
/// that are not linked at all over the columns there are.
fn pull(boxes: &mut [Placing]) {
    let columns: Vec<_> = boxes.iter().map(|it| it.column).collect();
    let width = columns.iter().max().map_or(1, |last| last + 1).max(columns.len().isqrt());
    let mut alone = 0;
    for it in boxes {
        let linked = it.linked.iter().filter_map(|(other, _)| columns.get(*other).copied());
        match linked.min() {
            Some(nearest) if nearest > it.column => it.column = nearest - 1,
            Some(_) => {}
            None => {
                it.column = alone % width;
                alone += 1;
            }
        }
    }
}
