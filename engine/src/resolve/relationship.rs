//! One relationship, question by question.

use super::answer::{Answer, Direction, Evidence, Join, Side, Sided};
use super::join::{Ledger, Search};
use super::setting::Setting;
use super::{cascade, direction, foreign, local, pairs, remote, unique};
use crate::base::ColumnId;
use crate::entity::{Load, Mapping, Relationship};
use crate::graph::{Condition, Roles};

/// The answer for a relationship on its own, without its reverse.
pub(super) fn answer(mapping: &Mapping, relationship: &Relationship) -> Answer {
    let mut answer = Answer::default();
    if !relationship.unreadable {
        let setting = Setting::new(mapping, relationship);
        check_arguments(relationship, &mut answer);
        if let Some((primary, secondary)) = conditions(&setting, relationship, &mut answer) {
            decide(&setting, relationship, primary, secondary, &mut answer);
        }
        answer.evidence.extend(cascade::faults(relationship, answer.direction));
    }
    answer
}

fn check_arguments(relationship: &Relationship, answer: &mut Answer) {
    let arguments = &relationship.arguments;
    let sync = arguments.sync_backref.is_some_and(|sync| sync.value);
    if arguments.back_populates.is_some() && arguments.backref.is_some() {
        answer.evidence.push(Evidence::BackrefAndBackPopulates);
    }
    if relationship.is_viewonly() && sync {
        answer.evidence.push(Evidence::ViewonlySyncBackref);
    }
    if arguments.secondaryjoin.is_some() && arguments.secondary.is_none() {
        answer.evidence.push(Evidence::SecondaryjoinWithoutSecondary);
    }
}

/// The two conditions, given or inferred; nothing where one cannot be had.
fn conditions(
    setting: &Setting<'_>,
    relationship: &Relationship,
    answer: &mut Answer,
) -> Option<(Condition, Option<Condition>)> {
    let primary = condition(setting, relationship, Side::Primary, answer);
    if setting.secondary.is_none() {
        let whole = relationship.arguments.secondaryjoin.is_none();
        return primary.filter(|_| whole).map(|primary| (primary, None));
    }
    let secondary = condition(setting, relationship, Side::Secondary, answer);
    Some((primary?, Some(secondary?)))
}

fn condition(
    setting: &Setting<'_>,
    relationship: &Relationship,
    side: Side,
    answer: &mut Answer,
) -> Option<Condition> {
    if let Some(given) = given(relationship, side) {
        return Some(given.clone());
    }
    let search = search(setting, relationship, side);
    if let Some(chosen) = search.choice(setting.mapping) {
        return Some(chosen.condition());
    }
    let ledger = search.run(setting.mapping);
    answer.evidence.push(missing(&ledger));
    answer.searches.push(ledger);
    None
}

pub(super) fn given(relationship: &Relationship, side: Side) -> Option<&Condition> {
    side.given(&relationship.arguments).map(|given| &given.value)
}

pub(super) fn search<'r>(
    setting: &Setting<'_>,
    relationship: &'r Relationship,
    side: Side,
) -> Search<'r> {
    let (left, own) = match side {
        Side::Primary => (setting.parent, setting.parent_own),
        Side::Secondary => (setting.target, setting.target_own),
    };
    let listed = &relationship.arguments.foreign_keys;
    Search { side, left, own, right: setting.secondary.unwrap_or(setting.target), listed }
}

/// How the joins of a relationship that are not given are looked for, with every foreign key of
/// either side. Nothing for one whose arguments could not be understood.
pub fn searches(mapping: &Mapping, relationship: &Relationship) -> Vec<Ledger> {
    if relationship.unreadable {
        return Vec::new();
    }
    let setting = Setting::new(mapping, relationship);
    let inferred = setting.sides().filter(|side| given(relationship, *side).is_none());
    inferred.map(|side| search(&setting, relationship, side).run(mapping)).collect()
}

fn missing(ledger: &Ledger) -> Evidence {
    if ledger.is_ambiguous() {
        Evidence::AmbiguousForeignKeys(ledger.side)
    } else {
        Evidence::NoForeignKeys(ledger.side)
    }
}

/// Roles, pairs, direction: each rests on the ones before.
fn decide(
    setting: &Setting<'_>,
    relationship: &Relationship,
    primary: Condition,
    secondary: Option<Condition>,
    answer: &mut Answer,
) {
    let join = join(setting, relationship, primary, secondary, answer);
    answer.pairs = pairs::pairs(setting, &join);
    let foreign = foreign_faults(relationship, &join, answer);
    match direction::direction(setting, &join) {
        _ if foreign.is_some() => answer.evidence.extend(foreign),
        Err(evidence) => answer.evidence.push(evidence),
        Ok(_) if answer.pairs.local_remote.is_empty() => {
            answer.evidence.push(Evidence::NoLocalRemotePairs);
        }
        Ok((direction, _)) => {
            answer.direction = Some(direction);
            finish(setting, relationship, &join, direction, answer);
        }
    }
    answer.join = Some(join);
}

fn join(
    setting: &Setting<'_>,
    relationship: &Relationship,
    primary: Condition,
    secondary: Option<Condition>,
    answer: &mut Answer,
) -> Join {
    let listed = &relationship.arguments.foreign_keys;
    let source = foreign::source(&primary, listed);
    let foreign = foreign::foreign(setting, &primary, source, listed);
    let remote_side = &relationship.arguments.remote_side;
    let evidence = &mut answer.evidence;
    let remote = remote::of_primary(setting, &primary, &foreign, remote_side, evidence);
    let local = local::local(setting, &primary, &remote);
    let marked = !primary.remote().is_empty();
    let secondary = secondary.map(|condition| {
        let foreign = foreign::foreign(setting, &condition, source, listed);
        let remote = if marked {
            condition.remote().clone()
        } else {
            remote::of_secondary(setting, &condition)
        };
        Box::new(Sided { condition, foreign, remote, local: Roles::none() })
    });
    Join { primary: Sided { condition: primary, foreign, remote, local }, secondary }
}

/// A relationship that is written needs an equality to write through; a viewonly one only needs to
/// know who refers. Rule: `SQLAlchemy`'s `_JoinCondition._check_foreign_cols`.
fn foreign_faults(relationship: &Relationship, join: &Join, answer: &Answer) -> Option<Evidence> {
    let fault = |side, sided: &Sided, synchronized: bool| {
        let known = !sided.foreign.is_empty();
        match (relationship.is_viewonly(), known, synchronized) {
            (true, true, _) | (false, _, true) => None,
            (false, true, false) => Some(Evidence::NoSimpleEquality(side)),
            (_, false, _) => Some(Evidence::NoRelevantForeignColumns(side)),
        }
    };
    let pairs = &answer.pairs;
    fault(Side::Primary, &join.primary, !pairs.synchronize.is_empty()).or_else(|| {
        let secondary = join.secondary.as_ref()?;
        fault(Side::Secondary, secondary, !pairs.secondary_synchronize.is_empty())
    })
}

fn finish(
    setting: &Setting<'_>,
    relationship: &Relationship,
    join: &Join,
    direction: Direction,
    answer: &mut Answer,
) {
    let given = relationship.arguments.uselist.map(|uselist| uselist.value);
    answer.uselist = given.unwrap_or(direction != Direction::ManyToOne);
    answer.evidence.extend(uselist_fault(setting, relationship, join, direction, answer.uselist));
    let misplaced = misplaced(setting, answer);
    if !misplaced.is_empty() {
        answer.evidence.push(Evidence::RemoteColumnIsLocal(misplaced));
    }
}

/// What is wrong with holding one, or many.
fn uselist_fault(
    setting: &Setting<'_>,
    relationship: &Relationship,
    join: &Join,
    direction: Direction,
    uselist: bool,
) -> Option<Evidence> {
    let load = relationship.arguments.load.map(|load| load.value);
    let written_only = matches!(load, Some(Load::WriteOnly | Load::Dynamic));
    if written_only {
        let scalar = !uselist || direction == Direction::ManyToOne;
        return scalar.then_some(Evidence::WriteOnlyOnScalar);
    }
    match (uselist, direction) {
        (true, _) => unique::is_at_most_one(setting, join).then_some(Evidence::CollectionOfOne),
        (false, Direction::ManyToOne) => None,
        (false, _) => {
            let gap = unique::proof(setting, join).err().filter(|gap| !gap.is_empty());
            gap.map(Evidence::ScalarOfMany)
        }
    }
}

/// The remote columns of pairs that only the parent has.
fn misplaced(setting: &Setting<'_>, answer: &Answer) -> Vec<ColumnId> {
    let remote = answer.pairs.local_remote.iter().map(|(_, remote)| *remote);
    let mut misplaced: Vec<_> =
        remote.filter(|column| setting.is_parent(*column) && !setting.is_target(*column)).collect();
    misplaced.sort_unstable();
    misplaced.dedup();
    misplaced
}
