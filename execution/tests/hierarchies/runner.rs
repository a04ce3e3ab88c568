//! Runs the engine's statements on a database, makes objects of their rows by the row layout alone,
//! and compares them with nested loops.

use joinwright::graph::Literal;
use joinwright::plan::{self, PathStep, Request, Strategy};
use joinwright::render::{Statement, Style};
use joinwright_execution::{Database, Given, Ran, Stored, Value, fill, model, run, statement};

use super::people::{Firm, Object};
use super::shape::{Link, Shape};

/// A firm in a shape, in the engine and in a database.
pub(crate) struct Runner<'f> {
    pub(crate) firm: &'f Firm,
    pub(crate) shape: Shape,
    pub(crate) engine: joinwright::Model,
    pub(crate) database: &'f mut dyn Database,
    pub(crate) rewrite: &'f dyn Fn(&str) -> String,
}

/// A row: the objects, nearest first, and the values of `Statement::matches`.
type Row = (Vec<Option<Object>>, Vec<Value>);

/// Pairs of a parent and one related object; nothing for a parent without any.
type Pairs = Vec<(Object, Option<Object>)>;

impl<'f> Runner<'f> {
    pub(crate) fn new(
        firm: &'f Firm,
        shape: Shape,
        database: &'f mut dyn Database,
        rewrite: &'f dyn Fn(&str) -> String,
    ) -> Result<Self, String> {
        let engine = model(&shape.document())?;
        let rows = |table: &str| shape.rows(firm, table);
        fill(database, &Stored::declared(engine.mapping(), rows))?;
        Ok(Self { firm, shape, engine, database, rewrite })
    }

    /// The rows of an entity alone.
    pub(crate) fn compare_entity(&mut self, entity: &str) -> Result<(), String> {
        let request = self.request(entity, Vec::new(), Strategy::Select);
        let (rows, sql) = self.load(&request, &[])?;
        let loaded = rows.into_iter().map(|(objects, _)| objects[0].clone().unwrap());
        same(loaded.collect(), self.firm.objects(entity), &sql)
    }

    /// Whether a strategy loads through a relationship what nested loops find; `false` where it
    /// does not fit the relationship.
    pub(crate) fn compare(&mut self, link: Link, strategy: Strategy) -> Result<bool, String> {
        let mut request = self.request(link.entity, vec![self.step(link)], strategy);
        let finds = matches!(
            strategy,
            Strategy::WithParent
                | Strategy::LazyReverse
                | Strategy::Join
                | Strategy::OuterJoin
                | Strategy::Any
                | Strategy::Has
        );
        let target = link.of_type.filter(|_| finds).unwrap_or(link.target);
        let link = Link { target, ..link };
        let many = matches!(link.name, "people" | "engineers" | "machines");
        if strategy == Strategy::Any && !many || strategy == Strategy::Has && many {
            return Ok(false);
        }
        match strategy {
            Strategy::Lazy | Strategy::WithParent => self.compare_one_by_one(&request, link)?,
            Strategy::LazyReverse => self.compare_reversed(&request, link)?,
            Strategy::Selectin | Strategy::Subquery => self.compare_matched(&request, link)?,
            Strategy::Joined => {
                for innerjoin in [None, Some(true)] {
                    request.innerjoin = innerjoin;
                    self.compare_joined(&request, link)?;
                }
                request.innerjoin = None;
                request.limit = Some(2);
                request.order_by = plan::Ordering::PrimaryKey;
                self.compare_joined(&request, link)?;
            }
            _ => {
                for (aliased, negate) in [(false, false), (true, false), (false, true)] {
                    let request = Request { aliased, negate, ..request.clone() };
                    self.compare_parents(&request, link)?;
                }
            }
        }
        Ok(true)
    }

    /// Each parent by itself.
    fn compare_one_by_one(&mut self, request: &Request, link: Link) -> Result<(), String> {
        for parent in self.firm.objects(link.entity) {
            let (rows, sql) = self.load(request, std::slice::from_ref(&parent))?;
            let loaded = rows.into_iter().map(|(objects, _)| objects[0].clone().unwrap());
            same(loaded.collect(), self.related(&parent, link), &sql)?;
        }
        Ok(())
    }

    /// The parents of each related object by itself.
    fn compare_reversed(&mut self, request: &Request, link: Link) -> Result<(), String> {
        for target in self.firm.objects(link.target) {
            let (rows, sql) = self.load(request, std::slice::from_ref(&target))?;
            let loaded = rows.into_iter().map(|(objects, _)| objects[0].clone().unwrap());
            let mut parents = self.firm.objects(link.entity);
            parents.retain(|parent| self.related(parent, link).contains(&target));
            same(loaded.collect(), parents, &sql)?;
        }
        Ok(())
    }

    /// All parents at once; rows are matched by their values.
    fn compare_matched(&mut self, request: &Request, link: Link) -> Result<(), String> {
        let parents = self.firm.objects(link.entity);
        if parents.is_empty() {
            return Ok(());
        }
        let columns = self.statement(request)?.matches;
        let columns: Vec<_> = columns.iter().map(|it| self.column(it.column)).collect();
        let (rows, sql) = self.load(request, &parents)?;
        let mut loaded = Pairs::new();
        for parent in &parents {
            let values = columns.iter().map(|column| self.firm.value(parent, column));
            let values: Vec<_> = values.map(Value::from).collect();
            let own = rows.iter().filter(|(_, matches)| *matches == values);
            let own = own.filter(|(_, matches)| !matches.contains(&Value::Null));
            loaded.extend(own.map(|(objects, _)| (parent.clone(), objects[0].clone())));
        }
        same(loaded, self.pairs(&parents, link, false), &sql)
    }

    /// Parents and related objects in one row.
    fn compare_joined(&mut self, request: &Request, link: Link) -> Result<(), String> {
        let mut parents = self.firm.objects(link.entity);
        parents.sort_by_key(|(_, id)| *id);
        let inner = request.innerjoin == Some(true);
        parents.truncate(request.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap()));
        let (rows, sql) = self.load(request, &[])?;
        let pair = |(objects, _): Row| (objects[0].clone().unwrap(), objects[1].clone());
        same(rows.into_iter().map(pair).collect(), self.pairs(&parents, link, !inner), &sql)
    }

    /// The parents that have related objects, or all, or those that have none.
    fn compare_parents(&mut self, request: &Request, link: Link) -> Result<(), String> {
        let exists = matches!(request.load, Strategy::Any | Strategy::Has);
        let expected = self.firm.objects(link.entity).into_iter().flat_map(|parent| {
            let related = self.related(&parent, link).len();
            let times = match request.load {
                Strategy::Join => related,
                Strategy::OuterJoin => related.max(1),
                _ => usize::from((related > 0) != request.negate),
            };
            vec![parent; times]
        });
        if request.negate && !exists {
            return Ok(());
        }
        let expected = expected.collect();
        let (rows, sql) = self.load(request, &[])?;
        let loaded = rows.into_iter().map(|(objects, _)| objects[0].clone().unwrap());
        same(loaded.collect(), expected, &sql)
    }

    /// What nested loops find for a parent.
    pub(crate) fn related(&self, parent: &Object, link: Link) -> Vec<Object> {
        let own = self.firm.value(parent, link.local);
        let targets = self.firm.objects(link.target).into_iter();
        targets.filter(|it| own.is_some() && self.firm.value(it, link.remote) == own).collect()
    }

    fn pairs(&self, parents: &[Object], link: Link, with_empty: bool) -> Pairs {
        let mut pairs = Pairs::new();
        for parent in parents {
            let related = self.related(parent, link);
            if related.is_empty() && with_empty {
                pairs.push((parent.clone(), None));
            }
            pairs.extend(related.into_iter().map(|it| (parent.clone(), Some(it))));
        }
        pairs
    }

    fn request(&self, entity: &str, path: Vec<PathStep>, load: Strategy) -> Request {
        let entity = self.engine.mapping().find_entity(entity).unwrap();
        Request { path, ..Request::new(entity, Vec::new(), load) }
    }

    pub(crate) fn step(&self, link: Link) -> PathStep {
        let mapping = self.engine.mapping();
        let (entity, name) = (mapping.find_entity(link.entity), mapping.names.find(link.name));
        let resolution = self.engine.resolution();
        let relationship = resolution.find(mapping, entity.unwrap(), name.unwrap()).unwrap();
        let of_type = link.of_type.map(|entity| mapping.find_entity(entity).unwrap());
        PathStep { relationship, of_type }
    }

    fn statement(&self, request: &Request) -> Result<Statement, String> {
        statement(&self.engine, request, Style::of(self.database.facts().dialect))
    }

    /// Runs a statement for the given instances.
    fn load(&mut self, request: &Request, given: &[Object]) -> Result<(Vec<Row>, String), String> {
        let statement = self.statement(request)?;
        let (firm, mapping) = (self.firm, self.engine.mapping());
        let value = |object: &Object, column| {
            let name = mapping.names.text(mapping.graph.column(column).name);
            Given::from(Value::from(firm.value(object, name)))
        };
        let Ran { sql, found } = run(self.database, &statement, self.rewrite, given, value)?;
        let rows = found.rows.iter().map(|row| self.row(&statement, row));
        let rows = rows.collect::<Result<_, _>>().map_err(|what| format!("{what}\n{sql}"))?;
        Ok((rows, sql))
    }

    fn row(&self, statement: &Statement, row: &[Value]) -> Result<Row, String> {
        let matches = statement.matches.iter().map(|it| row[it.position].clone());
        let mut depths: Vec<_> = statement.columns.iter().map(|it| it.path.len()).collect();
        depths.sort_unstable();
        depths.dedup();
        let objects = depths.into_iter().map(|depth| self.object(statement, depth, row));
        Ok((objects.collect::<Result<_, _>>()?, matches.collect()))
    }

    /// The object at a depth of the path: its entity is what the discriminator says, its id what
    /// identifies it. What else is loaded of it must be its own.
    fn object(
        &self,
        statement: &Statement,
        depth: usize,
        row: &[Value],
    ) -> Result<Option<Object>, String> {
        let name = |entity| self.engine.mapping().entity_name(entity).to_owned();
        let columns = || statement.columns.iter().filter(|it| it.path.len() == depth);
        let key = columns().find(|it| it.primary_key).unwrap();
        let Value::Integer(id) = row[key.position] else { return Ok(None) };
        let told = statement.discriminators.iter().find(|it| it.path.len() == depth);
        let entity = match told {
            None => name(key.entity),
            Some(told) => {
                let value = &row[told.position];
                let is = |literal: &Literal| matches!((literal, value), (Literal::String(a), Value::Text(b)) if **a == **b);
                let found = told.identities.iter().find(|(literal, _)| is(literal));
                name(found.map_or(told.entity, |(_, entity)| *entity))
            }
        };
        let object = (entity, id);
        for column in columns() {
            let attribute = self.engine.mapping().names.text(column.attribute);
            let of = name(column.entity);
            if attribute == "kind" || of != object.0 && of != "Person" {
                continue;
            }
            let (loaded, own) = (&row[column.position], self.firm.value(&object, attribute));
            if *loaded != Value::from(own) {
                return Err(format!("{attribute} of {object:?} is {own:?}, loaded {loaded:?}"));
            }
        }
        Ok(Some(object))
    }

    fn column(&self, column: joinwright::base::ColumnId) -> String {
        let mapping = self.engine.mapping();
        mapping.names.text(mapping.graph.column(column).name).to_owned()
    }
}

fn same<T: Ord + std::fmt::Debug>(
    mut loaded: Vec<T>,
    mut expected: Vec<T>,
    sql: &str,
) -> Result<(), String> {
    loaded.sort();
    expected.sort();
    if loaded == expected {
        return Ok(());
    }
    Err(format!("{sql}\nloaded {loaded:?}\nexpected {expected:?}"))
}
