//! Which relationships a whole load follows: those of its path, and those that are loaded unasked.

use super::choose::{self, Choice, Why};
use super::load::{LoadRequest, StepLoad, is_loaded};
use super::request::Refusal;
use super::step::Step;
use super::step::{self, step};
use super::subclass::{Loaded, Subclass, subclasses};
use crate::base::{EntityId, Name, RelationshipId};
use crate::entity::{Load, Mapping};
use crate::resolve::Resolution;

/// The most relationships that one load follows.
pub(super) const MOST: usize = 512;

/// The relationships of a load, each behind the one that it leads on from.
pub(super) struct Tree<'m> {
    pub(super) nodes: Vec<Node<'m>>,
    /// The subclasses of the entity whose rows further statements complete.
    pub(super) subclasses: Vec<Subclass>,
}

/// A relationship of a load.
#[derive(Clone)]
pub(super) struct Node<'m> {
    pub(super) step: Step<'m>,
    /// The one that it leads on from; nothing where that is the entity.
    pub(super) parent: Option<usize>,
    /// The entity of the instances that have it.
    pub(super) entity: EntityId,
    /// The same, where that is a subclass whose rows a further statement completes.
    pub(super) subclass: Option<EntityId>,
    /// The subclasses of its target whose rows further statements complete.
    pub(super) subclasses: Vec<Subclass>,
    pub(super) load: Load,
    /// Whether it drops, being joined, what leads nowhere.
    pub(super) inner: bool,
    /// Why it is loaded so, where that was chosen.
    why: Vec<Why>,
    /// Whether no outer join stands between it and the first rows of its statement.
    kept: bool,
    /// How many steps of the request's path lead here; nothing off the path.
    on_path: Option<usize>,
}

/// A relationship that is yet to be looked at.
#[derive(Clone, Copy)]
struct Wanted {
    id: RelationshipId,
    of_type: Option<EntityId>,
    parent: Option<usize>,
    subclass: Option<EntityId>,
    load: StepLoad,
    on_path: Option<usize>,
}

/// A tree that grows.
struct Growing<'r, 'm> {
    mapping: &'m Mapping,
    resolution: &'m Resolution,
    request: &'r LoadRequest,
    nodes: Vec<Node<'m>>,
}

impl<'m> Tree<'m> {
    pub(super) fn new(
        mapping: &'m Mapping,
        resolution: &'m Resolution,
        request: &LoadRequest,
    ) -> Result<Self, Refusal> {
        let mut growing = Growing { mapping, resolution, request, nodes: Vec::new() };
        let mut open = growing.wanted(None)?;
        while let Some(wanted) = open.pop() {
            if growing.nodes.len() == MOST {
                return Err(Refusal::TooManySteps(MOST));
            }
            let node = growing.node(wanted)?;
            growing.nodes.push(node);
            open.extend(growing.wanted(Some(growing.nodes.len() - 1))?);
        }
        let subclasses = growing.subclasses(None);
        Ok(Self { nodes: growing.nodes, subclasses })
    }

    /// The relationship to which so many steps of the request's path lead.
    pub(super) fn on_path(&self, steps: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.on_path == Some(steps))
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        let chosen = self.nodes.iter().enumerate().filter(|(_, node)| !node.why.is_empty());
        let choice = |(i, node): (usize, &Node<'m>)| Choice {
            path: path(&self.nodes, i),
            load: node.load,
            inner: node.inner,
            why: node.why.clone(),
        };
        chosen.map(choice).collect()
    }
}

/// The names of the relationships that lead to the end of one.
pub(super) fn path(nodes: &[Node<'_>], node: usize) -> Vec<Name> {
    let mut path: Vec<_> =
        ancestry(nodes, Some(node)).map(|it| it.step.relationship.name).collect();
    path.reverse();
    path
}

/// A node and those before it, nearest first.
fn ancestry<'n, 'm>(
    nodes: &'n [Node<'m>],
    node: Option<usize>,
) -> impl Iterator<Item = &'n Node<'m>> {
    std::iter::successors(node.and_then(|i| nodes.get(i)), |it| {
        it.parent.and_then(|i| nodes.get(i))
    })
}

impl<'m> Growing<'_, 'm> {
    /// The relationships that lead on from a node, the last one first.
    fn wanted(&self, parent: Option<usize>) -> Result<Vec<Wanted>, Refusal> {
        let node = parent.and_then(|i| self.nodes.get(i));
        let on_path = node.map_or(Some(0), |node| node.on_path);
        let next = on_path.and_then(|steps| self.request.path.get(steps));
        if let Some(node) = node.filter(|node| !is_loaded(node.load)) {
            return if next.is_some() {
                Err(Refusal::NotLoaded(node.step.id))
            } else {
                Ok(Vec::new())
            };
        }
        let mut all: Vec<_> = next
            .map(|(step, load)| Wanted {
                id: step.relationship,
                of_type: step.of_type,
                parent,
                subclass: None,
                load: *load,
                on_path: on_path.map(|steps| steps + 1),
            })
            .into_iter()
            .collect();
        if self.request.defaults {
            let asked = next.map(|(step, _)| step.relationship);
            let unasked = self.unasked(parent, self.entity(parent), None);
            all.extend(unasked.into_iter().filter(|it| Some(it.id) != asked));
            for subclass in self.subclasses(parent) {
                all.extend(self.unasked(parent, subclass.entity, Some(subclass.known)));
            }
        }
        all.reverse();
        Ok(all)
    }

    /// The relationships of an entity that say how they are loaded, by name; of a subclass that is
    /// completed, those that are not `known` by an entity that it inherits from.
    fn unasked(
        &self,
        parent: Option<usize>,
        entity: EntityId,
        known: Option<EntityId>,
    ) -> Vec<Wanted> {
        let Self { mapping, resolution, .. } = *self;
        let mut lineage = mapping.lineage(entity);
        lineage.truncate(lineage.iter().position(|it| Some(*it) == known).unwrap_or(lineage.len()));
        let subclass = known.map(|_| entity);
        let own = resolution.relationships(mapping).filter_map(|(id, relationship, _)| {
            let load = relationship.arguments.load?.value;
            let found = lineage.contains(&relationship.entity)
                && resolution.find(mapping, entity, relationship.name) == Some(id);
            let load_as = StepLoad::As(load);
            let wanted =
                Wanted { id, of_type: None, parent, subclass, load: load_as, on_path: None };
            (found && load != Load::Select).then_some((relationship.name, wanted))
        });
        let fits = |wanted: Wanted| self.leads_on(wanted, entity);
        let mut own: Vec<_> = own.filter(|(_, wanted)| fits(*wanted)).collect();
        own.sort_by_key(|(name, _)| mapping.names.text(*name));
        own.into_iter().map(|(_, wanted)| wanted).collect()
    }

    /// Whether a relationship that is loaded unasked is sound, and does not lead back to where the
    /// load came from, or deeper than it says. What is joined looks no further back than its own
    /// statement. Rule: `path.contains_mapper` and `join_depth` in `SQLAlchemy`'s
    /// `JoinedLoader.setup_query` and `PostLoader._setup_for_recursion`.
    fn leads_on(&self, wanted: Wanted, entity: EntityId) -> bool {
        let Ok(step) = step(self.mapping, self.resolution, entity, wanted.id) else { return false };
        let StepLoad::As(load) = wanted.load else { return true };
        if !is_loaded(load) {
            return true;
        }
        let ends = |node: &Node<'_>| load == Load::Joined && node.load != Load::Joined;
        let before: Vec<_> = ancestry(&self.nodes, wanted.parent).collect();
        let steps = before.iter().position(|node| ends(node));
        let depth = step.relationship.arguments.join_depth.map_or(0, |depth| depth.value);
        if depth > 0 {
            return steps.unwrap_or(before.len()) < depth as usize;
        }
        let first = steps.is_none().then_some(self.request.entity);
        let before = before.iter().take(steps.map_or(usize::MAX, |steps| steps + 1));
        let mut entities = before.map(|node| node.step.target).chain(first);
        !entities.any(|it| self.mapping.lineage(it).contains(&step.target))
    }

    fn entity(&self, node: Option<usize>) -> EntityId {
        let node = node.and_then(|i| self.nodes.get(i));
        node.map_or(self.request.entity, |node| node.step.onward())
    }

    /// The subclasses, of what a node leads to, whose rows further statements complete.
    fn subclasses(&self, node: Option<usize>) -> Vec<Subclass> {
        match node.and_then(|i| self.nodes.get(i)) {
            Some(node) => node.subclasses.clone(),
            None => self.subclasses_of(self.request.entity, None, Some(0)),
        }
    }

    fn subclasses_of(
        &self,
        entity: EntityId,
        along: Option<EntityId>,
        on_path: Option<usize>,
    ) -> Vec<Subclass> {
        let asked = self.request.subclasses.iter().filter(|it| Some(it.depth) == on_path);
        let asked: Vec<_> = asked.map(|it| it.entity).collect();
        subclasses(self.mapping, Loaded { entity, along, asked: &asked })
    }

    fn node(&self, wanted: Wanted) -> Result<Node<'m>, Refusal> {
        let Wanted { id, of_type, parent, subclass, load, on_path } = wanted;
        let entity = subclass.unwrap_or_else(|| self.entity(parent));
        let mut step = step(self.mapping, self.resolution, entity, id)?;
        if let Some(of_type) = of_type {
            step = step::narrowed(self.mapping, step, of_type, true)?;
        }
        let kept_above = parent.and_then(|i| self.nodes.get(i)).is_none_or(|node| node.kept);
        let (load, mut why) = match load {
            StepLoad::As(load) => (load, Vec::new()),
            StepLoad::Auto => choose::strategy(self.mapping, entity, &step),
        };
        let asked = self.request.innerjoin.filter(|_| on_path.is_some());
        let inner = asked.unwrap_or_else(|| {
            let sure = (!why.is_empty() && kept_above && load == Load::Joined)
                .then(|| choose::drops_none(self.mapping, &step))
                .flatten();
            let stated = step.relationship.arguments.innerjoin.map(|inner| inner.value);
            let chosen = stated.is_none() && sure.is_some();
            why.extend(sure.filter(|_| chosen));
            stated.unwrap_or(chosen)
        });
        let kept = load != Load::Joined || inner && kept_above;
        let subclasses = if is_loaded(load) {
            self.subclasses_of(step.target, step.along, on_path)
        } else {
            Vec::new()
        };
        Ok(Node { step, parent, entity, subclass, subclasses, load, inner, why, kept, on_path })
    }
}
