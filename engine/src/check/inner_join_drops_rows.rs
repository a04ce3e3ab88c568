//! An inner join leaves out parents without a related row.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Dropped, EagerFault};

pub(super) static CODE: Code = Code {
    name: "inner_join_drops_rows",
    severity: Severity::Warning,
    page: include_str!("../../rules/inner_join_drops_rows.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let Clue::Eager(EagerFault::DropsRows(relationship, why)) = clue else { return None };
    let case = Case::of(scene, *relationship)?;
    let (parent, target) = (tick(case.entity()), tick(case.target()));
    let message =
        format!("inner join of {} drops each {parent} without {target}", tick(&case.path()));
    let given = case.relationship.arguments.innerjoin.and_then(|it| it.span);
    let finding =
        case.finding(&CODE, message).label(given.or(case.relationship.span), reason(case, why));
    let (places, other) = match why {
        Dropped::Nullable(columns) => {
            let places =
                columns.iter().map(|it| (scene.column_span(*it), "may be NULL".to_owned()));
            let columns = all(scene.columns(columns.iter().copied()));
            (places.collect(), format!(", or declare {columns} NOT NULL"))
        }
        Dropped::Unreferred | Dropped::Unpromised => (Vec::new(), String::new()),
    };
    // `"nested"` and `"unnested"` stand in quotes, which stay.
    let plain = given.filter(|span| scene.sources.slice(*span) == "true");
    let fix = plain.map(|span| mend::replace(span, "false", Applicability::Unsafe));
    Some(
        finding
            .with_labels(places)
            .help(format!("write `innerjoin = false`{other}"))
            .with_fixes(fix),
    )
}

fn reason(case: Case<'_>, why: &Dropped) -> String {
    match why {
        Dropped::Nullable(_) => "the reference may be missing".to_owned(),
        Dropped::Unreferred => format!("no {} has to be there", tick(case.target())),
        Dropped::Unpromised => "no foreign key promises the row".to_owned(),
    }
}
