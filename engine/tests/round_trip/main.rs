//! What is printed reads back: any expression, written in any dialect, is parsed to the same tree.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

#[path = "../parse_expression/show.rs"]
#[expect(dead_code, reason = "the tests of `parse` show more than expressions")]
mod show;
mod tree;
mod world;

use joinwright::base::Dialect;
use joinwright::graph::Condition;
use joinwright::render;
use proptest::prelude::*;
use proptest::sample::select;
use tree::{Tree, trees};
use world::World;

fn written() -> impl Strategy<Value = (Dialect, Tree)> {
    select(Dialect::ALL.to_vec()).prop_flat_map(|dialect| (Just(dialect), trees(dialect)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(512)
    })]

    #[test]
    fn what_is_printed_reads_back((dialect, tree) in written()) {
        let mut world = World::new(dialect);
        let root = world.build(&tree);
        let condition = Condition::of_expression(&world.mapping.graph, root, []);
        let text = render::condition(&world.mapping, &condition, dialect);
        prop_assert_eq!(Ok(world.shown(root)), world.read(&text), "{}: {}", dialect, text);
    }
}
