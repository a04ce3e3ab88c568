//! Runs the engine's statements on an in-memory `SQLite`, and makes objects of their rows: by the
//! row layout, and by nothing else.

use joinwright::base::ColumnId;
use joinwright::graph::Literal;
use joinwright::plan::{self, Request, Strategy};
use joinwright::render::{self, Labels, Parameter, Statement, Style};
use joinwright::report::Severity;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::document::{ddl, document, quoted};
use super::model::{Model, Row, Table, Value};

/// What is done to a statement before it is run.
pub(crate) type Rewrite = dyn Fn(Strategy, &str) -> String;

/// A model in the engine, and its rows in a database.
pub(crate) struct Runner<'m> {
    pub(crate) engine: joinwright::Model,
    model: &'m Model,
    database: Connection,
    rewrite: &'m Rewrite,
}

/// A row of a result.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct LoadedRow {
    /// The objects, nearest first; nothing where an outer join found none.
    pub(crate) objects: Vec<Option<Row>>,
    /// The values of `Statement::matches`.
    pub(crate) matches: Vec<Value>,
}

/// What a statement gives.
pub(crate) struct Loaded {
    pub(crate) sql: String,
    pub(crate) rows: Vec<LoadedRow>,
    /// The columns of the given instances that `LoadedRow::matches` goes by.
    pub(crate) matches: Vec<usize>,
}

type Found<T> = Result<T, String>;

impl<'m> Runner<'m> {
    /// Reads the model and fills the database.
    pub(crate) fn new(model: &'m Model, rewrite: &'m Rewrite) -> Found<Self> {
        let engine = joinwright::Model::from_toml("model.toml", &document(model));
        let diagnostics = engine.diagnostics();
        let errors = diagnostics.iter().filter(|it| it.code.severity == Severity::Error);
        let errors: Vec<_> = errors.map(|it| format!("{}: {}", it.code.name, it.message)).collect();
        if !errors.is_empty() {
            return Err(format!("the model is refused: {errors:?}"));
        }
        let database = Connection::open_in_memory().map_err(text)?;
        database.execute_batch("PRAGMA foreign_keys = OFF").map_err(text)?;
        database.execute_batch(&ddl(model)).map_err(text)?;
        let runner = Self { engine, model, database, rewrite };
        model.tables.iter().try_for_each(|table| runner.insert(table))?;
        Ok(runner)
    }

    fn insert(&self, table: &Table) -> Found<()> {
        let places = vec!["?"; table.columns.len()].join(", ");
        let sql = format!("INSERT INTO {} VALUES ({places})", quoted(&table.name));
        let mut insert = self.database.prepare(&sql).map_err(text)?;
        for row in &table.rows {
            insert.execute(rusqlite::params_from_iter(row.iter().map(sql_value))).map_err(text)?;
        }
        Ok(())
    }

    /// Plans, renders and runs a statement for the given instances, rows of one table.
    pub(crate) fn load(
        &self,
        request: &Request,
        given: (usize, &[&Row]),
        labels: Labels,
    ) -> Found<Loaded> {
        let mapping = self.engine.mapping();
        let plan = plan::plan(mapping, self.engine.resolution(), request);
        let plan = plan.map_err(|refusal| format!("{refusal:?}"))?;
        let style = Style { dialect: mapping.dialect, labels, ..Style::default() };
        let statement = render::statement(&plan, mapping, style);
        let matches = statement.matches.iter();
        let matches = matches.map(|it| self.position(given.0, it.column)).collect();
        let sql = (self.rewrite)(request.load, &statement.sql);
        let (expanded, values) = self.expand(&sql, &statement.parameters, given);
        let labelled = labels == Labels::TableColumn;
        let rows = self.run(&expanded, &values, &statement, labelled);
        let rows = rows.map_err(|error| format!("{error}\n{sql}\n{values:?}"))?;
        Ok(Loaded { sql, rows, matches })
    }

    fn run(
        &self,
        sql: &str,
        values: &[Value],
        statement: &Statement,
        labelled: bool,
    ) -> Found<Vec<LoadedRow>> {
        let mut prepared = self.database.prepare(sql).map_err(text)?;
        if labelled {
            check_labels(&prepared, statement)?;
        }
        let values = rusqlite::params_from_iter(values.iter().map(sql_value));
        let mut rows = prepared.query(values).map_err(text)?;
        let mut loaded = Vec::new();
        while let Some(row) = rows.next().map_err(text)? {
            let matches = statement.matches.iter().map(|it| read(row, it.position));
            let matches = matches.collect::<Found<_>>()?;
            loaded.push(LoadedRow { objects: self.objects(row, statement)?, matches });
        }
        Ok(loaded)
    }

    /// The objects of a row, by the row layout.
    fn objects(&self, row: &rusqlite::Row<'_>, statement: &Statement) -> Found<Vec<Option<Row>>> {
        let mut depths: Vec<_> = statement.columns.iter().map(|it| it.path.len()).collect();
        depths.sort_unstable();
        depths.dedup();
        let mut objects = Vec::new();
        for depth in depths {
            let columns = || statement.columns.iter().filter(|it| it.path.len() == depth);
            let key = columns().filter(|it| it.primary_key);
            let key = key.map(|it| read(row, it.position)).collect::<Found<Vec<_>>>()?;
            let mut object = Vec::new();
            for column in columns() {
                let table = self.table(self.engine.mapping().entity_name(column.entity));
                let name = self.engine.mapping().names.text(column.attribute);
                let position = table.columns.iter().position(|it| it.name == name);
                let position = position.ok_or_else(|| format!("no attribute {name}"))?;
                object.push((position, read(row, column.position)?));
            }
            object.sort();
            let object = object.into_iter().map(|(_, value)| value).collect();
            let found = !key.is_empty() && !key.contains(&Value::Null);
            objects.push(found.then_some(object));
        }
        Ok(objects)
    }

    /// The table of the entity `E0`, `E1`, …
    fn table(&self, entity: &str) -> &Table {
        &self.model.tables[entity[1..].parse::<usize>().unwrap()]
    }

    fn position(&self, table: usize, column: ColumnId) -> usize {
        let mapping = self.engine.mapping();
        let name = mapping.names.text(mapping.graph.column(column).name);
        let columns = &self.model.tables[table].columns;
        columns.iter().position(|column| column.name == name).unwrap()
    }

    /// The text with a placeholder for each value of a list, and the values.
    fn expand(
        &self,
        sql: &str,
        parameters: &[Parameter],
        (table, given): (usize, &[&Row]),
    ) -> (String, Vec<Value>) {
        let (mut out, mut values) = (String::new(), Vec::new());
        let (mut parameters, mut quote) = (parameters.iter(), None);
        for char in sql.chars() {
            quote = match (quote, char) {
                (None, '\'' | '"') => Some(char),
                (Some(open), _) if open == char => None,
                _ => quote,
            };
            if char != '?' || quote.is_some() {
                out.push(char);
                continue;
            }
            let Some(parameter) = parameters.next() else { continue };
            if let Some(column) = parameter.column {
                values.push(given[0][self.position(table, column)].clone());
            } else if let Some(Literal::Number(number)) = &parameter.value {
                values.push(Value::Integer(number.parse().unwrap()));
            }
            let keys: Vec<_> =
                parameter.columns.iter().map(|it| self.position(table, *it)).collect();
            out.push_str(&list(keys.len(), given.len()));
            for row in given.iter().filter(|_| !keys.is_empty()) {
                values.extend(keys.iter().map(|key| row[*key].clone()));
            }
        }
        (out, values)
    }
}

/// The placeholders of a list, which `SQLite` takes as rows of `VALUES` where they are several
/// columns wide.
fn list(width: usize, length: usize) -> String {
    match width {
        0 => "?".to_owned(),
        1 => vec!["?"; length].join(", "),
        _ => {
            let row = format!("({})", vec!["?"; width].join(", "));
            format!("VALUES {}", vec![row; length].join(", "))
        }
    }
}

/// Written labels are what the database calls the columns.
fn check_labels(prepared: &rusqlite::Statement<'_>, statement: &Statement) -> Found<()> {
    let columns = statement.columns.iter().map(|it| (it.position, &it.label));
    let matches = statement.matches.iter().map(|it| (it.position, &it.label));
    for (position, label) in columns.chain(matches) {
        let name = prepared.column_name(position).map_err(text)?;
        if name != label {
            return Err(format!("column {position} is called {name}, not {label}"));
        }
    }
    Ok(())
}

fn read(row: &rusqlite::Row<'_>, position: usize) -> Found<Value> {
    let value = row.get_ref(position).map_err(text)?;
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        other => return Err(format!("column {position} is {other:?}")),
    })
}

fn sql_value(value: &Value) -> rusqlite::types::Value {
    match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Integer(number) => rusqlite::types::Value::Integer(*number),
        Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
    }
}

/// As a function that errors can be mapped with.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives errors by value")]
fn text(error: rusqlite::Error) -> String {
    error.to_string()
}
