//! Why did each decision fall as it did?
//!
//! Told when it is asked: a reason rests on nothing but the declarations and the answer.

use super::answer::{Answer, Join, Resolution, Side};
use super::reason::{Reason, Step};
use super::relationship::{given, search};
use super::setting::Setting;
use super::{direction, foreign, remote};
use crate::base::RelationshipId;
use crate::entity::{Arguments, Mapping, Relationship};

/// The reasons for the decisions about a relationship, in the order in which these fell.
pub fn reasons(mapping: &Mapping, resolution: &Resolution, id: RelationshipId) -> Vec<Reason> {
    let relationship = resolution.relationship(mapping, id);
    let Some(answer) = resolution.answer(id) else { return Vec::new() };
    let mut reasons = Vec::with_capacity(Step::COUNT);
    if !relationship.unreadable {
        let setting = Setting::new(mapping, relationship);
        reasons.extend(setting.sides().filter_map(|side| of_join(&setting, relationship, side)));
        if let Some(join) = &answer.join {
            reasons.extend(of_roles(&setting, relationship, join));
            reasons
                .extend(of_direction(&setting, relationship, answer, join).into_iter().flatten());
        }
        if let Some(maker) = resolution.made_by(mapping, id) {
            let made = mapping.relationship(maker).arguments.backref.as_deref();
            let own = made.map(|backref| &backref.arguments);
            reasons = reasons.into_iter().map(|it| reversed(it, own, maker)).collect();
        }
    }
    reasons.extend(answer.reverse().iter().copied().map(Reason::Reverse));
    reasons
}

fn of_join(setting: &Setting<'_>, relationship: &Relationship, side: Side) -> Option<Reason> {
    if given(relationship, side).is_some() {
        return Some(Reason::JoinGiven(side));
    }
    let chosen = search(setting, relationship, side).choice(setting.mapping)?;
    Some(Reason::JoinInferred(side, chosen.key))
}

fn of_roles(
    setting: &Setting<'_>,
    relationship: &Relationship,
    join: &Join,
) -> impl Iterator<Item = Reason> {
    let arguments = &relationship.arguments;
    let primary = join.primary();
    let source = foreign::source(&primary.condition, &arguments.foreign_keys);
    let secondary = join.secondary();
    let secondary = secondary.and_then(|sided| foreign::reason(setting, sided, source));
    let foreign = foreign::reason(setting, primary, source);
    let remote = remote::reason(setting, primary, &arguments.remote_side);
    [foreign, remote, secondary].into_iter().flatten()
}

fn of_direction(
    setting: &Setting<'_>,
    relationship: &Relationship,
    answer: &Answer,
    join: &Join,
) -> Option<[Reason; 2]> {
    answer.direction?;
    let (_, direction) = direction::direction(setting, join).ok()?;
    let uselist = match relationship.arguments.uselist {
        Some(uselist) => Reason::UselistGiven(uselist.value),
        None => Reason::UselistOfDirection(answer.uselist),
    };
    Some([direction, uselist])
}

/// A reason of a relationship that a backref made: what the backref does not give itself was taken
/// from its maker.
fn reversed(reason: Reason, own: Option<&Arguments>, maker: RelationshipId) -> Reason {
    let own = |side: Side| own.is_some_and(|own| side.given(own).is_some());
    match reason {
        Reason::JoinGiven(side) if !own(side) => Reason::JoinReversed(side, maker),
        Reason::ForeignMarked(columns) if !own(Side::Primary) => {
            Reason::ForeignReversed(columns, maker)
        }
        Reason::RemoteMarked(columns) if !own(Side::Primary) => {
            Reason::RemoteReversed(columns, maker)
        }
        other => other,
    }
}
