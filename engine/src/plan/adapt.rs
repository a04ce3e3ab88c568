//! Conditions between placed selectables.
//!
//! A condition over one table on both sides can only be told apart by the roles of its occurrences.
//! Rules: `SQLAlchemy`'s `JoinCondition.join_targets`.

use rustc_hash::FxHashSet;

use super::build::Builder;
use super::list::List;
use super::model::{Order, Predicate, Use, Value};
use super::place::{PlaceId, Placement, Scope};
use super::request::Request;
use super::step::Step;
use crate::base::{ColumnId, ExprId};
use crate::graph::{Condition, Graph, Occurrence, OccurrenceIndex};
use crate::resolve::Sided;

/// Where the two ends of a step and what lies between them are placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) source: Placement,
    pub(super) secondary: Option<Placement>,
    pub(super) target: Placement,
}

impl Ends {
    /// What SQL about the related rows may name: the target, then the secondary.
    pub(super) fn scope(self) -> Scope {
        Scope { near: self.target, far: self.secondary.unwrap_or(Placement::NONE) }
    }
}

impl<'m> Builder<'m> {
    /// The primaryjoin of a step: to the secondary where there is one, else to the target.
    pub(super) fn primary(&mut self, step: &Step<'m>, ends: Ends) -> Predicate<'m> {
        let far = ends.secondary.unwrap_or(ends.target);
        Predicate::Condition(self.between(step.join.primary(), ends.source, far))
    }

    /// The secondaryjoin of a step, where there is a secondary.
    pub(super) fn secondary(&mut self, step: &Step<'m>, ends: Ends) -> Option<Predicate<'m>> {
        let (sided, secondary) = (step.join.secondary()?, ends.secondary?);
        let condition = &sided.condition;
        let values = self.values(condition, |builder, _, column| {
            let found = builder.located(ends.target, column);
            found.or_else(|| builder.located(secondary, column)).map(at)
        });
        Some(Predicate::Condition(Use { condition, values, scope: ends.scope() }))
    }

    /// What joins the target to what stands before it: its rows are the target entity's alone.
    pub(super) fn last_condition(&mut self, step: &Step<'m>, ends: Ends) -> List<Predicate<'m>> {
        let secondary = self.secondary(step, ends);
        let own = secondary.unwrap_or_else(|| self.primary(step, ends));
        let mark = self.plan.predicates.mark();
        self.plan.predicates.push(own);
        self.plan.predicates.add(self.criterion(step.target, ends.target));
        self.plan.predicates.since(mark)
    }

    /// An occurrence that is local, and not remote as well, is the near end's, any other the far
    /// end's. One whose end does not have its column is the other's.
    fn between(&mut self, sided: &'m Sided, source: Placement, far: Placement) -> Use<'m> {
        let condition = &sided.condition;
        let values = self.values(condition, |builder, index, column| {
            let is_near = sided.is_local(index) && !sided.is_remote(index);
            let (first, second) = if is_near { (source, far) } else { (far, source) };
            let found = builder.located(first, column);
            found.or_else(|| builder.located(second, column)).map(at)
        });
        Use { condition, values, scope: Scope { near: far, far: source } }
    }

    /// A value for each occurrence; those that belong to a subquery of the condition are left to it.
    fn values(
        &mut self,
        condition: &Condition,
        choose: impl Fn(&Self, OccurrenceIndex, ColumnId) -> Option<Value>,
    ) -> List<Value> {
        let enclosed = Enclosed::of(&self.mapping.graph, condition);
        let mark = self.plan.values.mark();
        for (index, occurrence) in condition.indexed() {
            let inside = enclosed.has(occurrence);
            let chosen = if inside { None } else { choose(self, index, occurrence.column) };
            self.plan.values.push(chosen.unwrap_or(Value::InScope));
        }
        self.plan.values.since(mark)
    }

    /// The order of a step's rows: the relationship's, else the target's.
    pub(super) fn step_order(&mut self, step: &Step<'m>, ends: Ends) -> List<Order> {
        let own = &step.relationship.arguments.order_by;
        let target = &self.mapping.entity(step.target).order_by;
        self.terms(if own.is_empty() { target } else { own }, ends.scope())
    }

    /// The order that is asked for, of a step's rows, or their own.
    pub(super) fn related_order(
        &mut self,
        request: &Request,
        step: &Step<'m>,
        ends: Ends,
    ) -> List<Order> {
        let asked = self.asked_order(request, self.mapping.entity(step.target), ends.target);
        asked.unwrap_or_else(|| self.step_order(step, ends))
    }

    /// The order of a step's rows; without one, that of the target's primary key: which rows are
    /// the first must not be left to chance.
    pub(super) fn first_order(&mut self, step: &Step<'m>, ends: Ends) -> List<Order> {
        let order = self.step_order(step, ends);
        if order.is_empty() {
            return self.key_order(self.mapping.entity(step.target), ends.target);
        }
        order
    }
}

fn at((place, column): (PlaceId, ColumnId)) -> Value {
    Value::Column(place, column)
}

/// The columns of a condition that belong to what a subquery in it selects from.
pub(super) struct Enclosed(Option<FxHashSet<ExprId>>);

impl Enclosed {
    pub(super) fn of(graph: &Graph, condition: &Condition) -> Self {
        Self(condition.root().map(|root| enclosed(graph, root)))
    }

    pub(super) fn has(&self, occurrence: Occurrence) -> bool {
        let own = occurrence.expr.zip(self.0.as_ref());
        own.is_some_and(|(expr, enclosed)| enclosed.contains(&expr))
    }
}

fn enclosed(graph: &Graph, root: ExprId) -> FxHashSet<ExprId> {
    let mut found = FxHashSet::default();
    for query in graph.walk(root).filter_map(|expr| graph.expr(expr).query()) {
        let from = graph.selected_from(query);
        let leaves: Vec<_> = from.iter().flat_map(|from| graph.leaves(*from)).collect();
        let own = |expr: &ExprId| {
            let column = graph.expr(*expr).column();
            column.is_some_and(|column| leaves.contains(&graph.column(column).selectable))
        };
        found.extend(graph.walk_query(query).filter(own));
    }
    found
}
