//! What texts may name.

use rustc_hash::FxHashSet;

/// The words of texts, whatever they mean there: what is none of them is not named.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// In lower case.
    known: FxHashSet<Box<str>>,
    /// Whether a name may be spelled with escapes.
    is_escaped: bool,
}

impl Words {
    /// Adds the words of a text.
    pub(crate) fn read(&mut self, text: &str) {
        self.is_escaped |= text.contains('\\');
        let mut lower = String::new();
        for word in text.split(|c| !is_plain(c)) {
            lower.clear();
            lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            if !self.known.contains(lower.as_str()) {
                self.known.insert(lower.as_str().into());
            }
        }
    }

    /// Whether the texts may speak of this name, in whatever case.
    pub(crate) fn may_name(&self, name: &str) -> bool {
        self.is_escaped
            || !name.chars().all(is_plain)
            || self.known.contains(name.to_ascii_lowercase().as_str())
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_name_can_be_known_to_be_absent() {
        let mut words = Words::default();
        words.read("[entity.A]\ntable = 'Box_2'\n");
        assert!(["box_2", "BOX_2", "a-b", "é", "a"].iter().all(|name| words.may_name(name)));
        assert!(!words.may_name("box"));
        words.read(r"'\u0062ox'");
        assert!(words.may_name("box"));
    }
}
