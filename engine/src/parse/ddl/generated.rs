//! Constraints by name, also by the name that a database makes up for one without.
//!
//! Names are made up only once a statement asks for one that nobody wrote.

use rustc_hash::FxHashMap;

use super::draft::{Drafts, ForeignKeyDraft, KeyDraft, TableDraft, Written, same};
use crate::base::{Dialect, Name, Names};
use crate::catalog::{KeyKind, TableName};

/// Where a table keeps a constraint.
enum Found {
    Key(usize),
    ForeignKey(usize),
}

impl TableDraft {
    /// Drops the key or foreign key of this name.
    pub(super) fn drop_constraint(&mut self, name: Name, dialect: Dialect, names: &mut Names) {
        match self.constraint(name, dialect, names) {
            Some(Found::Key(index)) => drop(self.keys.remove(index)),
            Some(Found::ForeignKey(index)) => drop(self.foreign_keys.remove(index)),
            None => {}
        }
    }

    /// Gives the key or foreign key of this name another one.
    pub(super) fn rename_constraint(
        &mut self,
        old: Name,
        new: Name,
        dialect: Dialect,
        names: &mut Names,
    ) {
        let name = match self.constraint(old, dialect, names) {
            Some(Found::Key(index)) => self.keys.get_mut(index).map(|key| &mut key.name),
            Some(Found::ForeignKey(index)) => {
                self.foreign_keys.get_mut(index).map(|key| &mut key.name)
            }
            None => None,
        };
        if let Some(name) = name {
            *name = Some(new);
        }
    }

    /// Turns an index into a key that takes over its columns.
    pub(super) fn promote(&mut self, mut key: KeyDraft, index: Name, names: &Names) {
        let found = self.keys.iter().position(|other| is_named(other.name, index, names));
        if let Some(found) = found {
            key.columns = self.keys.remove(found).columns;
            self.keys.push(key);
        }
    }

    fn constraint(&mut self, name: Name, dialect: Dialect, names: &mut Names) -> Option<Found> {
        self.named(name, names).or_else(|| {
            self.make_up_names(dialect, names);
            self.named(name, names)
        })
    }

    fn named(&self, name: Name, names: &Names) -> Option<Found> {
        let is = |own: Option<Name>| is_named(own, name, names);
        let key = self.keys.iter().position(|key| is(key.name) || is(key.made_up));
        let foreign = self.foreign_keys.iter().position(|key| is(key.name) || is(key.made_up));
        foreign.map(Found::ForeignKey).or(key.map(Found::Key))
    }

    /// Makes up names for the keys that have none yet.
    fn make_up_names(&mut self, dialect: Dialect, names: &mut Names) {
        let mut maker =
            Maker { dialect, table: names.text(self.name.table).into(), taken: &mut self.made_up };
        for key in self.foreign_keys.iter_mut().filter(|key| key.made_up.is_none()) {
            let name = maker.foreign_key(key, names);
            key.made_up = Some(names.intern(&name));
        }
        for key in self.keys.iter_mut().filter(|key| key.made_up.is_none()) {
            let name = maker.key(key, names);
            key.made_up = Some(names.intern(&name));
        }
    }
}

/// Makes up names as a database does.
struct Maker<'a> {
    dialect: Dialect,
    table: String,
    taken: &'a mut FxHashMap<String, usize>,
}

impl Maker<'_> {
    /// The made-up name of a foreign key; empty where it has one of its own.
    fn foreign_key(&mut self, key: &ForeignKeyDraft, names: &Names) -> String {
        if key.name.is_some() {
            return String::new();
        }
        if self.is_mysql() {
            return format!("{}_ibfk_{}", self.table, key.number);
        }
        self.postgres(&key.columns, "fkey", names)
    }

    /// The made-up name of a key or index; empty where it has one of its own.
    fn key(&mut self, key: &KeyDraft, names: &Names) -> String {
        match key.kind {
            KeyKind::Primary if self.is_mysql() => "PRIMARY".into(),
            _ if key.name.is_some() => String::new(),
            _ if self.is_mysql() => self.first_column(&key.columns, names),
            KeyKind::Primary => self.postgres(&[], "pkey", names),
            KeyKind::Unique => self.postgres(&key.columns, "key", names),
            KeyKind::Partial | KeyKind::Index => self.postgres(&key.columns, "idx", names),
        }
    }

    fn is_mysql(&self) -> bool {
        matches!(self.dialect, Dialect::MySql | Dialect::MariaDb)
    }

    fn postgres(&mut self, columns: &[Written], label: &str, names: &Names) -> String {
        let columns: Vec<_> = columns.iter().map(|column| names.text(column.name)).collect();
        let columns = columns.join("_");
        match self.count(&format!("{columns}_{label}")) {
            0 => object_name(&self.table, &columns, label),
            earlier => object_name(&self.table, &columns, &format!("{label}{earlier}")),
        }
    }

    /// `MySQL` calls an index after its first column.
    fn first_column(&mut self, columns: &[Written], names: &Names) -> String {
        let column = columns.first().map_or("", |column| names.text(column.name));
        match self.count(column) {
            0 => column.into(),
            earlier => format!("{column}_{}", earlier + 1),
        }
    }

    /// How often this name was made up before.
    fn count(&mut self, name: &str) -> usize {
        let count = self.taken.entry(name.to_owned()).or_default();
        *count += 1;
        *count - 1
    }
}

impl Drafts {
    /// Drops an index by its name; without a table it is the first that has one of that name.
    pub(super) fn drop_index(&mut self, name: Name, table: Option<TableName>, names: &Names) {
        let mut owners = match table {
            Some(table) => self.find(table, names).into_iter().collect::<Vec<_>>(),
            None => self.indexes().collect(),
        }
        .into_iter();
        let has = |owner: &usize| {
            self.get(*owner).is_some_and(|t| t.keys.iter().any(|k| is_named(k.name, name, names)))
        };
        if let Some(table) = owners.find(has).and_then(|owner| self.get_mut(owner)) {
            table.keys.retain(|key| !is_named(key.name, name, names));
        }
    }
}

fn is_named(own: Option<Name>, name: Name, names: &Names) -> bool {
    own.is_some_and(|own| same(own, name, names))
}

/// PostgreSQL's `makeObjectName`: 63 bytes at most, the longer of the two names is cut first.
fn object_name(table: &str, columns: &str, label: &str) -> String {
    const LONGEST: usize = 63;
    let (mut table, mut columns) = (table.to_owned(), columns.to_owned());
    let separators = if columns.is_empty() { 1 } else { 2 };
    while table.len() + columns.len() + label.len() + separators > LONGEST {
        let longer = if table.len() > columns.len() { &mut table } else { &mut columns };
        if longer.pop().is_none() {
            break;
        }
    }
    let parts = [table.as_str(), columns.as_str(), label];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_where_postgres_cuts_them() {
        let (table, column) = ("t".repeat(60), "c".repeat(20));
        let name = object_name(&table, &column, "fkey");
        assert_eq!(name.len(), 63);
        assert_eq!(name, format!("{}_{}_fkey", "t".repeat(37), column));
        assert_eq!(object_name("t", "a_b", "key1"), "t_a_b_key1");
    }
}
