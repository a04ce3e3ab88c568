//! What depends on what, in an order in which nothing comes before what it needs.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

/// An order of things that depend on one another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DependencyOrder {
    /// The things outside any cycle, each behind all it needs.
    pub sorted: Vec<usize>,
    /// The cycles, each as its members in ascending order.
    pub cycles: Vec<Vec<usize>>,
}

/// Orders the things `0..count`, of which each `(a, b)` in `needs` says that `a` needs `b`.
///
/// What needs a member of a cycle without being one itself is sorted behind the others.
///
/// ```
/// use joinwright::graph::dependency_order;
/// let order = dependency_order(4, [(0, 1), (2, 3), (3, 2)]);
/// assert_eq!(order.sorted, [1, 0]);
/// assert_eq!(order.cycles, [[2, 3]]);
/// ```
pub fn dependency_order(
    count: usize,
    needs: impl IntoIterator<Item = (usize, usize)>,
) -> DependencyOrder {
    let mut graph = DiGraph::<(), (), usize>::default();
    let nodes: Vec<_> = (0..count).map(|_| graph.add_node(())).collect();
    for (a, b) in needs {
        if let (Some(a), Some(b)) = (nodes.get(a), nodes.get(b)) {
            graph.update_edge(*a, *b, ());
        }
    }
    let mut order = DependencyOrder::default();
    // Kosaraju's components come out with what is needed first, and it does not recurse.
    for component in kosaraju_scc(&graph) {
        let mut members: Vec<_> = component.iter().map(|node| node.index()).collect();
        let cyclic = component.iter().any(|node| graph.contains_edge(*node, *node));
        if members.len() > 1 || cyclic {
            members.sort_unstable();
            order.cycles.push(members);
        } else {
            order.sorted.extend(members);
        }
    }
    order.cycles.sort();
    order
}
