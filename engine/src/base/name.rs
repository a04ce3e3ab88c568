//! Interned names and how a database folds their case.

use std::num::NonZeroU32;

use rustc_hash::{FxBuildHasher, FxHashMap};
use string_interner::{StringInterner, Symbol, backend::BufferBackend};

/// An interned name. Two names are equal when their spellings are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name(NonZeroU32);

impl Symbol for Name {
    fn try_from_usize(index: usize) -> Option<Self> {
        NonZeroU32::MIN.checked_add(u32::try_from(index).ok()?).map(Self)
    }

    fn to_usize(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a database does to the case of a name that is not quoted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Folding {
    /// Unquoted names become lower case (PostgreSQL; also our reading of ANSI and Oracle, whose
    /// upper case is only another spelling of "no case given").
    #[default]
    Lower,
    /// Names keep the case they are written in, and compare without it (`MySQL`, `SQLite`,
    /// SQL Server).
    Keep,
}

impl Folding {
    /// The spelling under which a name is stored: `text` as written in SQL, without its quotes.
    ///
    /// ```
    /// use joinwright::base::Folding;
    /// assert_eq!(Folding::Lower.spelling("Film", false), "film");
    /// assert_eq!(Folding::Lower.spelling("Film", true), "Film");
    /// assert_eq!(Folding::Keep.spelling("Film", false), "Film");
    /// ```
    pub fn spelling(self, text: &str, quoted: bool) -> std::borrow::Cow<'_, str> {
        let upper = !quoted && self == Self::Lower && has_upper(text);
        if upper { text.to_lowercase().into() } else { text.into() }
    }
}

/// The interner: every table, column, entity and attribute name of a model, once.
#[derive(Clone, Debug)]
pub struct Names {
    spellings: StringInterner<BufferBackend<Name>, FxBuildHasher>,
    /// The lower-case spelling of each name that has another.
    folded: FxHashMap<Name, Name>,
}

impl Names {
    /// An empty interner.
    pub fn new() -> Self {
        Self { spellings: StringInterner::new(), folded: FxHashMap::default() }
    }

    /// The name spelled `text`, interned when new.
    pub fn intern(&mut self, text: &str) -> Name {
        let known = self.spellings.len();
        let name = self.spellings.get_or_intern(text);
        if self.spellings.len() > known && has_upper(text) {
            let lower = self.intern(&text.to_lowercase());
            self.folded.insert(name, lower);
        }
        name
    }

    /// The name spelled `text`, if it was ever interned.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.spellings.get(text)
    }

    /// Gives back the room that was made for names that did not come.
    pub fn shrink(&mut self) {
        self.spellings.shrink_to_fit();
        self.folded.shrink_to_fit();
    }

    /// How a name is spelled.
    pub fn text(&self, name: Name) -> &str {
        self.spellings.resolve(name).unwrap_or_default()
    }

    /// The name that stands for all spellings of `name` that differ in case only.
    pub fn folded(&self, name: Name) -> Name {
        self.folded.get(&name).copied().unwrap_or(name)
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.spellings.len()
    }

    /// Whether no name was interned yet.
    pub fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }
}

impl Default for Names {
    fn default() -> Self {
        Self::new()
    }
}

fn has_upper(text: &str) -> bool {
    // Nearly all names are ASCII, and so short that looking at every byte is quicker than stopping.
    let doubtful = |byte: u8| byte.is_ascii_uppercase() | !byte.is_ascii();
    text.bytes().fold(false, |found, byte| found | doubtful(byte))
        && text.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_case_is_found_wherever_it_stands() {
        for length in 0..20 {
            let lower = "a_z0{`@[~é".chars().cycle().take(length).collect::<String>();
            assert!(!has_upper(&lower), "{lower}");
            for (at, _) in lower.char_indices() {
                for upper in ['A', 'Z', 'É'] {
                    let mut text = lower.clone();
                    text.insert(at, upper);
                    assert!(has_upper(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn names_that_differ_in_case_share_a_folded_name() {
        let mut names = Names::new();
        let (upper, lower) = (names.intern("Film"), names.intern("film"));
        assert_ne!(upper, lower);
        assert_eq!(names.folded(upper), names.folded(lower));
        assert_eq!(names.text(upper), "Film");
        assert_eq!(names.folded(lower), lower);
    }
}
