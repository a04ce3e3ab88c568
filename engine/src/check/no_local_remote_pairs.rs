//! No comparison of a condition holds a local column against a remote one.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::base::ExprId;
use crate::graph::{BinaryOperator, Condition, Expr, Graph};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Evidence, Side};

pub(super) static CODE: Code = Code {
    name: "no_local_remote_pairs",
    severity: Severity::Error,
    page: include_str!("../../rules/no_local_remote_pairs.md"),
};

const COMPARE: &str = "compare a column of each side";

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::NoLocalRemotePairs) = clue.relationship()? else { return None };
    let message =
        format!("join of {} compares no local column with a remote one", tick(&case.path()));
    let finding = case
        .finding(&CODE, message)
        .label(case.join_span(Side::Primary), "no comparison between the two sides");
    let Some(condition) = case.condition(Side::Primary) else {
        return Some(finding.help(COMPARE));
    };
    let operators = operators(scene, condition);
    if !operators.is_empty() {
        let line = mend::columns("comparison_operators", &operators);
        return Some(finding.help(format!("add `{line}` at the top of the document")));
    }
    let remote = unmarked(case, condition);
    let marks = remote.iter().map(|(path, _)| format!("remote({path})"));
    let help = match remote.as_slice() {
        [] => COMPARE.to_owned(),
        _ => format!("mark the remote side: write {}", super::wording::any(marks)),
    };
    let fixes = remote
        .iter()
        .filter_map(|(_, expr)| mend::mark(scene, "remote", &[*expr], Applicability::Unsafe));
    Some(finding.help(help).with_fixes(fixes))
}

/// Custom operators that are not declared to compare.
fn operators(scene: &Scene<'_>, condition: &Condition) -> Vec<String> {
    let graph: &Graph = &scene.mapping.graph;
    let parts = condition.root().into_iter().flat_map(|root| graph.walk(root));
    let custom = parts.filter_map(|part| match graph.expr(part) {
        Expr::Binary {
            operator: BinaryOperator::Custom { operator, comparison: false }, ..
        } => Some(scene.mapping.names.text(*operator).to_owned()),
        _ => None,
    });
    let mut custom: Vec<_> = custom.collect();
    custom.sort_unstable();
    custom.dedup();
    custom
}

/// The occurrences of the target's columns that would make a pair with what they are compared with
/// if they were remote.
fn unmarked(case: Case<'_>, condition: &Condition) -> Vec<(String, ExprId)> {
    let mapping = case.scene.mapping;
    let target = mapping.entity(case.relationship.target).selectable;
    let parent = mapping.entity(case.relationship.entity).selectable;
    let within = |selectable, index| {
        let column = condition.column(index);
        column.is_some_and(|column| mapping.graph.contains(selectable, column))
    };
    let marked = |index| condition.remote().contains(index);
    let would_pair =
        |near, far| !marked(near) && !marked(far) && within(target, far) && within(parent, near);
    let named = condition.indexed().filter_map(|(index, occurrence)| {
        let pairs = condition.products().any(|product| {
            product.left == index && would_pair(product.right, index)
                || product.right == index && would_pair(product.left, index)
        });
        let path = mapping.column_path(occurrence.column);
        pairs.then_some((path, occurrence.expr?))
    });
    named.collect()
}
