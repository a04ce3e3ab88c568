//! Random models.
//!
//! A model is built from bytes: each choice takes one, and none left means the first option. So
//! that a failing model shrinks well, every part has bytes of its own, and first options are the
//! plain ones.

use joinwright::base::Dialect;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

use super::model::{ForeignKey, Model, Table};
use joinwright_execution::{Column, Row, Type, Value};

mod relationship;

/// Names that differ in more than case; some look like aliases, labels or placeholders. No table has
/// a dot in its name: `SQLite` does not find such tables inside the parentheses of a nested join.
const TABLES: [&str; 12] = [
    "customer",
    "order",
    "customer_1",
    "Größe",
    "say \"hi\"",
    "a:b",
    "it's",
    "名前",
    "anon_1",
    "x?y",
    "SELECT",
    ":p1 --",
];
const COLUMNS: [&str; 14] = [
    "id",
    "kind",
    "name",
    "from",
    "id_1",
    "Grad °",
    "q\"q",
    "a.b",
    "customer_id",
    "名",
    "Values",
    "x?",
    "--",
    "it's",
];
const TEXTS: [&str; 8] = ["a", "it's", "ß", "", "a ", "\\", "A", "👻'"];

/// Random models for a database.
pub(crate) fn models(dialect: Dialect) -> impl Strategy<Value = Model> {
    let bytes = |most| vec(any::<u8>(), 0..most);
    let tables = vec(bytes(20), 1..=3);
    let junctions = vec(bytes(16), 0..=2);
    let relationships = vec(bytes(32), 1..=3);
    let rows = vec(bytes(40), 5);
    (tables, junctions, relationships, rows).prop_map(move |bytes| build(dialect, bytes))
}

type Bytes = Vec<u8>;

fn build(
    dialect: Dialect,
    (tables, junctions, relationships, rows): (Vec<Bytes>, Vec<Bytes>, Vec<Bytes>, Vec<Bytes>),
) -> Model {
    let mut maker =
        Maker { model: Model { dialect, tables: Vec::new(), relationships: Vec::new() } };
    let mut choices: Vec<_> = tables.into_iter().map(Choices::new).collect();
    for choices in &mut choices {
        maker.add_entity_table(choices);
    }
    for (table, choices) in choices.iter_mut().enumerate() {
        maker.add_foreign_keys(table, choices);
    }
    for bytes in junctions {
        maker.add_junction(&mut Choices::new(bytes));
    }
    for bytes in relationships {
        maker.add_relationship(&mut Choices::new(bytes));
    }
    maker.model.tables.iter_mut().zip(rows).for_each(|(table, bytes)| fill(table, bytes));
    maker.model
}

/// A source of choices.
struct Choices(std::vec::IntoIter<u8>);

impl Choices {
    fn new(bytes: Bytes) -> Self {
        Self(bytes.into_iter())
    }

    /// A number below `limit`.
    fn pick(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().unwrap_or_default()) % limit.max(1)
    }

    /// True once in `often` times.
    fn once_in(&mut self, often: usize) -> bool {
        self.pick(often) == often - 1
    }

    fn one_of<T: Clone>(&mut self, options: &[T]) -> Option<T> {
        options.get(self.pick(options.len())).cloned()
    }
}

struct Maker {
    model: Model,
}

impl Maker {
    fn entities(&self) -> usize {
        self.model.tables.iter().filter(|table| table.mapped).count()
    }

    fn add_entity_table(&mut self, choices: &mut Choices) {
        let mut table = self.new_table(choices, true);
        for _ in 0..[1, 1, 1, 2, 2, 3][choices.pick(6)] {
            let of = if choices.once_in(3) { Type::Varchar } else { Type::Integer };
            let column = add_column(&mut table, choices, of, false);
            table.primary_key.push(column);
        }
        add_column(&mut table, choices, Type::Integer, true);
        let text = if choices.once_in(3) { Type::Varchar } else { Type::Text };
        add_column(&mut table, choices, text, true);
        if choices.once_in(4) {
            table.order_by.push((choices.pick(table.columns.len()), choices.once_in(2)));
        }
        self.model.tables.push(table);
    }

    fn new_table(&self, choices: &mut Choices, mapped: bool) -> Table {
        let free = |name: &&str| !self.model.tables.iter().any(|table| table.name == *name);
        let names: Vec<_> = TABLES.into_iter().filter(free).collect();
        Table {
            name: choices.one_of(&names).unwrap_or_default().to_owned(),
            columns: Vec::new(),
            primary_key: Vec::new(),
            foreign_keys: Vec::new(),
            order_by: Vec::new(),
            mapped,
            rows: Vec::new(),
        }
    }

    fn add_foreign_keys(&mut self, table: usize, choices: &mut Choices) {
        for _ in 0..choices.pick(3) {
            let target = choices.pick(self.entities());
            self.add_foreign_key(table, target, choices, false);
        }
    }

    /// A foreign key whose columns may be the table's key, or another's. With `required`, it is
    /// added even where the table has one just like it.
    fn add_foreign_key(
        &mut self,
        table: usize,
        target: usize,
        choices: &mut Choices,
        required: bool,
    ) {
        let referred = &self.model.tables[target];
        let types: Vec<_> =
            referred.primary_key.iter().map(|key| referred.columns[*key].of).collect();
        let holder = &mut self.model.tables[table];
        let mut columns = Vec::new();
        for of in types {
            let fits = |i: &usize| holder.columns[*i].of == of && !columns.contains(i);
            let known: Vec<_> = (0..holder.columns.len()).filter(fits).collect();
            let reused = choices.once_in(3).then(|| choices.one_of(&known)).flatten();
            columns.push(reused.unwrap_or_else(|| {
                let nullable = !choices.once_in(4);
                add_column(holder, choices, of, nullable)
            }));
        }
        let key = ForeignKey { columns, target };
        if required || !holder.foreign_keys.contains(&key) {
            holder.foreign_keys.push(key);
        }
    }

    fn add_junction(&mut self, choices: &mut Choices) {
        let junction = self.model.tables.len();
        let table = self.new_table(choices, false);
        self.model.tables.push(table);
        for _ in 0..2 {
            let target = choices.pick(self.entities());
            self.add_foreign_key(junction, target, choices, true);
        }
        let table = &mut self.model.tables[junction];
        if choices.once_in(2) {
            table.primary_key = (0..table.columns.len()).collect();
            table.columns.iter_mut().for_each(|column| column.nullable = false);
        }
        add_column(table, choices, Type::Integer, true);
    }
}

fn add_column(table: &mut Table, choices: &mut Choices, of: Type, nullable: bool) -> usize {
    let free = |name: &&str| !table.columns.iter().any(|column| column.name == *name);
    let names: Vec<_> = COLUMNS.into_iter().filter(free).collect();
    let name = choices.one_of(&names).unwrap_or_default().to_owned();
    table.columns.push(Column { name, of, nullable });
    table.columns.len() - 1
}

/// Few values, so that many rows are related.
fn value(of: Type, choices: &mut Choices) -> Value {
    match of {
        Type::Integer => Value::Integer(i64::try_from(choices.pick(3)).unwrap_or_default()),
        Type::Text | Type::Varchar => {
            Value::Text(choices.one_of(&TEXTS).unwrap_or_default().to_owned())
        }
    }
}

/// Rows as far as the bytes go, no two with the same primary key.
fn fill(table: &mut Table, bytes: Bytes) {
    let mut choices = Choices::new(bytes);
    while choices.0.len() > 0 {
        let cell = |column: &Column| {
            let null = column.nullable && choices.once_in(4);
            if null { Value::Null } else { value(column.of, &mut choices) }
        };
        let row: Row = table.columns.iter().map(cell).collect();
        let key = |row: &Row| table.primary_key.iter().map(|i| row[*i].clone()).collect::<Vec<_>>();
        let taken = table.rows.iter().any(|other| key(other) == key(&row));
        if table.primary_key.is_empty() || !taken {
            table.rows.push(row);
        }
    }
}
