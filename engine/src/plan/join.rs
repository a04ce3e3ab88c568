//! `join` and `outerjoin`: the rows of an entity, joined to related ones that are not loaded.
//!
//! Rules: `SQLAlchemy`'s `Relationship._create_joins` and `_ORMJoin`: a secondary always takes an
//! alias, a target only where its table appears already.

use super::adapt::Ends;
use super::build::{Builder, Called};
use super::lazy::encloses;
use super::list::List;
use super::model::{FromId, Predicate};
use super::place::{Placement, Shown};
use super::request::Request;
use super::step::Step;
use crate::base::SelectableId;
use crate::graph::JoinKind;

/// Which rows of the entity a join keeps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rows {
    /// Those with related rows.
    Matched,
    /// All.
    All,
}

/// One end of a chain of joins: what was joined so far, and where its last entity is placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain {
    pub(super) from: FromId,
    pub(super) last: Placement,
}

pub(super) fn plan<'m>(
    builder: &mut Builder<'m>,
    request: &Request,
    steps: &[Step<'m>],
    rows: Rows,
) {
    builder.begin(request, steps);
    let (parent, from) = builder.place_entity(request.entity, Called::Plain);
    let mut chain = Chain { from, last: parent };
    for step in steps {
        let target = builder.mapping.loaded_from(step.target);
        let called = match (request.aliased, builder.appears(target)) {
            (true, _) => Called::Whole,
            (false, true) => Called::Parts,
            (false, false) => Called::Plain,
        };
        chain = match rows {
            Rows::Matched => builder.join_inner(chain, step, called).0,
            Rows::All => builder.join_outer(chain, step, called).0,
        };
    }
    let select = builder.rows_from(request, parent, chain.from, None);
    builder.finish(select);
}

impl<'m> Builder<'m> {
    /// `chain JOIN target`, or `chain JOIN secondary JOIN target`.
    pub(super) fn join_inner(
        &mut self,
        chain: Chain,
        step: &Step<'m>,
        called: Called,
    ) -> (Chain, Ends) {
        let (ends, secondary, target) = self.ends(chain.last, step, called);
        let left = match secondary {
            Some(secondary) => {
                let primary = self.primary(step, ends);
                let on = self.plan.predicates.add([primary]);
                self.join(chain.from, secondary, JoinKind::Inner, on)
            }
            None => chain.from,
        };
        let on = self.last_condition(step, ends);
        let from = self.join(left, target, JoinKind::Inner, on);
        (Chain { from, last: ends.target }, ends)
    }

    /// `chain LEFT OUTER JOIN target`, or `chain LEFT OUTER JOIN (secondary JOIN target)`.
    pub(super) fn join_outer(
        &mut self,
        chain: Chain,
        step: &Step<'m>,
        called: Called,
    ) -> (Chain, Ends) {
        let (right, ends) = self.far_side(chain.last, step, called);
        let from = self.attach(chain.from, right.from, step, ends);
        (Chain { from, last: ends.target }, ends)
    }

    /// What an outer join of a step has on its right.
    pub(super) fn far_side(
        &mut self,
        source: Placement,
        step: &Step<'m>,
        called: Called,
    ) -> (Chain, Ends) {
        let (ends, secondary, target) = self.ends(source, step, called);
        let from = match secondary {
            Some(secondary) => {
                let on = self.last_condition(step, ends);
                self.join(secondary, target, JoinKind::Inner, on)
            }
            None => target,
        };
        (Chain { from, last: ends.target }, ends)
    }

    /// `left LEFT OUTER JOIN right` by the primaryjoin of a step.
    pub(super) fn attach(
        &mut self,
        left: FromId,
        right: FromId,
        step: &Step<'m>,
        ends: Ends,
    ) -> FromId {
        let on = self.first_condition(step, ends);
        self.join(left, right, JoinKind::Left, on)
    }

    /// What holds between a step's source and its far side.
    pub(super) fn first_condition(&mut self, step: &Step<'m>, ends: Ends) -> List<Predicate<'m>> {
        if ends.secondary.is_none() {
            return self.last_condition(step, ends);
        }
        let primary = self.primary(step, ends);
        self.plan.predicates.add([primary])
    }

    fn ends(
        &mut self,
        source: Placement,
        step: &Step<'m>,
        called: Called,
    ) -> (Ends, Option<FromId>, FromId) {
        let secondary = between(step).map(|between| self.place(between, Shown::Aliased));
        let (target, from) = self.place_target(step, called);
        self.put_beside(target, source);
        let ends = Ends { source, secondary: secondary.map(|(placement, _)| placement), target };
        (ends, secondary.map(|(_, from)| from), from)
    }

    /// The same, the target placed before the secondary and both under a name of the same kind, but
    /// that the secondary takes an alias where subclasses are loaded along with the target. One that
    /// has the target among its tables is placed alone: its rows are the target's.
    pub(super) fn ends_target_first(
        &mut self,
        source: Placement,
        step: &Step<'m>,
        called: Called,
    ) -> (Ends, Option<FromId>, FromId) {
        let selectable = self.mapping.loaded_from(step.target);
        let around = between(step).filter(|_| called == Called::Plain);
        if let Some(around) = around.filter(|it| encloses(self.mapping, *it, selectable)) {
            let (secondary, from) = self.place(around, Shown::Plain);
            let target = self.part(secondary, selectable);
            return (Ends { source, secondary: Some(secondary), target }, None, from);
        }
        let (target, from) = self.place_target(step, called);
        self.put_beside(target, source);
        let has_others = self.mapping.entity(step.target).hierarchy.polymorphic.is_some();
        let shown = if has_others { Shown::Aliased } else { called.of_secondary() };
        let secondary = between(step).map(|between| self.place(between, shown));
        let ends = Ends { source, secondary: secondary.map(|(placement, _)| placement), target };
        (ends, secondary.map(|(_, from)| from), from)
    }
}

/// What stands between the two entities of a step.
pub(super) fn between(step: &Step<'_>) -> Option<SelectableId> {
    step.join.secondary()?;
    step.relationship.arguments.secondary.map(|secondary| secondary.value)
}
