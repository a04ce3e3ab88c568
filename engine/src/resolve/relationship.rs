//! One relationship, question by question.

use super::answer::{Answer, Direction, Evidence, Join, Side, Trouble};
use super::join::{Ledger, Search};
use super::setting::Setting;
use super::sided::{Sided, SidedRoles};
use super::{cascade, direction, foreign, local, remote, unique};
use crate::base::Seldom;
use crate::entity::{Load, Mapping, Relationship};
use crate::graph::{Condition, Roles};

/// The answer for a relationship on its own, without its reverse.
pub(super) fn answer(mapping: &Mapping, relationship: &Relationship) -> Answer {
    let mut answer = Answer::default();
    if !relationship.unreadable {
        let setting = Setting::new(mapping, relationship);
        let mut trouble = Trouble::default();
        check_arguments(relationship, &mut trouble.evidence);
        if let Some((primary, secondary)) = conditions(&setting, relationship, &mut trouble) {
            answer = decide(&setting, relationship, primary, secondary, &mut trouble.evidence);
        }
        trouble.evidence.extend(cascade::faults(relationship, answer.direction));
        answer.trouble = Seldom::new(trouble);
    }
    answer
}

fn check_arguments(relationship: &Relationship, evidence: &mut Vec<Evidence>) {
    let arguments = &relationship.arguments;
    let sync = arguments.sync_backref.is_some_and(|sync| sync.value);
    if arguments.back_populates.is_some() && arguments.backref.is_some() {
        evidence.push(Evidence::BackrefAndBackPopulates);
    }
    if relationship.is_viewonly() && sync {
        evidence.push(Evidence::ViewonlySyncBackref);
    }
    if arguments.secondaryjoin.is_some() && arguments.secondary.is_none() {
        evidence.push(Evidence::SecondaryjoinWithoutSecondary);
    }
}

/// The two conditions, given or inferred; nothing where one cannot be had.
fn conditions(
    setting: &Setting<'_>,
    relationship: &Relationship,
    trouble: &mut Trouble,
) -> Option<(Condition, Option<Condition>)> {
    let primary = condition(setting, relationship, Side::Primary, trouble);
    if setting.secondary.is_none() {
        let whole = relationship.arguments.secondaryjoin.is_none();
        return primary.filter(|_| whole).map(|primary| (primary, None));
    }
    let secondary = condition(setting, relationship, Side::Secondary, trouble);
    Some((primary?, Some(secondary?)))
}

fn condition(
    setting: &Setting<'_>,
    relationship: &Relationship,
    side: Side,
    trouble: &mut Trouble,
) -> Option<Condition> {
    if let Some(given) = given(relationship, side) {
        return Some(given.clone());
    }
    let search = search(setting, relationship, side);
    if let Some(chosen) = search.choice(setting.mapping) {
        return Some(chosen.condition());
    }
    let ledger = search.run(setting.mapping);
    trouble.evidence.push(missing(&ledger));
    trouble.searches.push(ledger);
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
    evidence: &mut Vec<Evidence>,
) -> Answer {
    let join = join(setting, relationship, primary, secondary, evidence);
    let mut answer = Answer::default();
    let foreign = foreign_faults(relationship, &join);
    match direction::direction(setting, &join) {
        _ if foreign.is_some() => evidence.extend(foreign),
        Err(undecided) => evidence.push(undecided),
        Ok(_) if join.facing().next().is_none() => {
            evidence.push(Evidence::NoLocalRemotePairs);
        }
        Ok((direction, _)) => {
            answer.direction = Some(direction);
            let given = relationship.arguments.uselist.map(|uselist| uselist.value);
            answer.uselist = given.unwrap_or(direction != Direction::ManyToOne);
            evidence.extend(uselist_fault(setting, relationship, &join, direction, answer.uselist));
            evidence.extend(misplaced(setting, &join));
        }
    }
    answer.join = Some(join);
    answer
}

fn join(
    setting: &Setting<'_>,
    relationship: &Relationship,
    primary: Condition,
    secondary: Option<Condition>,
    evidence: &mut Vec<Evidence>,
) -> Join {
    let listed = &relationship.arguments.foreign_keys;
    let source = foreign::source(&primary, listed);
    let foreign = foreign::foreign(setting, &primary, source, listed);
    let remote_side = &relationship.arguments.remote_side;
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
        let apart = apart(setting, relationship, Side::Secondary, &condition);
        Sided::new(condition, SidedRoles { foreign, remote, local: Roles::none(), apart })
    });
    let apart = apart(setting, relationship, Side::Primary, &primary);
    Join::new(Sided::new(primary, SidedRoles { foreign, remote, local, apart }), secondary)
}

/// The occurrences of columns that nothing maps. What is inferred joins columns of what is mapped.
fn apart(
    setting: &Setting<'_>,
    relationship: &Relationship,
    side: Side,
    condition: &Condition,
) -> Roles {
    given(relationship, side).map_or_else(Roles::none, |_| setting.apart(condition))
}

/// A relationship that is written needs an equality to write through; a viewonly one only needs to
/// know who refers. Rule: `SQLAlchemy`'s `_JoinCondition._check_foreign_cols`.
fn foreign_faults(relationship: &Relationship, join: &Join) -> Option<Evidence> {
    [Side::Primary, Side::Secondary].into_iter().find_map(|side| {
        let sided = join.side(side)?;
        let known = !sided.foreign().is_empty();
        match (relationship.is_viewonly(), known, sided.copied().next().is_some()) {
            (true, true, _) | (false, _, true) => None,
            (false, true, false) => Some(Evidence::NoSimpleEquality(side)),
            (_, false, _) => Some(Evidence::NoRelevantForeignColumns(side)),
        }
    })
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
fn misplaced(setting: &Setting<'_>, join: &Join) -> Option<Evidence> {
    let remote = join.facing().map(|(_, remote)| remote);
    let mut misplaced: Vec<_> =
        remote.filter(|column| setting.is_parent(*column) && !setting.is_target(*column)).collect();
    misplaced.sort_unstable();
    misplaced.dedup();
    (!misplaced.is_empty()).then_some(Evidence::RemoteColumnIsLocal(misplaced))
}
