//! Holds what the statements load against what the oracle finds, strategy by strategy.

use std::cmp::Ordering as Order;
use std::collections::BTreeMap;

use joinwright::base::{EntityId, RelationshipId};
use joinwright::plan::{Ordering, Request, Strategy};
use joinwright::render::Labels;

use super::database::Database;
use super::model::{Model, Relationship, Row, Value};
use super::oracle::{chains, related};
use super::runner::{Loaded, LoadedRow, Rewrite, Runner};

/// How many statements were run, by strategy.
pub(crate) type Tally = BTreeMap<&'static str, usize>;

/// What does not agree, in words.
#[derive(Debug)]
pub(crate) struct Mismatch {
    pub(crate) strategy: Strategy,
    pub(crate) what: String,
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
    let nulls_last = database.facts().nulls_last;
    let runner = &mut Runner::new(model, database, rewrite).map_err(unread)?;
    for (index, table) in model.tables.iter().enumerate().filter(|(_, table)| table.mapped) {
        let mut check =
            Check { model, nulls_last, runner, steps: Vec::new(), source: index, tally };
        let rows: Vec<_> = table.rows.iter().map(|row| vec![Some(row.clone())]).collect();
        check.expect(&check.request(Strategy::Select), rows)?;
    }
    for first in &model.relationships {
        let source = first.source;
        let mut check = Check { model, nulls_last, runner, steps: vec![first], source, tally };
        check.one_step().and_then(|()| check.path())?;
        for second in model.relationships.iter().filter(|it| it.source == first.target) {
            check.steps = vec![first, second];
            check.path()?;
        }
    }
    Ok(())
}

/// One path of a model.
struct Check<'m, 't> {
    model: &'m Model,
    /// Whether the database has NULL after all else.
    nulls_last: bool,
    runner: &'t mut Runner<'m>,
    steps: Vec<&'m Relationship>,
    source: usize,
    tally: &'t mut Tally,
}

impl<'m> Check<'m, '_> {
    fn one_step(&mut self) -> Checked {
        let step = self.steps[0];
        self.lazy(step, Strategy::Lazy)?;
        self.lazy(step, Strategy::WithParent)?;
        self.lazy_reverse(step)?;
        self.selectin(step)?;
        self.subquery(step, None)?;
        self.subquery(step, Some((2, 1)))?;
        self.exists(step, false)?;
        self.exists(step, true)?;
        self.contains(step, false)?;
        self.contains(step, true)
    }

    fn path(&mut self) -> Checked {
        self.join(None, false)?;
        self.join(Some((2, 1)), true)?;
        self.outer_join()?;
        for innerjoin in [None, Some(false), Some(true)] {
            self.joined(innerjoin, None)?;
            self.joined(innerjoin, Some((2, 1)))?;
        }
        Ok(())
    }

    fn lazy(&mut self, step: &'m Relationship, strategy: Strategy) -> Checked {
        let request = self.request(strategy);
        for source in &self.model.tables[step.source].rows {
            let loaded = self.load(&request, (step.source, &[source]))?;
            let expected = related(self.model, step, source);
            let expected = expected.into_iter().map(|row| vec![Some(row.clone())]).collect();
            self.same(&request, &loaded.sql, objects(&loaded.rows), expected)?;
            if strategy == Strategy::Lazy {
                self.in_order(&request, &loaded, loaded.rows.iter(), step, 0)?;
            }
        }
        Ok(())
    }

    fn lazy_reverse(&mut self, step: &'m Relationship) -> Checked {
        let request = self.request(Strategy::LazyReverse);
        let sources = &self.model.tables[step.source].rows;
        for target in &self.model.tables[step.target].rows {
            let ways = |source| {
                let all = related(self.model, step, source).into_iter();
                all.filter(|it| *it == target).map(move |_| vec![Some(source.clone())])
            };
            let expected = sources.iter().flat_map(ways).collect();
            let loaded = self.load(&request, (step.target, &[target]))?;
            self.same(&request, &loaded.sql, objects(&loaded.rows), expected)?;
        }
        Ok(())
    }

    fn selectin(&mut self, step: &'m Relationship) -> Checked {
        let request = self.request(Strategy::Selectin);
        let given: Vec<_> = self.model.tables[step.source].rows.iter().collect();
        if given.is_empty() {
            return Ok(());
        }
        let loaded = self.load(&request, (step.source, &given))?;
        self.each_parent(&request, &loaded, step, &given)
    }

    fn subquery(&mut self, step: &'m Relationship, part: Option<(u64, u64)>) -> Checked {
        let request = self.limited(Strategy::Subquery, part);
        let loaded = self.load(&request, (step.source, &[]))?;
        self.each_parent(&request, &loaded, step, &limited(self.by_key(), part))
    }

    /// The rows that match each parent are those that belong to it.
    fn each_parent(
        &mut self,
        request: &Request,
        loaded: &Loaded,
        step: &'m Relationship,
        given: &[&'m Row],
    ) -> Checked {
        for source in given {
            let own: Vec<_> = loaded.matches.iter().map(|column| source[*column].clone()).collect();
            let matching = loaded.rows.iter().filter(|row| row.matches == own);
            let found = matching.clone().map(|row| row.objects.clone()).collect();
            let expected = related(self.model, step, source).into_iter();
            let expected = expected.map(|row| vec![Some(row.clone())]).collect();
            self.same(request, &loaded.sql, found, expected)?;
            self.in_order(request, loaded, matching, step, 0)?;
        }
        Ok(())
    }

    fn exists(&mut self, step: &'m Relationship, negate: bool) -> Checked {
        let strategy = if self.is_collection(step) { Strategy::Any } else { Strategy::Has };
        let request = Request { negate, ..self.request(strategy) };
        let fits = |row: &&Row| related(self.model, step, row).is_empty() == negate;
        let rows = self.model.tables[step.source].rows.iter().filter(fits);
        let expected = rows.map(|row| vec![Some(row.clone())]).collect();
        self.expect(&request, expected)
    }

    fn contains(&mut self, step: &'m Relationship, negate: bool) -> Checked {
        if !self.is_collection(step) {
            return Ok(());
        }
        let request = Request { negate, ..self.request(Strategy::Contains) };
        for target in &self.model.tables[step.target].rows {
            let holds = |row: &&Row| related(self.model, step, row).contains(&target) != negate;
            let rows = self.model.tables[step.source].rows.iter().filter(holds);
            let expected = rows.map(|row| vec![Some(row.clone())]).collect();
            let loaded = self.load(&request, (step.target, &[target]))?;
            self.same(&request, &loaded.sql, objects(&loaded.rows), expected)?;
        }
        Ok(())
    }

    fn join(&mut self, part: Option<(u64, u64)>, aliased: bool) -> Checked {
        let request = Request { aliased, ..self.limited(Strategy::Join, part) };
        let all = self.all_chains(&self.by_key(), &[(false, &self.steps)]);
        let expected = limited(all, part).into_iter().map(|chain| chain[..1].to_vec()).collect();
        self.expect(&request, expected)
    }

    fn outer_join(&mut self) -> Checked {
        let request = self.request(Strategy::OuterJoin);
        let groups: Vec<_> = self.steps.chunks(1).map(|step| (true, step)).collect();
        let all = self.all_chains(&self.by_key(), &groups);
        let expected = all.into_iter().map(|chain| chain[..1].to_vec()).collect();
        self.expect(&request, expected)
    }

    /// A limit counts instances where a collection is joined, else rows; the two are the same
    /// unless a relationship is said to lead to one and leads to more.
    fn joined(&mut self, innerjoin: Option<bool>, part: Option<(u64, u64)>) -> Checked {
        let request = Request { innerjoin, ..self.limited(Strategy::Joined, part) };
        let steps = self.steps.clone();
        let groups = groups(&steps, innerjoin);
        let collection = steps.iter().any(|step| self.is_collection(step));
        let parents = if collection { limited(self.by_key(), part) } else { self.by_key() };
        let all = self.all_chains(&parents, &groups);
        let several = all.windows(2).any(|pair| pair[0][0] == pair[1][0]);
        if part.is_some() && !collection && several {
            return Ok(());
        }
        let expected = if collection { all } else { limited(all, part) };
        let loaded = self.load(&request, (self.source, &[]))?;
        self.same(&request, &loaded.sql, objects(&loaded.rows), expected)?;
        for parent in parents {
            let own = loaded.rows.iter().filter(|row| row.objects[0].as_ref() == Some(parent));
            self.in_order(&request, &loaded, own, steps[0], 1)?;
        }
        Ok(())
    }

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

    fn limited(&self, strategy: Strategy, part: Option<(u64, u64)>) -> Request {
        let (limit, offset) = part.unzip();
        let order_by = if part.is_some() { Ordering::PrimaryKey } else { Ordering::Unordered };
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

    /// The relationship's order holds among rows of one parent.
    fn in_order<'r>(
        &self,
        request: &Request,
        loaded: &Loaded,
        rows: impl Iterator<Item = &'r LoadedRow>,
        step: &Relationship,
        depth: usize,
    ) -> Checked {
        let targets: Vec<_> = rows.filter_map(|row| row.objects[depth].as_ref()).collect();
        let ordered =
            |pair: &[&Row]| self.compare_by(self.model.order(step), pair[0], pair[1]).is_le();
        if targets.windows(2).all(ordered) {
            return Ok(());
        }
        let what = format!("{}\nnot in order: {targets:?}", loaded.sql);
        Err(self.mismatch(request, &what))
    }

    fn compare_by(&self, order: &[(usize, bool)], left: &Row, right: &Row) -> Order {
        let key = |row: &Row, column: usize| {
            let is_null = row[column] == Value::Null;
            (is_null == self.nulls_last, row[column].clone())
        };
        let terms = order.iter().map(|(column, descending)| {
            let order = key(left, *column).cmp(&key(right, *column));
            if *descending { order.reverse() } else { order }
        });
        terms.into_iter().find(|order| order.is_ne()).unwrap_or(Order::Equal)
    }

    fn mismatch(&self, request: &Request, what: &str) -> Mismatch {
        let path: Vec<_> = self.steps.iter().map(|step| step.name.as_str()).collect();
        let strategy = request.load;
        let asked = format!("{} of E{} {path:?}", strategy.name(), self.source);
        Mismatch { strategy, what: format!("{asked}: {what}") }
    }
}

/// An inner join right of an outer one belongs to it.
fn groups<'s, 'm>(
    steps: &'s [&'m Relationship],
    innerjoin: Option<bool>,
) -> Vec<(bool, &'s [&'m Relationship])> {
    let is_inner = |step: &Relationship| innerjoin.unwrap_or(step.innerjoin);
    match steps {
        [first, second] if !is_inner(first) && is_inner(second) => vec![(true, steps)],
        _ => steps.chunks(1).map(|step| (!is_inner(step[0]), step)).collect(),
    }
}

fn objects(rows: &[LoadedRow]) -> Vec<Objects> {
    rows.iter().map(|row| row.objects.clone()).collect()
}

/// Limit and offset.
fn limited<T>(rows: Vec<T>, part: Option<(u64, u64)>) -> Vec<T> {
    let Some((limit, offset)) = part else { return rows };
    let (limit, offset) = (usize::try_from(limit).unwrap(), usize::try_from(offset).unwrap());
    rows.into_iter().skip(offset).take(limit).collect()
}
