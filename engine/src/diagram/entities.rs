//! Entities as boxes, relationships as lines: one for a relationship and its reverse.

use rustc_hash::{FxHashMap, FxHashSet};

use super::cycle::Cycles;
use super::{Cardinality, Edge, EdgeKind, Node};
use crate::base::{EntityId, RelationshipId};
use crate::entity::{Mapping, Relationship};
use crate::resolve::{Answer, Ends, Overlap, Resolution, ends};

pub(super) fn diagram(mapping: &Mapping, resolution: &Resolution) -> (Vec<Node>, Vec<Edge>) {
    let lines = Lines::new(mapping, resolution);
    let nodes = mapping.entities().map(|(id, entity)| Node {
        name: mapping.entity_name(id).to_owned(),
        table: mapping.selectable_path(entity.local),
        cycle: lines.cycles.has_selectable(entity.local),
    });
    let lineages = mapping.entities().flat_map(|(id, _)| lineage(mapping, id));
    (nodes.collect(), lineages.chain(lines.edges()).collect())
}

/// What an entity inherits from, and of what it is an alternate mapping.
fn lineage(mapping: &Mapping, id: EntityId) -> impl Iterator<Item = Edge> {
    let entity = mapping.entity(id);
    let edge = |kind, name| {
        move |whole| Edge::of_part(kind, mapping.entity_name(id), mapping.entity_name(whole), name)
    };
    let inherits = entity.inherits.map(edge(EdgeKind::Inheritance, "inherits"));
    let alternate = entity.non_primary.map(edge(EdgeKind::Alternate, "alternate of"));
    inherits.into_iter().chain(alternate)
}

/// A relationship with its answer.
#[derive(Clone, Copy)]
struct Line<'m> {
    id: RelationshipId,
    relationship: &'m Relationship,
    answer: &'m Answer,
}

struct Lines<'m> {
    mapping: &'m Mapping,
    cycles: Cycles<'m>,
    /// All relationships, by path.
    all: Vec<Line<'m>>,
    overlaps: FxHashMap<RelationshipId, Vec<String>>,
}

impl<'m> Lines<'m> {
    fn new(mapping: &'m Mapping, resolution: &'m Resolution) -> Self {
        let all = resolution.relationships(mapping);
        let mut all: Vec<_> =
            all.map(|(id, relationship, answer)| Line { id, relationship, answer }).collect();
        all.sort_by_cached_key(|it| mapping.relationship_path(it.relationship));
        let mut overlaps: FxHashMap<_, Vec<_>> = FxHashMap::default();
        let differing = |overlap| overlap != Overlap::SameSource;
        for conflict in resolution.conflicts.iter().filter(|it| differing(it.overlap)) {
            for writer in &conflict.writers {
                let column = mapping.column_path(conflict.column);
                overlaps.entry(writer.relationship).or_default().push(column);
            }
        }
        Self { mapping, cycles: Cycles::new(mapping, resolution), all, overlaps }
    }

    fn edges(&self) -> Vec<Edge> {
        let by_id: FxHashMap<_, _> = self.all.iter().map(|line| (line.id, *line)).collect();
        let mut drawn = FxHashSet::default();
        let mut edges = Vec::new();
        for line in &self.all {
            if drawn.insert(line.id) {
                let reverse = line.answer.reverse().iter().filter_map(|id| by_id.get(id).copied());
                let reverse = reverse.filter(|it| faces(line.relationship, it.relationship));
                let reverse: Vec<_> = reverse.filter(|it| drawn.insert(it.id)).collect();
                edges.push(self.edge(*line, &reverse));
            }
        }
        edges
    }

    fn edge(&self, line: Line<'m>, reverse: &[Line<'m>]) -> Edge {
        let mapping = self.mapping;
        let Line { relationship, answer, .. } = line;
        let name = |it: &Relationship| mapping.names.text(it.name).to_owned();
        let entity = |id| mapping.entity_name(id);
        let both = || std::iter::once(&line).chain(reverse);
        let (from_end, to_end) = self.counts(line, reverse);
        let mut overlaps: Vec<_> =
            both().filter_map(|it| self.overlaps.get(&it.id)).flatten().cloned().collect();
        overlaps.sort_unstable();
        overlaps.dedup();
        let secondary = relationship.arguments.secondary.map(|it| it.value);
        Edge {
            reverse: reverse.iter().map(|it| name(it.relationship)).collect(),
            direction: answer.direction.map(Into::into),
            from_end,
            to_end,
            secondary: secondary
                .map(|it| mapping.selectable_path(it).unwrap_or_else(|| "a selectable".to_owned())),
            viewonly: both().all(|it| it.relationship.is_viewonly()),
            overlaps,
            cycle: both().any(|it| {
                !it.relationship.is_viewonly() && self.cycles.has_copies(&it.answer.synchronize())
            }),
            resolved: answer.is_complete(),
            ..Edge::new(
                EdgeKind::Relationship,
                entity(relationship.entity),
                entity(relationship.target),
                &name(relationship),
            )
        }
    }

    /// What each of a relationship and its reverses knows of the two ends, taken together.
    fn counts(&self, line: Line<'m>, reverse: &[Line<'m>]) -> (Cardinality, Cardinality) {
        let ends = |it: &Line<'m>| ends(self.mapping, it.relationship, it.answer);
        let Ends { parents, targets } = ends(&line);
        let (from, to) = reverse.iter().map(ends).fold((parents, targets), |(from, to), back| {
            (from.and(back.targets), to.and(back.parents))
        });
        (from.into(), to.into())
    }
}

/// Whether two relationships lead between the same entities, one there and the other back.
fn faces(one: &Relationship, other: &Relationship) -> bool {
    one.entity == other.target && one.target == other.entity
}
