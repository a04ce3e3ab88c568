//! Edits that mend: a further argument, another name, a role around a column.
//!
//! The places are inside strings of a document, so nothing is offered that would need escaping.

use super::scene::Scene;
use crate::base::ExprId;
use crate::entity::Relationship;
use crate::report::{Applicability, Diagnostic, Edit, Fix};
use crate::spec::string;
use crate::text::Span;

/// Gives a relationship a further argument, on a line of its own. Not possible in JSON.
pub(super) fn insert(
    relationship: &Relationship,
    title: String,
    argument: &str,
    applicability: Applicability,
) -> Option<Fix> {
    let edit = Edit { span: relationship.insert_at?, insert: format!("\n{argument}") };
    Some(Fix { title, applicability, edits: vec![edit] })
}

/// `key = ["a.x", "a.y"]`
pub(super) fn columns(key: &str, columns: &[String]) -> String {
    let quoted: Vec<_> = columns.iter().map(|column| string(column)).collect();
    format!("{key} = [{}]", quoted.join(", "))
}

/// `key = "value"`
pub(super) fn text(key: &str, value: &str) -> String {
    format!("{key} = {}", string(value))
}

/// Whether a dotted name means the same with and without quotes, in SQL and in strings.
pub(super) fn is_plain(name: &str) -> bool {
    let identifier = |part: &str| {
        let starts = part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        starts && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    name.split('.').all(identifier)
}

/// Whether a condition that was put together from names needs no quotes.
pub(super) fn is_condition(condition: &str) -> bool {
    let names = condition.split([' ', '=', '(', ')']).filter(|name| !name.is_empty());
    names.into_iter().all(is_plain)
}

/// Replaces a name that is wrong by the one that was meant, where both are plain and have the same
/// number of parts.
pub(super) fn rename(
    scene: &Scene<'_>,
    span: Option<Span>,
    name: &str,
    applicability: Applicability,
) -> Option<Fix> {
    let span = span?;
    let written = scene.sources.slice(span);
    let parts = |name: &str| name.split('.').count();
    let fits = is_plain(written) && is_plain(name) && parts(written) == parts(name);
    fits.then(|| replace(span, name, applicability))
}

/// Replaces a bare column name by its full one.
pub(super) fn qualify(
    scene: &Scene<'_>,
    span: Option<Span>,
    name: &str,
    applicability: Applicability,
) -> Option<Fix> {
    let span = span?;
    let fits = is_plain(scene.sources.slice(span)) && is_plain(name);
    fits.then(|| replace(span, name, applicability))
}

/// Takes an argument away with its line, where it stands on lines of its own; a comment behind it
/// stays. Not possible in JSON.
pub(super) fn remove(scene: &Scene<'_>, value: Span, key: &str) -> Option<Edit> {
    let (text, first) = scene.sources.around(value);
    let (start, end) = (value.bytes().start - first, value.bytes().end - first);
    let before = text.get(..start)?.trim_end_matches(['"', '\'', '\n', '\r']);
    let before = before.trim_end().strip_suffix('=')?.trim_end().strip_suffix(key)?;
    let indent = before.trim_end_matches([' ', '\t']);
    let behind = text.get(end..)?;
    let rest = behind.trim_start_matches(['"', '\'']);
    let line = rest.split_inclusive('\n').next().unwrap_or("");
    let remark = line.trim_start();
    let alone = (indent.is_empty() || indent.ends_with('\n'))
        && (remark.is_empty() || remark.starts_with('#'));
    let end = text.len() - rest.len() + line.len() - remark.len();
    let span = Span::new(value.source, first + indent.len(), first + end);
    alone.then(|| Edit { span, insert: String::new() })
}

/// Replaces what stands at `span`.
pub(super) fn replace(span: Span, text: &str, applicability: Applicability) -> Fix {
    let edits = vec![Edit { span, insert: text.to_owned() }];
    Fix { title: format!("replace by `{text}`"), applicability, edits }
}

/// Says to write the near name, where one exists, with its fix.
pub(super) fn write_nearest(
    diagnostic: Diagnostic,
    scene: &Scene<'_>,
    span: Option<Span>,
    nearest: Option<&str>,
    applicability: Applicability,
) -> Diagnostic {
    let Some(nearest) = nearest else { return diagnostic };
    let fix = rename(scene, span, nearest, applicability);
    diagnostic.help(format!("write `{nearest}`")).with_fixes(fix)
}

/// Puts `role(…)` around occurrences of columns.
pub(super) fn mark(
    scene: &Scene<'_>,
    role: &str,
    occurrences: &[ExprId],
    applicability: Applicability,
) -> Option<Fix> {
    let mut edits = Vec::new();
    for occurrence in occurrences {
        let span = scene.mapping.graph.span(*occurrence)?;
        let at = |offset: u32| Span { start: offset, end: offset, ..span };
        edits.push(Edit { span: at(span.start), insert: format!("{role}(") });
        edits.push(Edit { span: at(span.end), insert: ")".to_owned() });
    }
    let first = scene.mapping.graph.span(*occurrences.first()?)?;
    let title = format!("write `{role}({})`", scene.sources.slice(first));
    Some(Fix { title, applicability, edits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_identifiers_are_plain() {
        assert!(is_plain("customer.billing_id") && is_plain("_x9"));
        assert!(!is_plain("order item") && !is_plain("a.") && !is_plain("9x") && !is_plain(""));
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(columns("k", &["a\"b".into(), "c\n".into()]), r#"k = ["a\"b", "c\u000a"]"#);
    }
}
