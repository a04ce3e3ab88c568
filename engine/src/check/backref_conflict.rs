//! The name that a backref asks for is taken on its target.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::{BackrefConflict, Evidence};

pub(super) static CODE: Code = Code {
    name: "backref_conflict",
    severity: Severity::Error,
    page: include_str!("../../rules/backref_conflict.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::BackrefConflict(conflict)) = clue.relationship()? else { return None };
    let backref = case.relationship.arguments.backref.as_ref()?;
    let taken = format!("{}.{}", case.target(), scene.mapping.names.text(backref.name.value));
    let message = format!("backref of {} is taken: {}", tick(&case.path()), tick(&taken));
    let (place, what) = match conflict {
        BackrefConflict::Relationship(id) => (scene.relationship(*id).span, "has the name"),
        BackrefConflict::Rival(id) => {
            let rival = &scene.relationship(*id).arguments.backref;
            (rival.as_ref().and_then(|it| it.name.span), "asks for it too")
        }
        BackrefConflict::Attribute => {
            let target = case.relationship.target;
            (scene.attribute_span(target, backref.name.value), "an attribute has the name")
        }
    };
    let finding = case
        .finding(&CODE, message)
        .label(backref.name.span.or(case.relationship.span), "asks for a name that is taken")
        .label(place, what);
    let line = mend::text("back_populates", scene.mapping.names.text(backref.name.value));
    let reverse = mend::text("back_populates", case.name());
    Some(finding.help(match conflict {
        BackrefConflict::Relationship(_) => {
            format!("write `{line}` instead of `backref`, and `{reverse}` in {}", tick(&taken))
        }
        _ => "give the backref another name".to_owned(),
    }))
}
