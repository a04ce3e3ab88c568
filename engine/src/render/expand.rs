//! Statements for so many given instances: lists of keys written out.

use super::dialect::Placeholder;
use super::list::Expansion;
use super::statement::Statement;

/// A statement for a number of given instances.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expanded {
    /// The text.
    pub sql: String,
    /// The values, in the driver's order.
    pub values: Vec<Take>,
}

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Take {
    /// It is that of the statement's parameter with this index.
    Parameter(usize),
    /// It is NULL: there is no given instance, and the list has a row all the same, which equals
    /// nothing.
    Null,
    /// It is that of a given instance.
    Key {
        /// Which of them.
        instance: usize,
        /// The position of its column in [`Parameter::columns`](super::Parameter::columns).
        column: usize,
    },
}

impl Statement {
    /// The statement for so many given instances: each list of keys has a placeholder for each
    /// value. The values of a list take its parameter's number first and then those after the last
    /// parameter's, so that all other parameters keep theirs.
    ///
    /// ```
    /// # let model = joinwright::Model::from_toml("model.toml", r#"
    /// #     ddl = """
    /// #         CREATE TABLE shelf (id INTEGER PRIMARY KEY);
    /// #         CREATE TABLE book (id INTEGER PRIMARY KEY, shelf INTEGER REFERENCES shelf (id));
    /// #     """
    /// #     [entity.Shelf]
    /// #     table = "shelf"
    /// #     [entity.Shelf.relationship.books]
    /// #     target = "Book"
    /// #     [entity.Book]
    /// #     table = "book"
    /// # "#);
    /// # use joinwright::{base::Dialect, plan::{self, Request, Strategy}, render::{self, Style, Take}};
    /// # let (id, relationship, _) = model.relationships().next().ok_or("no relationship")?;
    /// # let request = Request::new(relationship.entity, vec![id], Strategy::Selectin);
    /// # let plan = plan::plan(model.mapping(), model.resolution(), &request).map_err(|_| "")?;
    /// let statement = render::statement(&plan, model.mapping(), Style::of(Dialect::Postgres));
    /// assert!(statement.sql.ends_with("WHERE book.shelf IN ($1)"));
    /// let expanded = statement.expand(3);
    /// assert!(expanded.sql.ends_with("WHERE book.shelf IN ($1, $2, $3)"));
    /// assert_eq!(expanded.values[2], Take::Key { instance: 2, column: 0 });
    /// # Ok::<(), &str>(())
    /// ```
    pub fn expand(&self, instances: usize) -> Expanded {
        let mut lists = Lists::of(self);
        let (mut sql, mut end) = (String::new(), 0);
        for expansion in &self.expansions {
            sql.push_str(self.sql.get(end..expansion.replaced.start).unwrap_or_default());
            let first = lists.add(expansion, instances);
            expansion.write(instances, first, &mut sql);
            end = expansion.replaced.end;
        }
        sql.push_str(self.sql.get(end..).unwrap_or_default());
        Expanded { sql, values: lists.values() }
    }
}

/// The values of a statement whose lists are being written out.
struct Lists {
    /// Those at the place of each parameter.
    own: Vec<Vec<Take>>,
    /// Those behind the last parameter.
    further: Vec<Take>,
    /// The number before that of each list's second value.
    begun: Vec<Option<usize>>,
}

impl Lists {
    fn of(statement: &Statement) -> Self {
        let count = statement.parameters.len();
        let own = (0..count).map(|i| vec![Take::Parameter(i)]).collect();
        Self { own, further: Vec::new(), begun: vec![None; count] }
    }

    /// Adds the values of a list, unless its parameter has them already, and tells the number
    /// before that of its second value.
    fn add(&mut self, expansion: &Expansion, instances: usize) -> usize {
        let known = self.begun.get(expansion.parameter).copied().flatten();
        known.unwrap_or_else(|| {
            let before = self.own.len() + self.further.len();
            let mut values = expansion.takes(instances);
            if expansion.placeholder != Placeholder::Question {
                self.further.extend(values.drain(1..));
            }
            if let Some(own) = self.own.get_mut(expansion.parameter) {
                *own = values;
            }
            if let Some(begun) = self.begun.get_mut(expansion.parameter) {
                *begun = Some(before);
            }
            before
        })
    }

    fn values(self) -> Vec<Take> {
        self.own.into_iter().flatten().chain(self.further).collect()
    }
}

impl Expansion {
    /// How many values a row has.
    fn width(&self) -> usize {
        self.row.len().saturating_sub(1).max(1)
    }

    fn takes(&self, instances: usize) -> Vec<Take> {
        let width = self.width();
        let key = |value: usize| match instances {
            0 => Take::Null,
            _ => Take::Key { instance: value / width, column: value % width },
        };
        (0..instances.max(1) * width).map(key).collect()
    }

    fn write(&self, instances: usize, before: usize, out: &mut String) {
        out.push_str(self.before);
        let mut value = 0;
        for instance in 0..instances.max(1) {
            out.push_str(if instance > 0 { self.separator } else { "" });
            for (i, text) in self.row.iter().enumerate() {
                if i > 0 {
                    let number = if value == 0 { self.parameter + 1 } else { before + value };
                    self.placeholder.write(number as u64, out);
                    value += 1;
                }
                out.push_str(text);
            }
        }
        out.push_str(self.after);
    }
}
