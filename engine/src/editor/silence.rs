//! The edit that tells no more of a finding: its code in an `ignore`.

use super::Editor;
use crate::entity::Argument;
use crate::report::{Diagnostic, Edit};
use crate::text::Span;

impl Editor<'_> {
    /// Names a finding's code in the `ignore` of its relationship, else of its entity: at the end
    /// of the list that is there, else of a list of its own.
    pub(super) fn silence(&self, diagnostic: &Diagnostic) -> Option<Edit> {
        let (subject, mapping) = (&diagnostic.subject, self.subject.mapping);
        let id = mapping.find_entity(subject.entity.as_ref()?)?;
        let (ignore, span, line) = if let Some(name) = &subject.relationship {
            let id = mapping.find_relationship(id, mapping.names.find(name)?)?;
            let relationship = mapping.relationship(id);
            (&relationship.ignore, relationship.span?, relationship.insert_at)
        } else {
            let entity = mapping.entity(id);
            (&entity.ignore, entity.span?, self.behind_header(entity.span?))
        };
        let code = format!("\"{}\"", diagnostic.code);
        if let Some(last) = ignore.last() {
            return self.listed(last, &code);
        }
        let own_line = line.map(|span| Edit { span, insert: format!("\nignore = [{code}]") });
        own_line.or_else(|| self.opened(span, &code))
    }

    /// A further item of a list, on a line of its own where the last one has one.
    fn listed(&self, last: &Argument<String>, code: &str) -> Option<Edit> {
        let (before, behind) = self.around(last.span?)?;
        let opening = before.trim_end_matches(['"', '\'']);
        let quotes = before.len() - opening.len();
        let closed = behind.get(quotes..)?;
        let indent = opening.trim_end_matches([' ', '\t']);
        let separator = match opening.get(indent.len()..) {
            Some(indentation) if indent.ends_with('\n') => format!(",\n{indentation}"),
            _ => ", ".to_owned(),
        };
        let at = last.span?.end as usize + behind.len() - closed.len();
        Some(inserted(last.span?, at, format!("{separator}{code}")))
    }

    /// The end of the line of `[entity.Name]`.
    fn behind_header(&self, name: Span) -> Option<Span> {
        let (before, behind) = self.around(name)?;
        let line = before.rsplit('\n').next()?;
        let rest = behind.trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
        let remark = rest.strip_prefix(']')?.split('\n').next()?;
        let is_header = line.trim_start().starts_with('[') && !remark.starts_with(']');
        let end = name.end as usize + behind.len() - rest.len() + 1 + remark.trim_end().len();
        is_header.then(|| Span::new(name.source, end, end))
    }

    /// A first key in the braces behind a name: of JSON, or of an inline table.
    fn opened(&self, name: Span, code: &str) -> Option<Edit> {
        let (_, behind) = self.around(name)?;
        let rest = behind.trim_start_matches(['"', '\'']).trim_start();
        let (key, value) = match rest.strip_prefix(':') {
            Some(value) => ("\"ignore\": ", value),
            None => ("ignore = ", rest.strip_prefix('=')?),
        };
        let inside = value.trim_start().strip_prefix('{')?;
        let is_empty = inside.trim_start().starts_with('}');
        let at = name.end as usize + behind.len() - inside.len();
        let comma = if is_empty { "" } else { "," };
        let space = if inside.starts_with(char::is_whitespace) { "" } else { " " };
        Some(inserted(name, at, format!(" {key}[{code}]{comma}{space}")))
    }

    /// The texts before and behind a span.
    fn around(&self, span: Span) -> Option<(&str, &str)> {
        let text: &str = &self.subject.sources.get(span.source).text;
        Some((text.get(..span.start as usize)?, text.get(span.end as usize..)?))
    }
}

fn inserted(near: Span, at: usize, insert: String) -> Edit {
    Edit { span: Span::new(near.source, at, at), insert }
}
