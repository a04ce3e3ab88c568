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
pub(super) struct Joining {
    groups: Vec<Group>,
    /// The rows that are joined to, and then each of the joined relationships.
    levels: Vec<Level>,
    open: Vec<Part>,
}

/// What is joined by inner joins: to the rows themselves, or on the right of an outer join.
#[derive(Debug)]
struct Group {
    from: FromId,
    /// The relationship whose outer join it goes to the right of, by its position.
    outer: Option<(usize, Ends)>,
}

/// What belongs to the rows that are joined to, or to one of the joined relationships.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// The group that it is in.
    group: usize,
    /// The last of the levels that lead on from it by relationships that are declared, and by those
    /// that backrefs made.
    declared: Option<usize>,
    made: Option<usize>,
    /// The level before it that leads on from the same one in the same way.
    before: Option<usize>,
    /// What was shown already, or the columns of the target.
    own: List<Shows>,
    /// Those of the entities that are loaded with it.
    others: List<Shows>,
    order_by: List<Order>,
}

/// A part of the columns that is yet to be listed.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// All of a level and what is joined to it.
    Level(usize),
    /// These.
    Listed(List<Shows>),
}

impl<'m> Builder<'m> {
    /// Joins relationships to the first element that a SELECT selects from: the rows at the plan's
    /// last level. Each gets a level of its own.
    pub(super) fn join_to(&mut self, select: &mut Select<'m>, joins: &[Joined<'m>]) {
        let root = self.plan.sources(select.from).first().copied();
        let Some(root) = root.filter(|_| !joins.is_empty()) else { return };
        let mut joining = std::mem::take(&mut self.joining);
        joining.begin(root, select);
        let from = self.join_all(&mut joining, root, joins);
        if let Some(first) = self.plan.sources.get_mut(select.from).first_mut() {
            *first = from;
        }
        select.items = joining.show_in_order(&mut self.plan.shown);
        let orders = &mut self.plan.orders;
        let mark = orders.mark();
        for level in &joining.levels {
            orders.repeat(level.order_by);
        }
        select.order_by = orders.since(mark);
        self.joining = joining;
    }

    fn join_all(&mut self, joining: &mut Joining, root: FromId, joins: &[Joined<'m>]) -> FromId {
        let base = self.plan.placed.len().saturating_sub(1);
        for (i, join) in joins.iter().enumerate() {
            let from = join.from.saturating_sub(base);
            let group = joining.levels.get(from).map_or(0, |level| level.group);
            let (group, ends) = self.join_one(&mut joining.groups, group, i, join);
            let level = self.plan.placed.len();
            self.plan.steps.push(join.step.followed(join.from));
            self.plan.placed.push(ends.target);
            let items = self.target_items(&join.step, ends.target, level);
            let target = Some(join.step.target);
            let (own, others) = self.plan.shown.split(items, |it| it.entity() == target);
            let order_by = self.step_order(&join.step, ends);
            let before = joining.follow(from, join.step.made);
            let (declared, made) = (None, None);
            joining.levels.push(Level { group, declared, made, before, own, others, order_by });
        }
        let mut from = root;
        for group in &joining.groups {
            let outer = group.outer.and_then(|(i, ends)| Some((&joins.get(i)?.step, ends)));
            from = match outer {
                Some((step, ends)) => self.attach(from, group.from, step, ends),
                None => group.from,
            };
        }
        from
    }

    /// Joins one relationship inside the group of what it leads on from, or as a group of its own.
    fn join_one(
        &mut self,
        groups: &mut Vec<Group>,
        group: usize,
        position: usize,
        join: &Joined<'m>,
    ) -> (usize, Ends) {
        let last = self.plan.placed.get(join.from).copied().unwrap_or(Placement::NONE);
        match groups.get_mut(group) {
            Some(group_of) if join.inner => {
                let chain = Chain { from: group_of.from, last };
                let (chain, ends) = self.join_inner(chain, &join.step, Called::Parts);
                group_of.from = chain.from;
                (group, ends)
            }
            _ => {
                let (right, ends) = self.far_side(last, &join.step, Called::Parts);
                groups.push(Group { from: right.from, outer: Some((position, ends)) });
                (groups.len() - 1, ends)
            }
        }
    }
}

impl Joining {
    fn begin(&mut self, root: FromId, select: &Select<'_>) {
        self.groups.clear();
        self.groups.push(Group { from: root, outer: None });
        self.levels.clear();
        self.levels.push(Level {
            group: 0,
            declared: None,
            made: None,
            before: None,
            own: select.items,
            others: List::EMPTY,
            order_by: select.order_by,
        });
    }

    /// Lets the next level lead on from one, by a relationship that a backref made or another;
    /// returns the one that did so before.
    fn follow(&mut self, from: usize, made: bool) -> Option<usize> {
        let next = self.levels.len();
        let level = self.levels.get_mut(from)?;
        if made { level.made.replace(next) } else { level.declared.replace(next) }
    }

    /// What was shown already, and then the columns of the joined levels. Relationships that are
    /// declared come before an entity's columns, those that backrefs add to it come after them, but
    /// before the columns of the entities that are loaded with it.
    fn show_in_order(&mut self, shown: &mut Lists<Shows>) -> List<Shows> {
        let mark = shown.mark();
        let Self { levels, open, .. } = self;
        let Some(rows) = levels.first() else { return shown.since(mark) };
        shown.repeat(rows.own);
        open.clear();
        open.extend(back_from(levels, rows.made));
        open.extend(back_from(levels, rows.declared));
        while let Some(part) = open.pop() {
            match part {
                Part::Level(level) => {
                    let Some(level) = levels.get(level) else { break };
                    open.push(Part::Listed(level.others));
                    open.extend(back_from(levels, level.made));
                    open.push(Part::Listed(level.own));
                    open.extend(back_from(levels, level.declared));
                }
                Part::Listed(list) => shown.repeat(list),
            }
        }
        shown.since(mark)
    }
}

/// A level and those before it that lead on from the same one in the same way.
fn back_from(levels: &[Level], last: Option<usize>) -> impl Iterator<Item = Part> {
    std::iter::successors(last, |at| levels.get(*at)?.before).map(Part::Level)
}
