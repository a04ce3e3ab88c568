//! A condition has foreign columns, but no `=` through which a flush could write them.

use super::case::Case;
use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::base::ColumnId;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::Evidence;

pub(super) static CODE: Code = Code {
    name: "no_simple_equality",
    severity: Severity::Error,
    page: include_str!("../../rules/no_simple_equality.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::NoSimpleEquality(side)) = clue.relationship()? else { return None };
    let message = format!("{} cannot be written: its join has no simple `=`", tick(&case.path()));
    let finding = case
        .finding(&CODE, message)
        .label(case.join_span(*side), "no `=` between a foreign column and what it refers to")
        .with_labels(foreign(case));
    let line = "viewonly = true";
    let sure = if is_sure(case) { Applicability::Safe } else { Applicability::Unsafe };
    let given = case.relationship.arguments.viewonly.is_some();
    let fix = if given { None } else { case.insert(line, sure) };
    Some(finding.help(format!("add `{line}`, or compare the columns by `=`")).with_fixes(fix))
}

fn foreign(case: Case<'_>) -> Vec<(Option<crate::text::Span>, String)> {
    let label = |column: &ColumnId| (case.scene.column_span(*column), "cannot be set".to_owned());
    case.answer.foreign_columns().iter().map(label).collect()
}

/// Whether a relationship that is only read would be without fault: it has pairs to be read by,
/// and nothing that is about writing.
fn is_sure(case: Case<'_>) -> bool {
    let arguments = &case.relationship.arguments;
    let reads = !case.answer.local_remote().is_empty() && case.answer.evidence.len() == 1;
    let writes = arguments.cascade.is_some()
        || arguments.post_update.is_some()
        || arguments.passive_deletes.is_some()
        || arguments.passive_updates.is_some()
        || arguments.active_history.is_some()
        || arguments.sync_backref.is_some();
    reads && !writes && !case.relationship.names_reverse() && case.answer.reverse().is_empty()
}
