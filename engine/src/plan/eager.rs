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
    /// The levels, those together that lead on from one, and of these those that a backref made.
    below: Vec<(usize, bool, usize)>,
    /// Where among these those begin that lead on from the rows that are joined to, and from each
    /// level.
    starts: Vec<usize>,
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
    /// Which of the levels it leads on from, counted from 1; 0 for the rows that were joined to.
    from: usize,
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
    pub(super) fn join_to(&mut self, select: Select<'m>, joins: &[Joined<'m>]) -> Select<'m> {
        let root = self.plan.sources(select.from).first().copied();
        let Some(root) = root.filter(|_| !joins.is_empty()) else { return select };
        let mut joining = std::mem::take(&mut self.joining);
        let from = self.join_all(&mut joining, root, joins);
        if let Some(first) = self.plan.sources.get_mut(select.from).first_mut() {
            *first = from;
        }
        let items = joining.show_in_order(&mut self.plan.shown, select.items);
        let mark = self.plan.orders.mark();
        let orders = joining.levels.iter().map(|level| level.order_by);
        for list in std::iter::once(select.order_by).chain(orders) {
            self.plan.orders.repeat(list);
        }
        self.joining = joining;
        Select { items, order_by: self.plan.orders.since(mark), ..select }
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
            joining.levels.push(Level {
                from,
                made: join.step.made,
                target: join.step.target,
                items: self.target_items(join.step, ends.target, level),
                order_by: self.step_order(join.step, ends),
            });
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
    }

    /// What was shown already, and then the columns of the joined levels. Relationships that are
    /// declared come before an entity's columns, those that backrefs add to it come after them, but
    /// before the columns of the entities that are loaded with it.
    fn show_in_order(&mut self, shown: &mut Lists<Shows>, first: List<Shows>) -> List<Shows> {
        self.below.clear();
        let levels = self.levels.iter().enumerate();
        self.below.extend(levels.map(|(i, level)| (level.from, level.made, i)));
        self.below.sort_unstable();
        self.starts.clear();
        self.starts.reserve(self.levels.len() + 2);
        for (i, (from, _, _)) in self.below.iter().enumerate() {
            self.starts.resize(from + 1, i);
        }
        self.starts.resize(self.levels.len() + 2, self.below.len());
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
        let ends = self.starts.get(from).zip(self.starts.get(from + 1));
        let levels = ends.and_then(|(start, end)| self.below.get(*start..*end));
        for (_, _, i) in levels.unwrap_or_default().iter().rev().filter(|it| it.1 == made) {
            self.open.push(Part::Level(*i));
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
