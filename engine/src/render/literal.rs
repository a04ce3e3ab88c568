//! Values written into the text.

use super::dialect::{Backslash, Capabilities};
use crate::graph::Literal;

impl Capabilities {
    /// Writes a value.
    pub(super) fn write_literal(&self, literal: &Literal, out: &mut String) {
        match literal {
            Literal::Null => out.push_str("NULL"),
            Literal::Boolean(true) => out.push_str(self.booleans.0),
            Literal::Boolean(false) => out.push_str(self.booleans.1),
            Literal::Number(number) => out.push_str(number),
            Literal::String(text) => self.write_string(text, out),
        }
    }

    /// Writes a string in quotes. No statement can have a null character, and a driver that reads
    /// no further than that would take the rest away: it is written as U+FFFD.
    pub(super) fn write_string(&self, text: &str, out: &mut String) {
        out.push('\'');
        for char in text.chars() {
            match char {
                '\'' => out.push_str("''"),
                '\\' if self.backslash == Backslash::Escapes => out.push_str("\\\\"),
                '\0' => out.push(char::REPLACEMENT_CHARACTER),
                other => out.push(other),
            }
        }
        out.push('\'');
    }
}

/// Writes a whole number.
pub(super) fn write_number(number: u64, out: &mut String) {
    let mut power = 1;
    while power <= number / 10 {
        power *= 10;
    }
    while power > 0 {
        let digit = u8::try_from(number / power % 10).unwrap_or_default();
        out.push(char::from(b'0' + digit));
        power /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialect::SqlDialect;
    use super::*;
    use crate::base::Dialect;

    #[test]
    fn strings_cannot_end_early() {
        let string = Literal::String("it's \\' x".into());
        let written = |dialect: Dialect| {
            let mut out = String::new();
            dialect.capabilities().write_literal(&string, &mut out);
            out
        };
        assert_eq!(written(Dialect::Ansi), "'it''s \\'' x'");
        assert_eq!(written(Dialect::MySql), "'it''s \\\\'' x'");
        let mut out = String::new();
        Dialect::Ansi.capabilities().write_string("a\0b", &mut out);
        assert_eq!(out, "'a\u{fffd}b'");
    }

    #[test]
    fn numbers_have_all_their_digits() {
        for number in [0, 7, 10, 90_210, u64::MAX] {
            let mut out = String::new();
            write_number(number, &mut out);
            assert_eq!(out, number.to_string());
        }
    }
}
