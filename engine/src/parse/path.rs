//! Dotted names outside SQL: `customer.id`, `"user".user_id`, `Entity.attribute`.

use super::defect::{Defect, DefectKind};
use super::scope::Part;
use crate::base::Dialect;
use crate::text::{Fragment, Span};

/// One part of a dotted name, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathPart {
    /// The name without quotes.
    pub text: String,
    /// Whether it was quoted.
    pub quoted: bool,
    /// Its place, quotes included.
    pub span: Span,
}

impl PathPart {
    /// The part as a [`Scope`](super::Scope) takes it.
    pub fn as_part(&self) -> Part<'_> {
        Part { text: &self.text, quoted: self.quoted }
    }
}

/// Reads a dotted name. Double quotes quote a part in every dialect, backticks and square brackets
/// in those that have them; a quote inside is doubled.
///
/// # Errors
/// A [`DefectKind::Syntax`] where a part is missing, malformed or not closed.
///
/// ```
/// use joinwright::base::Dialect;
/// use joinwright::parse::path;
/// use joinwright::text::{Fragment, Sources};
/// let mut sources = Sources::new();
/// let id = sources.add("model", r#""user".id"#);
/// let parts = path(&Fragment::verbatim(id, r#""user".id"#, 0), Dialect::Ansi).unwrap();
/// assert_eq!(parts[0].text, "user");
/// assert!(parts[0].quoted);
/// assert_eq!(sources.slice(parts[1].span), "id");
/// ```
pub fn path(fragment: &Fragment<'_>, dialect: Dialect) -> Result<Vec<PathPart>, Defect> {
    let mut reader = Reader { fragment, dialect, at: 0 };
    let mut parts = vec![reader.part()?];
    while reader.dot()? {
        parts.push(reader.part()?);
    }
    Ok(parts)
}

struct Reader<'r> {
    fragment: &'r Fragment<'r>,
    dialect: Dialect,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.fragment.text().get(self.at..).unwrap_or("")
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Whether a dot leads to a further part, rather than the text being at its end.
    fn dot(&mut self) -> Result<bool, Defect> {
        self.skip_space();
        match self.rest().chars().next() {
            None => Ok(false),
            Some('.') => {
                self.at += 1;
                Ok(true)
            }
            Some(_) => Err(self.expected("`.` or the end of the name")),
        }
    }

    fn part(&mut self) -> Result<PathPart, Defect> {
        self.skip_space();
        let start = self.at;
        let quote = self.rest().chars().next().and_then(|open| closing_quote(open, self.dialect));
        let text = match quote {
            Some(close) => self.quoted(close)?,
            None => self.plain()?,
        };
        let span = self.fragment.span(start, self.at);
        Ok(PathPart { text, quoted: quote.is_some(), span })
    }

    fn plain(&mut self) -> Result<String, Defect> {
        let len = self.rest().find(|c| !is_name_character(c)).unwrap_or(self.rest().len());
        let name = self.rest().get(..len).filter(|name| !name.is_empty()).map(str::to_owned);
        let name = name.ok_or_else(|| self.expected("a name"))?;
        self.at += len;
        Ok(name)
    }

    fn quoted(&mut self, close: char) -> Result<String, Defect> {
        let (mut text, mut chars) = (String::new(), self.rest().char_indices().skip(1).peekable());
        while let Some((at, c)) = chars.next() {
            if c != close {
                text.push(c);
            } else if chars.next_if(|(_, next)| *next == close).is_some() {
                text.push(close);
            } else {
                self.at += at + close.len_utf8();
                return Ok(text);
            }
        }
        Err(self.expected(&format!("a name that ends with `{close}`")))
    }

    fn expected(&self, what: &str) -> Defect {
        let end = self.fragment.text().trim_end().len().max(self.at);
        let found = self.rest().trim_end();
        let found = if found.is_empty() { "the end".into() } else { format!("`{found}`") };
        let message = format!("expected {what}, found {found}");
        Defect { kind: DefectKind::Syntax { message }, span: self.fragment.span(self.at, end) }
    }
}

fn closing_quote(open: char, dialect: Dialect) -> Option<char> {
    let backticks = matches!(dialect, Dialect::MySql | Dialect::MariaDb | Dialect::Sqlite);
    let brackets = matches!(dialect, Dialect::MsSql | Dialect::Sqlite);
    match open {
        '"' => Some('"'),
        '`' if backticks => Some('`'),
        '[' if brackets => Some(']'),
        _ => None,
    }
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '@') || !c.is_ascii() && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn read(text: &str, dialect: Dialect) -> Result<Vec<(String, bool, String)>, String> {
        let mut sources = Sources::new();
        let id = sources.add("model", text);
        let parts = path(&Fragment::verbatim(id, text, 0), dialect);
        let slice = |part: PathPart| (part.text, part.quoted, sources.slice(part.span).to_owned());
        let parts = parts.map(|parts| parts.into_iter().map(slice).collect());
        parts.map_err(|defect| sources.slice(defect.span).to_owned())
    }

    fn part(text: &str, written: &str) -> (String, bool, String) {
        (text.into(), text != written, written.into())
    }

    #[test]
    fn parts_are_unquoted_and_keep_their_place() {
        let parts = read(" s1.\"a \"\"b\"\"\" . größe ", Dialect::Ansi).unwrap();
        assert_eq!(
            parts,
            [part("s1", "s1"), part("a \"b\"", "\"a \"\"b\"\"\""), part("größe", "größe")]
        );
    }

    #[test]
    fn each_dialect_has_its_quotes() {
        assert_eq!(read("`a`.b", Dialect::MySql).unwrap()[0], part("a", "`a`"));
        assert_eq!(read("[a]]b].c", Dialect::MsSql).unwrap()[0], part("a]b", "[a]]b]"));
        assert_eq!(read("[a].b", Dialect::Postgres), Err("[a].b".into()));
    }

    #[test]
    fn a_missing_part_is_an_error_where_it_should_stand() {
        assert_eq!(read("a.", Dialect::Ansi), Err(String::new()));
        assert_eq!(read("a..b", Dialect::Ansi), Err(".b".into()));
        assert_eq!(read("a b", Dialect::Ansi), Err("b".into()));
        assert_eq!(read("a.\"b", Dialect::Ansi), Err("\"b".into()));
    }
}
