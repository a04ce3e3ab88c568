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
use joinwright::graph::{BinaryOperator, Condition};
use joinwright::render;
use proptest::prelude::*;
use proptest::sample::select;
use tree::{Kind, Leaf, Tree, trees};
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

/// `IS NOT NULL` is an operator of its own, which must not be found in what is printed.
#[test]
fn a_sum_that_begins_with_null_reads_back() {
    for (operator, text) in [
        (BinaryOperator::IsDistinctFrom, "a.id IS NOT (NULL + a.id)"),
        (BinaryOperator::IsNotDistinctFrom, "a.id IS (NULL + a.id)"),
    ] {
        let mut world = World::new(Dialect::Sqlite);
        let node = |operator, left, right| {
            Tree::Node(Kind::Binary(operator), Box::new([left, right, Tree::Column(0)]))
        };
        let sum = node(BinaryOperator::Plus, Tree::Leaf(Leaf::Null), Tree::Column(0));
        let root = world.build(&node(operator, Tree::Column(0), sum));
        let condition = Condition::of_expression(&world.mapping.graph, root, []);
        let written = render::condition(&world.mapping, &condition, Dialect::Sqlite);
        assert_eq!(written, text);
        assert_eq!(world.read(&written), Ok(world.shown(root)));
    }
}
