//! The one tree into which TOML and JSON are read, every key and value with its place.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};

use indexmap::IndexMap;
use indexmap::map::{Entry, MutableKeys};
use rustc_hash::FxBuildHasher;

use super::document::Text;
use crate::text::Span;

/// A value and the bytes it takes; for a TOML table with a header, the header.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Value {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What a value is.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Kind {
    Null,
    /// Something was written here that cannot be read; the syntax error has been recorded.
    Hole,
    Boolean(bool),
    /// In decimal, without separators.
    Integer(Text),
    Float(Text),
    Date,
    String(Text),
    Array(Vec<Value>),
    Table(Table),
}

/// How a table is written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Form {
    /// `[a.b]` and the lines below it.
    Header,
    /// A JSON object.
    #[default]
    Object,
    /// Between braces, in TOML.
    Braces,
    /// By the dotted keys or the longer headers that lead into it.
    Implied,
}

/// A table or object in document order.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Table {
    entries: IndexMap<Key, Value, FxBuildHasher>,
    pub(super) form: Form,
    /// Where a further line can be inserted.
    pub(super) insert_at: Option<Span>,
    /// Whether a syntax error may have cost it some of its keys.
    pub(super) incomplete: bool,
}

/// A key; equal to another of the same text wherever they stand.
#[derive(Clone, Debug)]
struct Key(Text);

impl Table {
    /// An empty table.
    pub(super) fn new(form: Form) -> Self {
        Self { form, ..Self::default() }
    }

    /// Adds an entry, or says where the key stands already.
    pub(super) fn insert(&mut self, key: Text, value: Value) -> Result<(), Span> {
        match self.entries.entry(Key(key)) {
            Entry::Occupied(taken) => Err(taken.key().0.whole()),
            Entry::Vacant(free) => {
                free.insert(value);
                Ok(())
            }
        }
    }

    fn has_header(&self) -> bool {
        self.form == Form::Header
    }

    /// The key and value of this name. A new key must say the same, though it may stand elsewhere.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<(&mut Text, &mut Value)> {
        self.entries.get_full_mut2(key).map(|(_, key, value)| (&mut key.0, value))
    }

    /// Whether the table says anything about `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|value| value.kind != Kind::Null)
    }

    /// The entries in document order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Text, &Value)> {
        self.entries.iter().map(|(key, value)| (&key.0, value))
    }

    /// The entries in document order, given away.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Text, Value)> {
        self.entries.into_iter().map(|(key, value)| (key.0, value))
    }
}

impl Value {
    /// Whether it stands below a TOML header, as a table or as the first of a list of them.
    pub(super) fn has_header(&self) -> bool {
        match &self.kind {
            Kind::Table(table) => table.has_header(),
            Kind::Array(items) => {
                items.first().and_then(Value::as_table).is_some_and(Table::has_header)
            }
            _ => false,
        }
    }

    pub(super) fn as_table(&self) -> Option<&Table> {
        match &self.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(super) fn into_table(self) -> Option<Table> {
        match self.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl Kind {
    /// What the value is called in a sentence, with its article.
    pub(super) fn with_article(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Hole => "nothing",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Date => "a date",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.text() == other.0.text()
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.text().hash(state);
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        self.0.text()
    }
}
