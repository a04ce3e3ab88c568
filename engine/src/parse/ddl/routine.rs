//! Where the body of a trigger, function, procedure or block ends.

use super::head::Head;
use super::lexis::Lexis;

/// Counts `BEGIN` and `END` in a routine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    depth: i32,
    /// The last piece was an `END`, which a following `IF` or `LOOP` takes back.
    after_end: bool,
    begun: bool,
    package: bool,
}

impl Body {
    /// The body that a statement of this head has, if any.
    pub(super) fn of(head: &Head<'_>, lexis: Lexis) -> Option<Self> {
        let block = lexis.anonymous_blocks && head.is_block();
        let package = lexis.declarations_before_begin && head.is_package();
        if !block && !package && !head.is_routine() {
            return None;
        }
        let depth = i32::from(block && head.verb.eq_ignore_ascii_case("begin"));
        Some(Self { depth, after_end: false, begun: depth > 0, package })
    }

    pub(super) fn word(&mut self, word: &str) {
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        let after_end = std::mem::take(&mut self.after_end);
        if is("begin") {
            self.depth += 1;
            self.begun = true;
        } else if is("case") && !after_end {
            self.depth += 1;
        } else if is("end") {
            self.depth -= 1;
            self.after_end = true;
        } else if after_end && (is("if") || is("loop") || is("while") || is("repeat") || is("for"))
        {
            self.depth += 1;
        }
    }

    pub(super) fn sign(&mut self) {
        self.after_end = false;
    }

    /// Whether a delimiter here belongs to the body.
    pub(super) fn holds_delimiter(self, lexis: Lexis) -> bool {
        // A batch of SQL Server that makes a routine holds nothing else.
        lexis.bare_boundaries
            || self.package
            || self.depth > 0
            || lexis.declarations_before_begin && !self.begun
    }
}
