//! Related rows that come along: a tree of relationships joined to the rows that a statement loads.
//!
//! Rules: `SQLAlchemy`'s `JoinedLoader._create_eager_join` and `_splice_nested_inner_join`: targets
//! always take an alias; an inner join after an outer one goes inside it, lest it drop what the
//! outer one kept.

use super::adapt::Ends;
use super::build::{Builder, Called};
use super::join::Chain;
use super::list::{List, Lists};
use super::model::{FromId, Order, Select};
use super::place::Placement;
use super::row::Shows;
use super::step::Step;
use crate::base::EntityId;

/// A relationship to join, with where it leads on from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined<'m> {
    pub(super) step: Step<'m>,
    /// The level of the plan that it leads on from: what is joined to, or an earlier one of these.
    pub(super) from: usize,
    /// Whether it drops rows that lead nowhere.
    pub(super) inner: bool,
}

/// What is being joined.
#[derive(Debug, Default)]
pub(super) struct Joining<'m> {
    groups: Vec<Group<'m>>,
    /// For the rows that are joined to, and for each level, the group that it is in.
    group_of: Vec<usize>,
    levels: Vec<Level>,
    /// For the rows that are joined to, and for each level, the last level that leads on from there.
    last: Vec<Option<usize>>,
    open: Vec<Part>,
}

/// What is joined by inner joins: to the rows themselves, or on the right of an outer join.
#[derive(Debug)]
struct Group<'m> {
    from: FromId,
    /// The outer join that it goes to the right of.
    outer: Option<(Step<'m>, Ends)>,
}

/// What belongs to one of the joined relationships.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// The level before it that leads on from the same one.
    before: Option<usize>,
    /// Whether a backref made it.
    made: bool,
    target: EntityId,
    /// The columns of the target, and of the entities that are loaded with it.
    items: List<Shows>,
    order_by: List<Order>,
}

/// A part of the columns that is yet to be listed.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// All of a level and what is joined to it.
    Level(usize),
    /// A level's own.
    Own(usize),
    /// Those of the entities that are loaded with a level's target.
    Others(usize),
}

impl<'m> Builder<'m> {
    /// Joins relationships to the first element that a SELECT selects from: the rows at the plan's
    /// last level. Each gets a level of its own.
    pub(super) fn join_to(&mut self, select: &mut Select<'m>, joins: &[Joined<'m>]) {
        let root = self.plan.sources(select.from).first().copied();
        let Some(root) = root.filter(|_| !joins.is_empty()) else { return };
        let mut joining = std::mem::take(&mut self.joining);
        let from = self.join_all(&mut joining, root, joins);
        if let Some(first) = self.plan.sources.get_mut(select.from).first_mut() {
            *first = from;
        }
        select.items = joining.show_in_order(&mut self.plan.shown, select.items);
        let mark = self.plan.orders.mark();
        let orders = joining.levels.iter().map(|level| level.order_by);
        for list in std::iter::once(select.order_by).chain(orders) {
            self.plan.orders.repeat(list);
        }
        select.order_by = self.plan.orders.since(mark);
        self.joining = joining;
    }

    fn join_all(
        &mut self,
        joining: &mut Joining<'m>,
        root: FromId,
        joins: &[Joined<'m>],
    ) -> FromId {
        let base = self.plan.placed.len().saturating_sub(1);
        joining.begin(root);
        for join in joins {
            let from = join.from.saturating_sub(base);
            let group = joining.group_of.get(from).copied().unwrap_or(0);
            let (group, ends) = self.join_one(&mut joining.groups, group, *join);
            joining.group_of.push(group);
            let level = self.plan.placed.len();
            self.plan.steps.push(join.step.followed(join.from));
            self.plan.placed.push(ends.target);
            let items = self.target_items(join.step, ends.target, level);
            let order_by = self.step_order(join.step, ends);
            joining.add_level(from, join.step, items, order_by);
        }
        let mut from = root;
        for group in &joining.groups {
            from = match group.outer {
                Some((step, ends)) => self.attach(from, group.from, step, ends),
                None => group.from,
            };
        }
        from
    }

    /// Joins one relationship inside the group of what it leads on from, or as a group of its own.
    fn join_one(
        &mut self,
        groups: &mut Vec<Group<'m>>,
        group: usize,
        join: Joined<'m>,
    ) -> (usize, Ends) {
        let last = self.plan.placed.get(join.from).copied().unwrap_or(Placement::NONE);
        match groups.get_mut(group) {
            Some(group_of) if join.inner => {
                let chain = Chain { from: group_of.from, last };
                let (chain, ends) = self.join_inner(chain, join.step, Called::Parts);
                group_of.from = chain.from;
                (group, ends)
            }
            _ => {
                let (right, ends) = self.far_side(last, join.step, Called::Parts);
                groups.push(Group { from: right.from, outer: Some((join.step, ends)) });
                (groups.len() - 1, ends)
            }
        }
    }
}

impl Joining<'_> {
    fn begin(&mut self, root: FromId) {
        self.groups.clear();
        self.groups.push(Group { from: root, outer: None });
        self.group_of.clear();
        self.group_of.push(0);
        self.levels.clear();
        self.last.clear();
        self.last.push(None);
    }

    /// Adds what belongs to a step that leads on from a level, counted from 1, or from the rows that
    /// are joined to.
    fn add_level(
        &mut self,
        from: usize,
        step: Step<'_>,
        items: List<Shows>,
        order_by: List<Order>,
    ) {
        let level = self.levels.len();
        let before = self.last.get_mut(from).and_then(|last| last.replace(level));
        let (made, target) = (step.made, step.target);
        self.levels.push(Level { before, made, target, items, order_by });
        self.last.push(None);
    }

    /// What was shown already, and then the columns of the joined levels. Relationships that are
    /// declared come before an entity's columns, those that backrefs add to it come after them, but
    /// before the columns of the entities that are loaded with it.
    fn show_in_order(&mut self, shown: &mut Lists<Shows>, first: List<Shows>) -> List<Shows> {
        let mark = shown.mark();
        shown.repeat(first);
        self.open.clear();
        self.open_below(0, true);
        self.open_below(0, false);
        while let Some(part) = self.open.pop() {
            match part {
                Part::Level(i) => {
                    self.open.push(Part::Others(i));
                    self.open_below(i + 1, true);
                    self.open.push(Part::Own(i));
                    self.open_below(i + 1, false);
                }
                Part::Own(i) => self.show_level(shown, i, true),
                Part::Others(i) => self.show_level(shown, i, false),
            }
        }
        shown.since(mark)
    }

    /// Opens the levels that lead on from one, those that a backref made or the others.
    fn open_below(&mut self, from: usize, made: bool) {
        let mut next = self.last.get(from).copied().flatten();
        while let Some((i, level)) = next.and_then(|i| Some((i, self.levels.get(i)?))) {
            if level.made == made {
                self.open.push(Part::Level(i));
            }
            next = level.before;
        }
    }

    /// Shows the columns of a level's target, or the others.
    fn show_level(&self, shown: &mut Lists<Shows>, level: usize, own: bool) {
        let Some(Level { items, target, .. }) = self.levels.get(level) else { return };
        for i in 0..shown.get(*items).len() {
            let one = shown.get(*items).get(i).copied();
            if let Some(one) = one.filter(|one| (one.entity() == Some(*target)) == own) {
                shown.push(one);
            }
        }
    }
}
