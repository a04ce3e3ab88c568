//! Random models.
//!
//! A model is built from bytes: each choice takes one, and none left means the first option. So
//! that a failing model shrinks well, every part has bytes of its own, and first options are the
//! plain ones.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

use super::model::{
    Column, Condition, ForeignKey, Model, Operand, Operator, Relationship, Row, Side, Table, Type,
    Value, Written,
};

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
const RELATIONSHIPS: [&str; 6] = ["first", "second", "third", "the \"fourth\"", "fünf", "group"];
const TEXTS: [&str; 4] = ["a", "it's", "ß", ""];

/// Random models.
pub(crate) fn models() -> impl Strategy<Value = Model> {
    let bytes = |most| vec(any::<u8>(), 0..most);
    let tables = vec(bytes(20), 1..=3);
    let junctions = vec(bytes(16), 0..=2);
    let relationships = vec(bytes(32), 1..=3);
    let rows = vec(bytes(40), 5);
    (tables, junctions, relationships, rows).prop_map(|(tables, junctions, relationships, rows)| {
        let mut maker = Maker { model: Model { tables: Vec::new(), relationships: Vec::new() } };
        let mut choices: Vec<_> = tables.into_iter().map(Choices::new).collect();
        choices.iter_mut().for_each(|choices| maker.add_entity_table(choices));
        for (table, choices) in choices.iter_mut().enumerate() {
            maker.add_foreign_keys(table, choices);
        }
        junctions.into_iter().for_each(|bytes| maker.add_junction(&mut Choices::new(bytes)));
        relationships
            .into_iter()
            .for_each(|bytes| maker.add_relationship(&mut Choices::new(bytes)));
        maker.model.tables.iter_mut().zip(rows).for_each(|(table, bytes)| fill(table, bytes));
        maker.model
    })
}

/// A source of choices.
struct Choices(std::vec::IntoIter<u8>);

impl Choices {
    fn new(bytes: Vec<u8>) -> Self {
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

/// A foreign key, and the table that holds it.
type Held = (usize, ForeignKey);

struct Maker {
    model: Model,
}

impl Maker {
    fn entities(&self) -> usize {
        self.model.tables.iter().filter(|table| table.mapped).count()
    }

    fn add_entity_table(&mut self, choices: &mut Choices) {
        let mut table = self.new_table(choices, true);
        for _ in 0..=usize::from(choices.once_in(3)) {
            let of = if choices.once_in(4) { Type::Text } else { Type::Integer };
            let column = add_column(&mut table, choices, of, false);
            table.primary_key.push(column);
        }
        add_column(&mut table, choices, Type::Integer, true);
        add_column(&mut table, choices, Type::Text, true);
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

    fn add_relationship(&mut self, choices: &mut Choices) {
        let mut relationship = match choices.pick(5) {
            0 | 1 => self.by_foreign_key(choices),
            2 => None,
            3 => self.by_junction(choices),
            _ => Some(self.by_comparison(choices)),
        }
        .unwrap_or_else(|| self.by_equality(choices));
        let target = &self.model.tables[relationship.target];
        for _ in 0..choices.pick(3) {
            let column = choices.pick(target.columns.len());
            relationship.order_by.push((column, choices.once_in(2)));
        }
        relationship.uselist = choices.once_in(6).then(|| choices.once_in(3));
        relationship.innerjoin = choices.once_in(4);
        relationship.name = RELATIONSHIPS[self.model.relationships.len()].to_owned();
        self.model.relationships.push(relationship);
    }

    fn held(&self) -> Vec<Held> {
        let tables = self.model.tables.iter().enumerate().filter(|(_, table)| table.mapped);
        let keys = |(i, table): (usize, &Table)| {
            table.foreign_keys.iter().map(move |key| (i, key.clone())).collect::<Vec<_>>()
        };
        tables.flat_map(keys).collect()
    }

    fn by_foreign_key(&self, choices: &mut Choices) -> Option<Relationship> {
        let all = self.held();
        let (holder, key) = choices.one_of(&all)?;
        let to_one = !choices.once_in(2);
        let ends = if to_one { (holder, key.target) } else { (key.target, holder) };
        let between = |(table, other): &&Held| {
            (*table, other.target) == ends || (other.target, *table) == ends
        };
        let rivals: Vec<_> = all.iter().filter(between).collect();
        let same = |(table, other): &&&Held| {
            let within = other.columns.iter().all(|column| key.columns.contains(column));
            *table == holder && other.columns.len() == key.columns.len() && within
        };
        let is_only = rivals.len() == 1;
        let is_named = rivals.iter().filter(same).count() == 1;
        let foreign = if to_one { Side::Source } else { Side::Target };
        let mut relationship = plain(ends.0, ends.1, self.link(&key, foreign, opposite(foreign)));
        let is_self = ends.0 == ends.1;
        let is_clear = !is_self || self.is_clear(&key);
        relationship.written = match choices.pick(4) {
            0 if is_only && is_clear => Written::Inferred,
            0 | 1 if is_named && is_clear => Written::ForeignKeys(foreign, key.columns.clone()),
            2 if is_only && !is_self => Written::Conditions { marked: false },
            _ => Written::Conditions { marked: true },
        };
        if let Written::Conditions { .. } = relationship.written {
            self.add_extras(&mut relationship, choices);
        } else if is_self && to_one {
            relationship.remote_side.clone_from(&self.model.tables[holder].primary_key);
        }
        Some(relationship)
    }

    /// Whether no column of a self-reference refers to one column and is referred to by another;
    /// lists of columns could not tell the two apart.
    fn is_clear(&self, key: &ForeignKey) -> bool {
        let referred = &self.model.tables[key.target].primary_key;
        let mut pairs = key.columns.iter().zip(referred);
        pairs.all(|(own, other)| own == other || !referred.contains(own))
    }

    /// `foreign key = primary key`, for each column.
    fn link(&self, key: &ForeignKey, foreign: Side, referred: Side) -> Condition {
        let referring = key.columns.iter().zip(&self.model.tables[key.target].primary_key);
        let equal = |(own, other): (&usize, &usize)| {
            let own = Operand::Column { side: foreign, column: *own, foreign: true };
            Condition::Compare(own, Operator::Equal, column(referred, *other))
        };
        Condition::And(referring.map(equal).collect())
    }

    fn by_junction(&self, choices: &mut Choices) -> Option<Relationship> {
        let junctions = self.entities()..self.model.tables.len();
        let junction = choices.one_of(&junctions.collect::<Vec<_>>())?;
        let [first, second] = self.model.tables[junction].foreign_keys.as_slice() else {
            return None;
        };
        let (near, far) = if choices.once_in(2) { (second, first) } else { (first, second) };
        let condition = self.link(near, Side::Secondary, Side::Source);
        let mut relationship = plain(near.target, far.target, condition);
        relationship.secondary = Some(junction);
        relationship.second = Some(self.link(far, Side::Secondary, Side::Target));
        relationship.written = match choices.pick(3) {
            0 if near.target != far.target => Written::Inferred,
            1 => Written::Conditions { marked: true },
            _ => Written::Conditions { marked: false },
        };
        if relationship.written != Written::Inferred {
            self.add_extras(&mut relationship, choices);
        }
        Some(relationship)
    }

    /// Over columns that no foreign key connects.
    fn by_equality(&self, choices: &mut Choices) -> Relationship {
        let pair =
            |maker: &Self, ends, choices: &mut Choices| maker.pair(ends, Operator::Equal, choices);
        let mut relationship = self.by_pairs(choices, pair);
        self.add_extras(&mut relationship, choices);
        relationship
    }

    /// Over something else than equality, only to be looked at.
    fn by_comparison(&self, choices: &mut Choices) -> Relationship {
        let pair = |maker: &Self, ends, choices: &mut Choices| {
            let operators = [Operator::Less, Operator::GreaterOrEqual, Operator::NotEqual];
            let operator = choices.one_of(&operators).unwrap_or(Operator::Less);
            maker.pair(ends, operator, choices)
        };
        let mut relationship = self.by_pairs(choices, pair);
        relationship.viewonly = true;
        if choices.once_in(2) {
            let other = self.extra(&relationship, [Side::Source, Side::Target], choices);
            relationship.primary = Condition::Or(vec![relationship.primary, other]);
        }
        self.add_extras(&mut relationship, choices);
        relationship
    }

    fn by_pairs(
        &self,
        choices: &mut Choices,
        pair: impl Fn(&Self, (usize, usize, Side), &mut Choices) -> Condition,
    ) -> Relationship {
        let (source, target) = (choices.pick(self.entities()), choices.pick(self.entities()));
        let foreign = if choices.once_in(2) { Side::Source } else { Side::Target };
        let number = 1 + usize::from(choices.once_in(3));
        let pairs = (0..number).map(|_| pair(self, (source, target, foreign), choices)).collect();
        let mut relationship = plain(source, target, Condition::And(pairs));
        relationship.viewonly = choices.once_in(2);
        relationship.written = Written::Conditions { marked: true };
        relationship
    }

    /// Two columns of one type; every table has integers.
    fn pair(
        &self,
        (source, target, foreign): (usize, usize, Side),
        operator: Operator,
        choices: &mut Choices,
    ) -> Condition {
        let own = choices.pick(self.model.tables[source].columns.len());
        let of = self.model.tables[source].columns[own].of;
        let others = columns_of(&self.model.tables[target], of);
        let other = choices.one_of(&others).unwrap_or_default();
        let operand = |side, column| Operand::Column { side, column, foreign: side == foreign };
        let sides = (operand(Side::Source, own), operand(Side::Target, other));
        let sides = if choices.once_in(2) { (sides.1, sides.0) } else { sides };
        Condition::Compare(sides.0, operator, sides.1)
    }

    /// Further terms, which mention no foreign column as such.
    fn add_extras(&self, relationship: &mut Relationship, choices: &mut Choices) {
        let far = if relationship.secondary.is_some() { Side::Secondary } else { Side::Target };
        for _ in 0..choices.pick(3) {
            let extra = self.extra(relationship, [Side::Source, far], choices);
            and(&mut relationship.primary, extra);
        }
        if relationship.second.is_some() && choices.once_in(3) {
            let extra = self.extra(relationship, [far, Side::Target], choices);
            relationship.second.iter_mut().for_each(|second| and(second, extra.clone()));
        }
    }

    fn extra(&self, of: &Relationship, sides: [Side; 2], choices: &mut Choices) -> Condition {
        let term = |choices: &mut Choices| {
            let side = sides[1 - choices.pick(2)];
            let table = &self.model.tables[of.table(side)];
            let index = choices.pick(table.columns.len());
            if choices.once_in(3) {
                return Condition::IsNull(column(side, index));
            }
            let operators =
                [Operator::Equal, Operator::NotEqual, Operator::Less, Operator::GreaterOrEqual];
            let operator = choices.one_of(&operators).unwrap_or(Operator::Equal);
            let literal = Operand::Literal(value(table.columns[index].of, choices));
            Condition::Compare(column(side, index), operator, literal)
        };
        match choices.pick(5) {
            0..=2 => term(choices),
            3 => Condition::Or(vec![term(choices), term(choices)]),
            _ => Condition::Not(Box::new(term(choices))),
        }
    }
}

fn plain(source: usize, target: usize, primary: Condition) -> Relationship {
    Relationship {
        name: String::new(),
        source,
        target,
        secondary: None,
        primary,
        second: None,
        written: Written::Inferred,
        remote_side: Vec::new(),
        order_by: Vec::new(),
        uselist: None,
        viewonly: false,
        innerjoin: false,
    }
}

fn column(side: Side, column: usize) -> Operand {
    Operand::Column { side, column, foreign: false }
}

fn opposite(side: Side) -> Side {
    if side == Side::Source { Side::Target } else { Side::Source }
}

fn and(condition: &mut Condition, term: Condition) {
    let first = std::mem::replace(condition, Condition::And(Vec::new()));
    *condition = match first {
        Condition::And(mut terms) => {
            terms.push(term);
            Condition::And(terms)
        }
        other => Condition::And(vec![other, term]),
    };
}

fn columns_of(table: &Table, of: Type) -> Vec<usize> {
    (0..table.columns.len()).filter(|i| table.columns[*i].of == of).collect()
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
        Type::Text => Value::Text(choices.one_of(&TEXTS).unwrap_or_default().to_owned()),
    }
}

/// Rows as far as the bytes go, no two with the same primary key.
fn fill(table: &mut Table, bytes: Vec<u8>) {
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
