//! When a name needs quotes, and how it is quoted.
//!
//! Rules: `SQLAlchemy`'s `IdentifierPreparer._requires_quotes`; that standard SQL has no `$` in a plain
//! name is ISO/IEC 9075-2, 5.2.

use super::dialect::Capabilities;

impl Capabilities {
    /// Whether a name is only safe in quotes: it is reserved, has upper case (which would be
    /// folded), or characters that no plain name has.
    pub(super) fn needs_quotes(&self, name: &str) -> bool {
        let mut bytes = name.bytes();
        let first =
            |byte: u8| byte.is_ascii_digit() || self.never_first.contains(&char::from(byte));
        let plain = |byte: u8| {
            matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')
                || self.marks.contains(&char::from(byte))
        };
        name.bytes().next().is_none_or(first) || !bytes.all(plain) || self.reserved.contains(name)
    }

    /// Whether a word is reserved, in any letter case.
    pub(crate) fn reserves(&self, word: &str) -> bool {
        self.reserved.contains(&word.to_lowercase())
    }

    /// Writes a name in quotes. No name has a null character, and a driver that reads no further
    /// than that would take the rest away: a name with one stays a name of nothing.
    pub(crate) fn write_quoted(&self, name: &str, out: &mut String) {
        let (open, close) = self.quotes;
        out.push(open);
        for char in name.chars() {
            match char {
                '\0' => out.push(char::REPLACEMENT_CHARACTER),
                _ if char == close => out.extend([close, close]),
                other => out.push(other),
            }
        }
        out.push(close);
    }

    /// Writes a name, in quotes where it needs them.
    pub(super) fn write_name(&self, name: &str, out: &mut String) {
        if self.needs_quotes(name) {
            self.write_quoted(name, out);
        } else {
            out.push_str(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialect::SqlDialect;
    use crate::base::Dialect;

    fn written(dialect: Dialect, name: &str) -> String {
        let mut out = String::new();
        dialect.capabilities().write_name(name, &mut out);
        out
    }

    #[test]
    fn names_are_quoted_where_they_must() {
        let cases = [
            (Dialect::Ansi, "address", "address"),
            (Dialect::Ansi, "user", "\"user\""),
            (Dialect::MySql, "user", "user"),
            (Dialect::MySql, "index", "`index`"),
            (Dialect::Ansi, "index", "index"),
            (Dialect::MsSql, "or]der", "[or]]der]"),
            (Dialect::Ansi, "Parent", "\"Parent\""),
            (Dialect::Ansi, "1st", "\"1st\""),
            (Dialect::Ansi, "$a", "\"$a\""),
            (Dialect::Ansi, "a$b", "\"a$b\""),
            (Dialect::Postgres, "a$b", "a$b"),
            (Dialect::MariaDb, "a$b", "a$b"),
            (Dialect::Postgres, "$a", "\"$a\""),
            (Dialect::Oracle, "_a", "\"_a\""),
            (Dialect::Postgres, "_a", "_a"),
            (Dialect::Ansi, "größe", "\"größe\""),
            (Dialect::Ansi, "a\"b\u{0}", "\"a\"\"b\u{fffd}\""),
            (Dialect::Ansi, "", "\"\""),
        ];
        for (dialect, name, expected) in cases {
            assert_eq!(written(dialect, name), expected, "{dialect}");
        }
    }
}
