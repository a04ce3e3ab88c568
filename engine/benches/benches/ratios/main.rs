//! The table of `docs/performance.md`: everything in one run on one machine, as ratios.
//!
//! Arguments that are numbers are sizes of models; without any, 100 and 1000 entities. What needs
//! `SQLAlchemy` asks the Python of `JOINWRIGHT_PYTHON`, or `python3`, and is left out where that has
//! none.

#![expect(clippy::unwrap_used, reason = "a measurement stops where its model is broken")]

mod analysis;
mod python;
mod statements;
mod table;

use table::Table;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000] } else { sizes };
    let mut table = Table::default();
    analysis::measure(&sizes, &mut table);
    statements::measure(&mut table);
    print!("{table}");
}
