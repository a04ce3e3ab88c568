//! Which edges of a graph are cheapest to leave out so that no circle is left?
//!
//! The minimum feedback arc set (Karp, 1972) is found by trial for few edges. For more, all edges
//! are taken off and put back, the dearest first, where that closes no circle. For very many, those
//! are left out that run against the order of the nodes.

use petgraph::algo::toposort;
use petgraph::graph::DiGraph;

/// An edge, and what it costs to leave it out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) cost: u32,
}

/// Up to so many edges all choices are tried.
const FEW: usize = 12;
/// Up to so many edges each is tried.
const MANY: usize = 1_000;

/// The places of the cheapest edges to leave out; of equally cheap choices the one whose edges come
/// first.
pub(super) fn cheapest(edges: &[Edge]) -> Vec<usize> {
    if edges.len() <= FEW {
        by_trial(edges)
    } else if edges.len() <= MANY {
        one_by_one(edges)
    } else {
        backwards(edges)
    }
}

fn by_trial(edges: &[Edge]) -> Vec<usize> {
    let choices = (0..1_u32 << edges.len()).map(|mask| {
        let left_out = move |at: &usize| mask >> *at & 1 == 1;
        (0..edges.len()).filter(left_out).collect::<Vec<_>>()
    });
    let cost = |choice: &Vec<usize>| -> u32 {
        choice.iter().filter_map(|at| edges.get(*at)).map(|edge| edge.cost).sum()
    };
    let open = choices.filter(|choice| !is_cyclic(edges, choice));
    open.min_by_key(|choice| (cost(choice), choice.clone())).unwrap_or_default()
}

fn one_by_one(edges: &[Edge]) -> Vec<usize> {
    let mut order: Vec<_> = (0..edges.len()).collect();
    order.sort_by_key(|at| edges.get(*at).map(|edge| edge.cost));
    let mut left_out = order.clone();
    for at in order.into_iter().rev() {
        let without: Vec<_> = left_out.iter().copied().filter(|other| *other != at).collect();
        if !is_cyclic(edges, &without) {
            left_out = without;
        }
    }
    left_out.sort_unstable();
    left_out
}

fn backwards(edges: &[Edge]) -> Vec<usize> {
    let backwards = (0..).zip(edges).filter(|(_, edge)| edge.from >= edge.to);
    backwards.map(|(at, _)| at).collect()
}

fn is_cyclic(edges: &[Edge], left_out: &[usize]) -> bool {
    let kept = (0..).zip(edges).filter(|(at, _)| !left_out.contains(at));
    let graph = DiGraph::<(), ()>::from_edges(kept.map(|(_, edge)| (edge.from, edge.to)));
    toposort(&graph, None).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edge(from: u32, to: u32, cost: u32) -> Edge {
        Edge { from, to, cost }
    }

    #[test]
    fn the_cheapest_edge_of_a_circle_goes() {
        let circle = [edge(0, 1, 3), edge(1, 2, 1), edge(2, 0, 2)];
        assert_eq!(by_trial(&circle), [1]);
        assert_eq!(one_by_one(&circle), [1]);
    }

    #[test]
    fn one_edge_may_break_two_circles() {
        let eight = [edge(0, 1, 2), edge(1, 0, 2), edge(1, 2, 1), edge(2, 0, 1)];
        assert_eq!(cheapest(&eight), [0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_circle_is_left_and_none_is_broken_twice(
            edges in proptest::collection::vec((0..5_u32, 0..5_u32, 1..4_u32), 0..10)
        ) {
            let edges: Vec<_> = edges
                .into_iter()
                .filter(|(from, to, _)| from != to)
                .map(|(from, to, cost)| edge(from, to, cost))
                .collect();
            let cost = |choice: &[usize]| choice.iter().map(|at| edges[*at].cost).sum::<u32>();
            let (exact, greedy) = (by_trial(&edges), one_by_one(&edges));
            for choice in [&exact, &greedy] {
                prop_assert!(!is_cyclic(&edges, choice));
                for at in choice {
                    let fewer: Vec<_> = choice.iter().copied().filter(|it| it != at).collect();
                    prop_assert!(is_cyclic(&edges, &fewer));
                }
            }
            prop_assert!(cost(&exact) <= cost(&greedy));
            prop_assert!(!is_cyclic(&edges, &backwards(&edges)));
        }
    }
}
