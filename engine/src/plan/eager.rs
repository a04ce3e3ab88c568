//! Related rows that come along: a tree of relationships joined to the rows that a statement loads.
//!
//! Rules: `SQLAlchemy`'s `JoinedLoader._create_eager_join` and `_splice_nested_inner_join`: targets
//! always take an alias; an inner join after an outer one goes inside it, lest it drop what the
//! outer one kept.

use super::adapt::Ends;
use super::build::{Builder, Called};
use super::join::Chain;
use super::model::{FromId, Item, Order, Placement, Select};
use super::step::Step;

/// A relationship to join, with where it leads on from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined<'m> {
    pub(super) step: Step<'m>,
    /// The level of the plan that it leads on from: what is joined to, or an earlier one of these.
    pub(super) from: usize,
    /// Whether it drops rows that lead nowhere.
    pub(super) inner: bool,
}

/// What was joined.
struct Eager {
    from: FromId,
    levels: Vec<Level>,
    /// The orders, parents first.
    order_by: Vec<Order>,
}

/// What is joined by inner joins: to the rows themselves, or on the right of an outer join.
struct Group<'m> {
    from: FromId,
    /// The outer join that it goes to the right of.
    outer: Option<(Step<'m>, Ends)>,
}

/// What belongs to one of the joined relationships.
struct Level {
    /// Which of the levels it leads on from, counted from 1; 0 for the rows that were joined to.
    from: usize,
    /// Whether a backref made it.
    made: bool,
    /// The columns of the target, and then of the entities that are loaded with it.
    items: Vec<Item>,
    /// How many are the target's.
    own: usize,
}

impl<'m> Builder<'m> {
    /// Joins relationships to the rows at the plan's last level; each gets a level of its own.
    fn join_all(&mut self, root: FromId, joins: &[Joined<'m>]) -> Eager {
        let base = self.plan.placed.len().saturating_sub(1);
        let mut groups = vec![Group { from: root, outer: None }];
        let (mut group_of, mut levels, mut order_by) = (vec![0], Vec::new(), Vec::new());
        for join in joins {
            let group = group_of.get(join.from.saturating_sub(base)).copied().unwrap_or(0);
            let (group, ends) = self.join_one(&mut groups, group, *join);
            group_of.push(group);
            let level = self.plan.placed.len();
            self.plan.steps.push(join.step.followed(join.from));
            self.plan.placed.push(ends.target);
            let target = join.step.target;
            let mut items = self.target_items(join.step, ends.target, level);
            let of_target = |item: &Item| item.feeds.is_some_and(|bound| bound.entity == target);
            items.sort_by_key(|item| !of_target(item));
            let own = items.partition_point(of_target);
            let from = join.from.saturating_sub(base);
            levels.push(Level { from, made: join.step.made, items, own });
            order_by.extend(self.step_order(join.step, ends));
        }
        let mut from = root;
        for group in groups {
            from = match group.outer {
                Some((step, ends)) => self.attach(from, group.from, step, ends),
                None => group.from,
            };
        }
        Eager { from, levels, order_by }
    }

    /// Joins relationships to the first element that a SELECT selects from: the rows at the plan's
    /// last level.
    pub(super) fn join_to(&mut self, mut select: Select<'m>, joins: &[Joined<'m>]) -> Select<'m> {
        if let Some(first) = select.from.first_mut().filter(|_| !joins.is_empty()) {
            let eager = self.join_all(*first, joins);
            *first = eager.from;
            add_in_order(&eager.levels, &mut select.items);
            select.order_by.extend(eager.order_by);
        }
        select
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

/// A part of the columns that is yet to be listed.
enum Part {
    /// All of a level and what is joined to it.
    Level(usize),
    /// A level's own.
    Own(usize),
    /// Those of the entities that are loaded with a level's target.
    Others(usize),
}

/// The columns of joined levels. Relationships that are declared come before an entity's columns,
/// those that backrefs add to it come after them, but before the columns of the entities that are
/// loaded with it.
fn add_in_order(levels: &[Level], items: &mut Vec<Item>) {
    let mut below: Vec<_> =
        levels.iter().enumerate().map(|(i, level)| (level.from, level.made, i)).collect();
    below.sort_unstable();
    let of = |from: usize, made: bool| {
        let start = below.partition_point(|(f, m, _)| (*f, *m) < (from, made));
        let end = below.partition_point(|(f, m, _)| (*f, *m) <= (from, made));
        let of = below.get(start..end).unwrap_or_default().iter();
        of.rev().map(|(_, _, i)| Part::Level(*i))
    };
    let mut open: Vec<_> = of(0, true).chain(of(0, false)).collect();
    items.reserve(levels.iter().map(|level| level.items.len()).sum());
    while let Some(part) = open.pop() {
        match part {
            Part::Level(i) => {
                open.push(Part::Others(i));
                open.extend(of(i + 1, true));
                open.push(Part::Own(i));
                open.extend(of(i + 1, false));
            }
            Part::Own(i) => {
                let own = levels.get(i).and_then(|level| level.items.get(..level.own));
                items.extend_from_slice(own.unwrap_or_default());
            }
            Part::Others(i) => {
                let others = levels.get(i).and_then(|level| level.items.get(level.own..));
                items.extend_from_slice(others.unwrap_or_default());
            }
        }
    }
}
