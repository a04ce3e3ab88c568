//! Which statement of a whole load each relationship, and each subclass, goes into.

use super::deferred::LoadOption;
use super::eager::Joined;
use super::load::{Level, Unloaded, is_loaded};
use super::step::Step;
use super::subclass::Subclass;
use super::tree::{Node, Tree, path};
use crate::base::EntityId;
use crate::entity::Load;

/// What goes into one statement.
pub(super) struct Draft<'m> {
    pub(super) head: Head<'m>,
    pub(super) joins: Vec<Joined<'m>>,
    /// What is said of the attributes at its levels.
    pub(super) options: Vec<LoadOption>,
    /// The level that the next relationship joined gets.
    next: usize,
}

/// What a statement is for.
pub(super) enum Head<'m> {
    /// The entity of the load.
    First,
    /// What a relationship leads to.
    Related(Related<'m>),
    /// What the rows of a subclass have beyond those of the entity that was loaded.
    Subclass { parents: Level, subclass: Subclass },
}

/// The relationship that a further statement loads.
#[derive(Clone, Copy)]
pub(super) struct Related<'m> {
    pub(super) step: Step<'m>,
    pub(super) load: Load,
    pub(super) parents: Level,
    /// The entity of those instances that have the relationship.
    pub(super) entity: EntityId,
}

/// A load, shared out among statements.
pub(super) struct Shared<'m> {
    /// The statements, those that give instances before those that are run for them.
    pub(super) drafts: Vec<Draft<'m>>,
    pub(super) unloaded: Vec<Unloaded>,
}

/// A load that is being shared out.
struct Sharing<'m> {
    drafts: Vec<Draft<'m>>,
    /// The level that each relationship gets.
    homes: Vec<Level>,
    unloaded: Vec<Unloaded>,
    /// The statements that complete subclasses of what is at a level.
    completing: Vec<(Level, EntityId, usize)>,
}

const FIRST: Level = Level { statement: 0, level: 0 };

/// Shares the relationships and subclasses of a load out among statements.
pub(super) fn share_out<'m>(tree: &Tree<'m>, options: &[LoadOption]) -> Shared<'m> {
    let mut sharing = Sharing {
        drafts: vec![Draft::new(Head::First, 1)],
        homes: Vec::new(),
        unloaded: Vec::new(),
        completing: Vec::new(),
    };
    sharing.complete(FIRST, &tree.subclasses);
    for (i, node) in tree.nodes.iter().enumerate() {
        sharing.add(&tree.nodes, i, node);
    }
    for option in options {
        let home = match option.depth {
            0 => Some(FIRST),
            depth => tree.on_path(depth).and_then(|node| sharing.homes.get(node)).copied(),
        };
        sharing.say(home, *option);
    }
    Shared { drafts: sharing.drafts, unloaded: sharing.unloaded }
}

impl<'m> Draft<'m> {
    fn new(head: Head<'m>, next: usize) -> Self {
        Self { head, joins: Vec::new(), options: Vec::new(), next }
    }
}

impl<'m> Sharing<'m> {
    fn add(&mut self, nodes: &[Node<'m>], i: usize, node: &Node<'m>) {
        let above = node.parent.and_then(|parent| self.homes.get(parent).copied());
        let parents = self.completed(above.unwrap_or(FIRST), node.subclass);
        let home = match (node.load, self.drafts.get_mut(parents.statement)) {
            (Load::Joined, Some(draft)) => {
                let Node { step, inner, .. } = *node;
                draft.joins.push(Joined { step, from: parents.level, inner });
                draft.next += 1;
                Level { statement: parents.statement, level: draft.next - 1 }
            }
            (load, _) if is_loaded(load) => {
                let Node { step, entity, .. } = *node;
                let head = Head::Related(Related { step, load, parents, entity });
                self.drafts.push(Draft::new(head, 2));
                Level { statement: self.drafts.len() - 1, level: 1 }
            }
            (load, _) => {
                self.unloaded.push(Unloaded { path: path(nodes, i), load });
                parents
            }
        };
        self.homes.push(home);
        self.complete(home, &node.subclasses);
    }

    /// Where the instances of a subclass are that is completed, among those of a level.
    fn completed(&self, level: Level, subclass: Option<EntityId>) -> Level {
        let mut known = self.completing.iter();
        let found = known.find(|(of, entity, _)| *of == level && Some(*entity) == subclass);
        found.map_or(level, |(_, _, statement)| Level { statement: *statement, level: 0 })
    }

    /// Adds the statements that complete subclasses of what is at a level.
    fn complete(&mut self, parents: Level, subclasses: &[Subclass]) {
        for subclass in subclasses {
            self.completing.push((parents, subclass.entity, self.drafts.len()));
            let head = Head::Subclass { parents, subclass: subclass.clone() };
            self.drafts.push(Draft::new(head, 1));
        }
    }

    /// Passes an option on to the statements that load what is at a level.
    fn say(&mut self, home: Option<Level>, option: LoadOption) {
        let Some(home) = home else { return };
        let completing = self.completing.iter().filter(|(of, ..)| *of == home);
        let completing =
            completing.map(|(_, _, statement)| Level { statement: *statement, level: 0 });
        for Level { statement, level } in std::iter::once(home).chain(completing) {
            if let Some(draft) = self.drafts.get_mut(statement) {
                draft.options.push(LoadOption { depth: level, ..option });
            }
        }
    }
}
