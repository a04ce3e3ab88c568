//! What do the load settings of a model come to, taken together?
//!
//! Which eager loads lead back to where they began, which inner joins drop rows, and where several
//! joined collections multiply one another's rows. Asked when findings are, not while relationships
//! are resolved.

use rustc_hash::{FxHashMap, FxHashSet};

use super::answer::{Answer, Direction, Resolution};
use super::ends::why_missing;
use crate::base::{ColumnId, EntityId, RelationshipId};
use crate::entity::{Load, Mapping, Relationship};
use crate::graph::dependency_order;

/// What is doubtful about eager loads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EagerFault {
    /// These lead in a circle from an entity back to it, by path. `SQLAlchemy` stops there.
    Cycle(Vec<RelationshipId>),
    /// An inner join leaves out the parents that have no related row.
    DropsRows(RelationshipId, Dropped),
    /// These, by path, are joined side by side and hold or lead to many: each row of one meets each
    /// row of the others.
    Cartesian(EntityId, Vec<RelationshipId>),
}

/// Why a parent may have no related row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dropped {
    /// These referring columns may be NULL.
    Nullable(Vec<ColumnId>),
    /// It is the other side that refers.
    Unreferred,
    /// No foreign key promises that the row is there.
    Unpromised,
}

/// Everything doubtful about eager loads.
pub fn eager_faults(mapping: &Mapping, resolution: &Resolution) -> Vec<EagerFault> {
    let loads = Loads::new(mapping, resolution);
    let mut faults = loads.cycles();
    faults.extend(loads.dropped());
    faults.extend(loads.cartesian());
    faults
}

/// Behind more entities than this nobody joins.
const FAR: usize = 64;

struct Loads<'m> {
    mapping: &'m Mapping,
    resolution: &'m Resolution,
    /// Those with a setting, by id.
    all: Vec<Loaded<'m>>,
    /// The joined ones by the entity that declares them, and there by name.
    joined: Vec<Loaded<'m>>,
}

#[derive(Clone, Copy)]
struct Loaded<'m> {
    id: RelationshipId,
    relationship: &'m Relationship,
    answer: &'m Answer,
}

impl Loaded<'_> {
    fn load(&self) -> Load {
        self.relationship.arguments.load.map_or(Load::Select, |load| load.value)
    }

    /// Whether it is loaded along with its parent however deep that is.
    fn is_endless(&self) -> bool {
        let eager =
            matches!(self.load(), Load::Joined | Load::Selectin | Load::Subquery | Load::Immediate);
        eager && self.relationship.arguments.join_depth.is_none()
    }
}

impl<'m> Loads<'m> {
    fn new(mapping: &'m Mapping, resolution: &'m Resolution) -> Self {
        let set =
            |it: &Relationship| it.arguments.load.is_some() || it.arguments.innerjoin.is_some();
        let all = resolution
            .relationships(mapping)
            .filter(|(_, relationship, answer)| set(relationship) && answer.is_complete());
        let all: Vec<_> =
            all.map(|(id, relationship, answer)| Loaded { id, relationship, answer }).collect();
        let joined = all.iter().filter(|it| it.load() == Load::Joined).copied();
        let mut joined: Vec<_> = joined.collect();
        let name = |it: &Loaded<'_>| mapping.names.text(it.relationship.name);
        joined.sort_by(|a, b| {
            let owners = a.relationship.entity.cmp(&b.relationship.entity);
            owners.then_with(|| name(a).cmp(name(b)))
        });
        Self { mapping, resolution, all, joined }
    }

    fn cycles(&self) -> Vec<EagerFault> {
        let endless: Vec<_> = self.all.iter().filter(|it| it.is_endless()).collect();
        let mut places: FxHashMap<EntityId, usize> = FxHashMap::default();
        // What is declared on any entity of a hierarchy may be loaded with any other.
        let mut place = |entity| {
            let next = places.len();
            *places.entry(self.mapping.root_of(entity)).or_insert(next)
        };
        let edges: Vec<_> = endless
            .iter()
            .map(|it| (place(it.relationship.entity), place(it.relationship.target)))
            .collect();
        let order = dependency_order(places.len(), edges.iter().copied());
        let cycles = order.cycles.iter().map(|members| {
            let inside =
                |(from, to): &(usize, usize)| members.contains(from) && members.contains(to);
            let part = endless.iter().zip(&edges).filter(|(_, edge)| inside(edge));
            EagerFault::Cycle(self.by_path(part.map(|(it, _)| it.id)))
        });
        cycles.collect()
    }

    fn dropped(&self) -> impl Iterator<Item = EagerFault> {
        let inner =
            |it: &&Loaded<'_>| it.relationship.arguments.innerjoin.is_some_and(|it| it.value);
        let inner = self.all.iter().filter(inner);
        inner.filter_map(|it| Some(EagerFault::DropsRows(it.id, self.why_dropped(*it)?)))
    }

    fn why_dropped(&self, loaded: Loaded<'_>) -> Option<Dropped> {
        let Loaded { relationship, answer, .. } = loaded;
        if answer.direction != Some(Direction::ManyToOne) {
            return Some(Dropped::Unreferred);
        }
        why_missing(self.mapping, relationship, answer)
    }

    fn by_path(&self, ids: impl Iterator<Item = RelationshipId>) -> Vec<RelationshipId> {
        let mut ids: Vec<_> = ids.collect();
        ids.sort_by_cached_key(|id| {
            self.mapping.relationship_path(self.resolution.relationship(self.mapping, *id))
        });
        ids
    }

    fn cartesian(&self) -> impl Iterator<Item = EagerFault> {
        // What only a base joins is the base's matter.
        let owners = self.joined.chunk_by(|a, b| a.relationship.entity == b.relationship.entity);
        owners.filter_map(|own| {
            let entity = own.first()?.relationship.entity;
            let lineage = self.mapping.lineage(entity);
            let above = lineage.iter().filter(|owner| **owner != entity);
            let above = above.flat_map(|owner| self.joined(*owner));
            let joined: Vec<_> = own.iter().copied().chain(above).collect();
            if joined.len() < 2 {
                return None;
            }
            let is_many = |it: &Loaded<'m>| self.leads_to_many(*it);
            let many: Vec<_> = joined.into_iter().filter(is_many).collect();
            let own = many.iter().any(|it| it.relationship.entity == entity);
            if many.len() < 2 || !own {
                return None;
            }
            Some(EagerFault::Cartesian(entity, self.by_path(many.iter().map(|it| it.id))))
        })
    }

    fn joined(&self, owner: EntityId) -> impl Iterator<Item = Loaded<'m>> + '_ {
        let first = self.joined.partition_point(|it| it.relationship.entity < owner);
        let rest = self.joined.iter().skip(first).copied();
        rest.take_while(move |it| it.relationship.entity == owner)
    }

    /// Whether a joined relationship, or one joined behind it, holds many.
    fn leads_to_many(&self, loaded: Loaded<'m>) -> bool {
        if loaded.answer.uselist {
            return true;
        }
        let mut open = vec![loaded.relationship.target];
        let mut seen = FxHashSet::from_iter([loaded.relationship.entity]);
        while let Some(entity) = open.pop().filter(|_| seen.len() < FAR) {
            if !seen.insert(entity) {
                continue;
            }
            let lineage = self.mapping.lineage(entity);
            for next in lineage.iter().flat_map(|owner| self.joined(*owner)) {
                // What is above already is not loaded again.
                if next.answer.uselist && !seen.contains(&next.relationship.target) {
                    return true;
                }
                open.push(next.relationship.target);
            }
        }
        false
    }
}
