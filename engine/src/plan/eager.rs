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
    /// The columns of all that was joined.
    items: Vec<Item>,
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
    from: usize,
    /// Whether a backref made it.
    made: bool,
    /// The columns of the target, and then of the entities that are loaded with it.
    own: Vec<Item>,
    others: Vec<Item>,
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
            let items = self.target_items(join.step, ends.target, level).into_iter();
            let of_target = |item: &Item| item.feeds.is_some_and(|bound| bound.entity == target);
            let (own, others) = items.partition(of_target);
            levels.push(Level { from: join.from, made: join.step.made, own, others });
            order_by.extend(self.step_order(join.step, ends));
        }
        let mut from = root;
        for group in groups {
            from = match group.outer {
                Some((step, ends)) => self.attach(from, group.from, step, ends),
                None => group.from,
            };
        }
        Eager { from, items: in_order(base, levels), order_by }
    }

    /// Joins relationships to the first element that a SELECT selects from: the rows at the plan's
    /// last level.
    pub(super) fn join_to(&mut self, mut select: Select<'m>, joins: &[Joined<'m>]) -> Select<'m> {
        if let Some(first) = select.from.first_mut() {
            let eager = self.join_all(*first, joins);
            *first = eager.from;
            select.items.extend(eager.items);
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
fn in_order(base: usize, mut levels: Vec<Level>) -> Vec<Item> {
    let mut below = vec![Vec::new(); levels.len() + 1];
    for (i, level) in levels.iter().enumerate() {
        if let Some(below) = below.get_mut(level.from.saturating_sub(base)) {
            below.push((i, level.made));
        }
    }
    let of = |level: usize, made: bool| {
        let below = below.get(level).into_iter().flatten().rev();
        below.filter(move |below| below.1 == made).map(|below| Part::Level(below.0))
    };
    let mut open: Vec<_> = of(0, true).chain(of(0, false)).collect();
    let mut items = Vec::new();
    while let Some(part) = open.pop() {
        match part {
            Part::Level(i) => {
                open.push(Part::Others(i));
                open.extend(of(i + 1, true));
                open.push(Part::Own(i));
                open.extend(of(i + 1, false));
            }
            Part::Own(i) => {
                let own = levels.get_mut(i).map(|level| std::mem::take(&mut level.own));
                items.extend(own.unwrap_or_default());
            }
            Part::Others(i) => {
                let others = levels.get_mut(i).map(|level| std::mem::take(&mut level.others));
                items.extend(others.unwrap_or_default());
            }
        }
    }
    items
}
