//! What a load must find: nested loops over the rows, with SQL's three truth values.

use joinwright_execution::{Row, Value};

use super::model::{Condition, Model, Operand, Operator, Relationship, Side};

/// A row that a path leads to; nothing where it leads to none.
pub(crate) type Reached<'m> = Option<&'m Row>;

/// The rows on the sides of a condition.
#[derive(Clone, Copy)]
struct Rows<'m> {
    source: &'m Row,
    secondary: Option<&'m Row>,
    target: Option<&'m Row>,
}

/// The target's rows that belong to a row of the source, once for each way that leads there.
pub(crate) fn related<'m>(
    model: &'m Model,
    relationship: &Relationship,
    source: &Row,
) -> Vec<&'m Row> {
    let mut found = Vec::new();
    let targets = &model.tables[relationship.target].rows;
    let Some(secondary) = &relationship.secondary else {
        let holds = |target: &&Row| {
            let rows = Rows { source, secondary: None, target: Some(target) };
            truth(&relationship.primary, rows) == Some(true)
        };
        found.extend(targets.iter().filter(holds));
        return found;
    };
    for between in side_by_side(model, &secondary.tables) {
        let near = Rows { source, secondary: Some(&between), target: None };
        let terms = [Some(&relationship.primary), secondary.on.as_ref()];
        if !terms.into_iter().flatten().all(|term| truth(term, near) == Some(true)) {
            continue;
        }
        let second = relationship.second.as_ref();
        let holds = |target: &&Row| {
            let rows = Rows { target: Some(target), ..near };
            second.is_none_or(|second| truth(second, rows) == Some(true))
        };
        found.extend(targets.iter().filter(holds));
    }
    found
}

/// Each row of the first table with each of the next.
fn side_by_side(model: &Model, tables: &[usize]) -> Vec<Row> {
    tables.iter().fold(vec![Row::new()], |rows, table| {
        let with = |row: Row| {
            let others = &model.tables[*table].rows;
            others.iter().map(move |other| [row.as_slice(), other].concat())
        };
        rows.into_iter().flat_map(with).collect()
    })
}

/// The rows along a path, for each way that leads from `source`. The steps of a group hold
/// together: where they do not all lead somewhere, none does, and then an optional group stands
/// empty. Out of nothing leads what the condition makes of a row of NULLs: objects without a
/// parent, which no ORM looks at.
pub(crate) fn chains<'m>(
    model: &'m Model,
    source: &'m Row,
    groups: &[(bool, &[&Relationship])],
) -> Vec<Vec<Reached<'m>>> {
    let mut chains = vec![vec![Some(source)]];
    for (optional, steps) in groups {
        let extend = |chain: Vec<Reached<'m>>| {
            let mut longer = follow(model, chain.clone(), steps);
            if longer.is_empty() && *optional {
                let empty = chain.iter().copied().chain(steps.iter().map(|_| None));
                longer.push(empty.collect());
            }
            longer
        };
        chains = chains.into_iter().flat_map(extend).collect();
    }
    chains
}

fn follow<'m>(
    model: &'m Model,
    chain: Vec<Reached<'m>>,
    steps: &[&Relationship],
) -> Vec<Vec<Reached<'m>>> {
    let mut chains = vec![chain];
    for step in steps {
        let extend = |chain: Vec<Reached<'m>>| {
            let nothing = vec![Value::Null; model.tables[step.source].columns.len()];
            let last = chain.last().copied().flatten().unwrap_or(&nothing);
            let next = related(model, step, last);
            let longer = |target| chain.iter().copied().chain([Some(target)]).collect();
            next.into_iter().map(longer).collect::<Vec<_>>()
        };
        chains = chains.into_iter().flat_map(extend).collect();
    }
    chains
}

/// `None` is SQL's unknown.
fn truth(condition: &Condition, rows: Rows<'_>) -> Option<bool> {
    match condition {
        Condition::And(terms) => all(terms, rows, false),
        Condition::Or(terms) => all(terms, rows, true),
        Condition::Not(inner) => truth(inner, rows).map(|value| !value),
        Condition::IsNull(operand) => Some(*value(operand, rows) == Value::Null),
        Condition::Compare(left, operator, right) => {
            let (left, right) = (value(left, rows), value(right, rows));
            let known = *left != Value::Null && *right != Value::Null;
            known.then(|| match operator {
                Operator::Equal => left == right,
                Operator::NotEqual => left != right,
                Operator::Less => left < right,
                Operator::GreaterOrEqual => left >= right,
            })
        }
    }
}

/// One term that is `decisive` decides; else an unknown one leaves it open.
fn all(terms: &[Condition], rows: Rows<'_>, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for term in terms {
        match truth(term, rows) {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

fn value<'m>(operand: &'m Operand, rows: Rows<'m>) -> &'m Value {
    match operand {
        Operand::Literal(value) => value,
        Operand::Column { side, column, .. } => {
            let row = match side {
                Side::Source => Some(rows.source),
                Side::Secondary => rows.secondary,
                Side::Target => rows.target,
            };
            row.map_or(&Value::Null, |row| &row[*column])
        }
    }
}
