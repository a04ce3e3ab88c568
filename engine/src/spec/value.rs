//! The one tree into which TOML and JSON are read, every key and value with its place.

use rustc_hash::FxHashMap;

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

type Places = FxHashMap<Box<str>, usize>;

/// A table or object in document order.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Table {
    entries: Vec<(Text, Value)>,
    /// Where each key stands among the entries, once there are more than a few.
    places: Option<Box<Places>>,
    pub(super) form: Form,
    /// Where a further line can be inserted.
    pub(super) insert_at: Option<Span>,
    /// Whether a syntax error may have cost it some of its keys.
    pub(super) incomplete: bool,
}

impl Table {
    /// An empty table.
    pub(super) fn new(form: Form) -> Self {
        Self { form, ..Self::default() }
    }

    /// Adds an entry, or gives the key back with where it stands already.
    pub(super) fn insert(&mut self, key: Text, value: Value) -> Result<(), (Text, Span)> {
        /// Keys of which there are no more are compared one by one.
        const FEW: usize = 16;
        if let Some((taken, _)) = self.place(key.text()).and_then(|at| self.entries.get(at)) {
            let first = taken.whole();
            return Err((key, first));
        }
        if self.entries.len() == FEW {
            let keys = self.entries.iter().enumerate();
            let places: Places = keys.map(|(at, (key, _))| (key.text().into(), at)).collect();
            self.places = Some(Box::new(places));
        }
        if let Some(places) = &mut self.places {
            places.insert(key.text().into(), self.entries.len());
        }
        self.entries.push((key, value));
        Ok(())
    }

    fn place(&self, key: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.get(key).copied(),
            None => self.entries.iter().position(|(own, _)| own.text() == key),
        }
    }

    fn has_header(&self) -> bool {
        self.form == Form::Header
    }

    /// The key and value of this name. A new key must say the same, though it may stand elsewhere.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<(&mut Text, &mut Value)> {
        let entry = self.place(key).and_then(|at| self.entries.get_mut(at));
        entry.map(|(key, value)| (key, value))
    }

    /// Whether the table says anything about `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        let entry = self.place(key).and_then(|at| self.entries.get(at));
        entry.is_some_and(|(_, value)| value.kind != Kind::Null)
    }

    /// The entries in document order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Text, &Value)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Puts the entries, and those of the tables among them, in the order in which they stand: a table
    /// stands where its header does, whatever led into it before.
    pub(super) fn order(&mut self) {
        let place = |(_, value): &(Text, Value)| value.span.start;
        if !self.entries.is_sorted_by_key(place) {
            self.entries.sort_by_key(place);
            for (at, (key, _)) in self.entries.iter().enumerate() {
                if let Some(place) = self.places.as_mut().and_then(|all| all.get_mut(key.text())) {
                    *place = at;
                }
            }
        }
        for (_, value) in &mut self.entries {
            match &mut value.kind {
                Kind::Table(table) => table.order(),
                Kind::Array(items) => {
                    items.iter_mut().filter_map(Value::as_table_mut).for_each(Self::order);
                }
                _ => {}
            }
        }
    }

    /// The entries in document order, given away.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Text, Value)> {
        self.entries.into_iter()
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

    fn as_table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.kind {
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
