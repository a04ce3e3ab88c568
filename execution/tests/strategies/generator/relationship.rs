//! Random relationships over the tables that there are.

use super::{Choices, Maker, value};
use joinwright_execution::Type;

use crate::model::{
    Condition, ForeignKey, Operand, Operator, Relationship, Secondary, Side, Table, Written,
};

const NAMES: [&str; 6] = ["first", "second", "third", "the \"fourth\"", "fünf", "group"];

/// A foreign key, and the table that holds it.
type Held = (usize, ForeignKey);

impl Maker {
    pub(super) fn add_relationship(&mut self, choices: &mut Choices) {
        let mut relationship = match choices.pick(6) {
            0 | 1 => self.by_foreign_key(choices),
            2 => None,
            3 => self.by_junction(choices),
            4 => self.by_joined_secondary(choices),
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
        NAMES[self.model.relationships.len()].clone_into(&mut relationship.name);
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
        relationship.secondary = Some(Secondary { tables: vec![junction], on: None });
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

    /// By two tables between, joined to each other; to be looked at only.
    fn by_joined_secondary(&self, choices: &mut Choices) -> Option<Relationship> {
        let (source, target) = (choices.pick(self.entities()), choices.pick(self.entities()));
        let between = (0..self.model.tables.len()).filter(|it| *it != source && *it != target);
        let mut between: Vec<_> = between.collect();
        if choices.once_in(2) {
            between.reverse();
        }
        let [first, second] = *between.get(..2)? else { return None };
        let mut relationship = plain(source, target, Condition::And(Vec::new()));
        let before = self.model.tables[first].columns.len();
        relationship.secondary = Some(Secondary { tables: vec![first, second], on: None });
        let (here, there) = ((Side::Secondary, first, 0), (Side::Secondary, second, before));
        let on = self.equal(here, there, choices)?;
        relationship.secondary.iter_mut().for_each(|secondary| secondary.on = Some(on.clone()));
        let near = self.equal(here, (Side::Source, source, 0), choices)?;
        let far = self.equal(there, (Side::Target, target, 0), choices)?;
        relationship.primary = Condition::And(vec![near]);
        relationship.second = Some(Condition::And(vec![far]));
        relationship.written = Written::Conditions { marked: true };
        relationship.viewonly = true;
        self.add_extras(&mut relationship, choices);
        Some(relationship)
    }

    /// A column of a table, the foreign one, and one of its type of another; the columns of each
    /// begin at an index of its side.
    fn equal(
        &self,
        (side, table, before): (Side, usize, usize),
        (other_side, other, other_before): (Side, usize, usize),
        choices: &mut Choices,
    ) -> Option<Condition> {
        let own = choices.pick(self.model.tables[table].columns.len());
        let fitting =
            columns_of(&self.model.tables[other], self.model.tables[table].columns[own].of);
        let fits = choices.one_of(&fitting)?;
        let foreign = Operand::Column { side, column: before + own, foreign: true };
        let other = column(other_side, other_before + fits);
        Some(Condition::Compare(foreign, Operator::Equal, other))
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
            let columns = self.model.columns(of, side);
            let index = choices.pick(columns.len());
            let (table, column_of) = columns[index];
            if choices.once_in(3) {
                return Condition::IsNull(column(side, index));
            }
            let operators =
                [Operator::Equal, Operator::NotEqual, Operator::Less, Operator::GreaterOrEqual];
            let operator = choices.one_of(&operators).unwrap_or(Operator::Equal);
            let literal =
                Operand::Literal(value(self.model.tables[table].columns[column_of].of, choices));
            Condition::Compare(column(side, index), operator, literal)
        };
        match choices.pick(6) {
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

/// The columns that can be compared with one of a type.
fn columns_of(table: &Table, of: Type) -> Vec<usize> {
    let is_number = |of| of == Type::Integer;
    let fits = |i: &usize| is_number(table.columns[*i].of) == is_number(of);
    (0..table.columns.len()).filter(fits).collect()
}
