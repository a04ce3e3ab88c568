//! Holds what the statements load against what the oracle finds, strategy by strategy.

use std::collections::BTreeMap;

use joinwright::base::{EntityId, RelationshipId};
use joinwright::plan::{Ordering, Request, Strategy};
use joinwright::render::Labels;
use joinwright_execution::{Database, Facts, OrderKey, Row, Value};

use super::model::{Model, Relationship};
use super::oracle::{chains, related};
use super::runner::{Loaded, LoadedRow, Rewrite, Runner};

mod proof;

use self::proof::PROOFS;

/// How many statements were run, by strategy.
pub(crate) type Tally = BTreeMap<&'static str, usize>;

/// What does not agree, in words.
#[derive(Debug)]
pub(crate) struct Mismatch {
    pub(crate) strategy: Strategy,
    pub(crate) what: String,
}

/// A part of the instances.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Part {
    limit: Option<u64>,
    offset: Option<u64>,
}

impl Part {
    const ALL: Self = Self { limit: None, offset: None };
    const SOME: [Self; 3] = [
        Self { limit: Some(2), offset: Some(1) },
        Self { limit: Some(2), offset: None },
        Self { limit: None, offset: Some(1) },
    ];
}

type Checked = Result<(), Mismatch>;
type Objects = Vec<Option<Row>>;

/// Compares everything that a model lets one load; `rewrite` is applied to each statement.
pub(crate) fn compare(
    model: &Model,
    database: &mut dyn Database,
    rewrite: &Rewrite,
    tally: &mut Tally,
) -> Checked {
    let unread = |what| Mismatch { strategy: Strategy::Select, what };
    let facts = database.facts();
    let runner = &mut Runner::new(model, database, rewrite).map_err(unread)?;
    let sources = (0..model.tables.len()).filter(|table| model.tables[*table].mapped);
    for (source, steps) in sources.flat_map(|source| paths(model, source)) {
        let mut check = Check { model, facts, runner, steps, source, tally };
        let length = check.steps.len();
        let mut proofs = PROOFS.iter().filter(|proof| proof.lengths.contains(&length));
        proofs.try_for_each(|proof| proof.run(&mut check))?;
    }
    Ok(())
}

/// The paths of up to three steps from a table.
fn paths(model: &Model, source: usize) -> Vec<(usize, Vec<&Relationship>)> {
    let mut paths = vec![vec![Vec::new()]];
    for length in 0..3 {
        let next = paths[length].iter().flat_map(|steps| longer(model, source, steps)).collect();
        paths.push(next);
    }
    paths.into_iter().flatten().map(|steps| (source, steps)).collect()
}

/// A path with each step that can follow.
fn longer<'m>(
    model: &'m Model,
    source: usize,
    steps: &[&'m Relationship],
) -> Vec<Vec<&'m Relationship>> {
    let end = steps.last().map_or(source, |step| step.target);
    let next = model.relationships.iter().filter(|it| it.source == end);
    next.map(|next| [steps, &[next]].concat()).collect()
}

/// One path of a model.
struct Check<'m, 't> {
    model: &'m Model,
    facts: Facts,
    runner: &'t mut Runner<'m>,
    steps: Vec<&'m Relationship>,
    source: usize,
    tally: &'t mut Tally,
}

impl<'m> Check<'m, '_> {
    fn all_chains(&self, sources: &[&Row], groups: &[(bool, &[&Relationship])]) -> Vec<Objects> {
        let chains = sources.iter().flat_map(|source| chains(self.model, source, groups));
        chains.map(|chain| chain.into_iter().map(Option::<&Row>::cloned).collect()).collect()
    }

    /// The source's rows by primary key.
    fn by_key(&self) -> Vec<&'m Row> {
        let table = &self.model.tables[self.source];
        let mut rows: Vec<_> = table.rows.iter().collect();
        rows.sort_by_key(|row| table.primary_key.iter().map(|i| &row[*i]).collect::<Vec<_>>());
        rows
    }

    fn request(&self, strategy: Strategy) -> Request {
        let path = self.steps.iter().map(|step| self.relationship(step)).collect();
        Request::new(self.entity(self.source), path, strategy)
    }

    /// One part or another.
    fn part(&self) -> Part {
        Part::SOME[(self.source + self.steps.len()) % Part::SOME.len()]
    }

    fn limited(&self, strategy: Strategy, part: Part) -> Request {
        let whole = part == Part::ALL;
        let order_by = if whole { Ordering::Unordered } else { Ordering::PrimaryKey };
        let Part { limit, offset } = part;
        Request { limit, offset, order_by, ..self.request(strategy) }
    }

    fn entity(&self, table: usize) -> EntityId {
        self.runner.engine.mapping().find_entity(&format!("E{table}")).unwrap()
    }

    fn relationship(&self, of: &Relationship) -> RelationshipId {
        let mapping = self.runner.engine.mapping();
        let name = mapping.names.find(&of.name).unwrap();
        mapping.find_relationship(self.entity(of.source), name).unwrap()
    }

    fn is_collection(&self, step: &Relationship) -> bool {
        let answer = self.runner.engine.resolution().answer(self.relationship(step));
        answer.is_some_and(|answer| answer.uselist)
    }

    fn expect(&mut self, request: &Request, expected: Vec<Objects>) -> Checked {
        let loaded = self.load(request, (self.source, &[]))?;
        self.same(request, &loaded.sql, objects(&loaded.rows), expected)
    }

    fn load(&mut self, request: &Request, given: (usize, &[&Row])) -> Result<Loaded, Mismatch> {
        *self.tally.entry(request.load.name()).or_default() += 1;
        let labels = [Labels::TableColumn, Labels::Disambiguate][self.source % 2];
        let loaded = self.runner.load(request, given, labels);
        loaded.map_err(|what| self.mismatch(request, &what))
    }

    /// Equal up to order.
    fn same(
        &self,
        request: &Request,
        sql: &str,
        mut found: Vec<Objects>,
        mut expected: Vec<Objects>,
    ) -> Checked {
        found.sort();
        expected.sort();
        if found == expected {
            return Ok(());
        }
        let what = format!("{sql}\nfound    {found:?}\nexpected {expected:?}");
        Err(self.mismatch(request, &what))
    }

    /// Among rows of one parent the first relationship's order holds, in what is equal by it the
    /// second's, and so on; the first target is the object at `depth`.
    fn in_order<'r>(
        &self,
        request: &Request,
        loaded: &Loaded,
        rows: impl Iterator<Item = &'r LoadedRow>,
        depth: usize,
    ) -> Checked {
        let key = |row: &&LoadedRow| {
            let targets = self.steps.iter().zip(&row.objects[depth..]);
            targets.map(|(step, target)| self.order_key(step, target.as_ref())).collect::<Vec<_>>()
        };
        let rows: Vec<_> = rows.collect();
        if rows.is_sorted_by_key(key) {
            return Ok(());
        }
        let what = format!("{}\nnot in order: {rows:?}", loaded.sql);
        Err(self.mismatch(request, &what))
    }

    /// What the database compares of a step's target.
    fn order_key(&self, step: &Relationship, target: Option<&Row>) -> Vec<OrderKey> {
        let term = |(column, descending): &(usize, bool)| {
            let value = target.map_or(Value::Null, |row| row[*column].clone());
            self.facts.order_key(value, *descending)
        };
        self.model.order(step).iter().map(term).collect()
    }

    fn related(&self, step: &Relationship, source: &Row) -> Vec<Objects> {
        let all = related(self.model, step, source).into_iter();
        all.map(|row| vec![Some(row.clone())]).collect()
    }

    fn mismatch(&self, request: &Request, what: &str) -> Mismatch {
        let path: Vec<_> = self.steps.iter().map(|step| step.name.as_str()).collect();
        let strategy = request.load;
        let asked = format!("{} of E{} {path:?}", strategy.name(), self.source);
        Mismatch { strategy, what: format!("{asked}: {what}") }
    }
}

fn objects(rows: &[LoadedRow]) -> Vec<Objects> {
    rows.iter().map(|row| row.objects.clone()).collect()
}

/// Limit and offset.
fn limited<T>(rows: Vec<T>, part: Part) -> Vec<T> {
    let number = |number: u64| usize::try_from(number).unwrap();
    let rows = rows.into_iter().skip(part.offset.map_or(0, number));
    rows.take(part.limit.map_or(usize::MAX, number)).collect()
}
