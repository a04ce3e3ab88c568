//! A small database to read texts against.

use joinwright::base::{
    ColumnId, Dialect, ExprId, Folding, Names, SelectableId, SourceId, TableId,
};
use joinwright::catalog::{Catalog, Table, TableColumn};
use joinwright::graph::{BinaryOperator, Condition, Expr, Graph};
use joinwright::parse::{
    self, Defect, DefectKind, Derived, Grammar, Named, Part, Reading, Scope, ScopeError,
    ScopeErrorKind,
};
use joinwright::text::{Fragment, Sources, Span};

use crate::show;

/// Tables whose names and columns are looked up without regard to case, and three attributes of an
/// entity `E`: `total` is `a.x + a.y`, `point` is composed of `a.x` and `a.y`, `key` is `a.id`.
pub(crate) struct World {
    pub(crate) names: Names,
    pub(crate) graph: Graph,
    pub(crate) sources: Sources,
    scope: Tables,
}

struct Tables {
    /// Schema, table, id, columns.
    tables: Vec<(Option<String>, String, TableId, Vec<String>)>,
    total: Option<ExprId>,
}

/// What came of a text.
pub(crate) struct Read {
    pub(crate) shown: String,
    pub(crate) defects: Vec<Defect>,
    /// Where the nodes of a condition stand, in reading order.
    pub(crate) places: Vec<Span>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of(&[
            (None, "a", &["id", "x", "y", "name"]),
            (None, "b", &["id", "a_id", "x", "name"]),
            (None, "node", &["id", "parent_id", "path"]),
            (Some("s1"), "c", &["id", "größe"]),
        ])
    }

    pub(crate) fn of(tables: &[(Option<&str>, &str, &[&str])]) -> Self {
        let (mut names, mut catalog) = (Names::new(), Catalog::new());
        let mut known = Vec::new();
        for (schema, name, columns) in tables {
            let mut table = Table::new(names.intern(name));
            table.schema = schema.map(|schema| names.intern(schema));
            let id = catalog.add_table(table, &names);
            for column in *columns {
                catalog.add_column(id, TableColumn::new(names.intern(column)));
            }
            let columns = columns.iter().map(|column| (*column).to_owned()).collect();
            known.push((schema.map(str::to_owned), (*name).to_owned(), id, columns));
        }
        let scope = Tables { tables: known, total: None };
        let mut world = Self { names, graph: Graph::of(catalog), sources: Sources::new(), scope };
        world.add_total();
        world
    }

    fn add_total(&mut self) {
        let part = |text| Part { text, quoted: false };
        let find = |column| self.scope.column(&self.graph, &self.names, &[part("a"), part(column)]);
        let (Ok(Named::Column(x)), Ok(Named::Column(y))) = (find("x"), find("y")) else { return };
        let left = self.graph.add(Expr::Column(x), None);
        let right = self.graph.add(Expr::Column(y), None);
        let total = Expr::Binary { operator: BinaryOperator::Plus, left, right };
        self.scope.total = Some(self.graph.add(total, None));
    }

    pub(crate) fn source(&mut self, text: &str) -> SourceId {
        self.sources.add("text", text)
    }

    /// Has a text read.
    fn reading<T>(
        &mut self,
        text: &str,
        grammar: &Grammar<'_>,
        read: impl FnOnce(Reading<'_>) -> T,
    ) -> T {
        let fragment = &Fragment::verbatim(self.source(text), text.to_owned(), 0);
        let Self { names, graph, scope, .. } = self;
        read(Reading { fragment, grammar, scope, graph, names })
    }

    pub(crate) fn condition(&mut self, text: &str, grammar: &Grammar<'_>) -> Read {
        let fragment = Fragment::verbatim(self.source(text), text.to_owned(), 0);
        self.condition_of(&fragment, grammar)
    }

    pub(crate) fn condition_of(&mut self, fragment: &Fragment<'_>, grammar: &Grammar<'_>) -> Read {
        let Self { names, graph, scope, .. } = self;
        let (condition, defects) =
            parse::condition(Reading { fragment, grammar, scope, graph, names });
        let root = condition.as_ref().and_then(Condition::root);
        let nodes = root.into_iter().flat_map(|root| graph.walk(root));
        let places = nodes.filter_map(|id| graph.span(id)).collect();
        let shown = condition.map(|condition| show::condition(graph, names, &condition));
        Read { shown: shown.unwrap_or_default(), defects, places }
    }

    pub(crate) fn expression(&mut self, text: &str, grammar: &Grammar<'_>) -> Read {
        let (id, defects) = self.expression_id(text, grammar);
        let shown = id.map(|id| show::expr(&self.graph, &self.names, id));
        Read { shown: shown.unwrap_or_default(), defects, places: Vec::new() }
    }

    pub(crate) fn expression_id(
        &mut self,
        text: &str,
        grammar: &Grammar<'_>,
    ) -> (Option<ExprId>, Vec<Defect>) {
        self.reading(text, grammar, parse::expression)
    }

    pub(crate) fn order_by(&mut self, text: &str, grammar: &Grammar<'_>) -> Read {
        let (terms, defects) = self.reading(text, grammar, parse::order_by);
        let shown = show::order_by(&self.graph, &self.names, &terms);
        Read { shown, defects, places: Vec::new() }
    }

    pub(crate) fn clause(&mut self, text: &str, grammar: &Grammar<'_>) -> Read {
        let (selectable, defects) = self.clause_id(text, grammar);
        let shown = selectable.map(|id| show::selectable(&self.graph, &self.names, id));
        Read { shown: shown.unwrap_or_default(), defects, places: Vec::new() }
    }

    pub(crate) fn clause_id(
        &mut self,
        text: &str,
        grammar: &Grammar<'_>,
    ) -> (Option<SelectableId>, Vec<Defect>) {
        self.reading(text, grammar, parse::from_clause)
    }

    pub(crate) fn query_id(
        &mut self,
        text: &str,
        grammar: &Grammar<'_>,
    ) -> (Option<SelectableId>, Vec<Defect>) {
        self.reading(text, grammar, |reading| parse::query(reading, Derived::default()))
    }

    pub(crate) fn query(&mut self, text: &str, grammar: &Grammar<'_>) -> Read {
        let (selectable, defects) = self.query_id(text, grammar);
        let shown = selectable.map(|id| show::selectable(&self.graph, &self.names, id));
        Read { shown: shown.unwrap_or_default(), defects, places: Vec::new() }
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.sources.slice(span)
    }

    /// The text that each defect points at.
    pub(crate) fn underlined(&self, defects: &[Defect]) -> Vec<String> {
        defects.iter().map(|defect| self.slice(defect.span).to_owned()).collect()
    }
}

impl Tables {
    fn find(&self, graph: &Graph, name: &[Part<'_>]) -> Option<(SelectableId, &[String])> {
        let same = |part: &Part<'_>, other: &str| part.text.to_lowercase() == other.to_lowercase();
        let found = self.tables.iter().find(|(schema, table, ..)| match name {
            [only] => same(only, table),
            [first, second] => {
                schema.as_ref().is_some_and(|s| same(first, s)) && same(second, table)
            }
            _ => false,
        });
        let (.., id, columns) = found?;
        Some((graph.table(*id)?, columns))
    }

    fn attribute(&self, graph: &Graph, names: &Names, name: &str) -> Option<Named> {
        let column = |column: &str| -> Option<ColumnId> {
            let part = |text| Part { text, quoted: false };
            match self.column(graph, names, &[part("a"), part(column)]) {
                Ok(Named::Column(column)) => Some(column),
                _ => None,
            }
        };
        match name {
            "total" => self.total.map(Named::Expression),
            "point" => Some(Named::Composite(vec![column("x")?, column("y")?])),
            "key" => column("id").map(Named::Column),
            _ => None,
        }
    }
}

impl Scope for Tables {
    fn column(&self, graph: &Graph, names: &Names, name: &[Part<'_>]) -> Result<Named, ScopeError> {
        let error = |kind, part| ScopeError { kind, part, nearest: None };
        let (column, table) = name.split_last().expect("a name has parts");
        if table.is_empty() {
            return Err(error(ScopeErrorKind::Unqualified, 0));
        }
        if let [entity] = table
            && entity.text == "E"
            && let Some(named) = self.attribute(graph, names, column.text)
        {
            return Ok(named);
        }
        let Some((selectable, columns)) = self.find(graph, table) else {
            return Err(error(ScopeErrorKind::UnknownTable, table.len() - 1));
        };
        let spelled = Folding::Keep.spelling(column.text, column.quoted).to_lowercase();
        let position = columns.iter().position(|other| other.to_lowercase() == spelled);
        let id = position.and_then(|at| graph.columns(selectable).nth(at));
        let owner = table.last().map_or("", |part| part.text).to_owned();
        let unknown = || error(ScopeErrorKind::UnknownColumn { owner }, table.len());
        id.map(Named::Column).ok_or_else(unknown)
    }

    fn selectable(
        &self,
        graph: &Graph,
        _: &Names,
        name: &[Part<'_>],
    ) -> Result<SelectableId, ScopeError> {
        let name = match name {
            [entity] if entity.text == "E" => &[Part { text: "a", quoted: false }],
            _ => name,
        };
        let kind = ScopeErrorKind::UnknownTable;
        let error = ScopeError { kind, part: name.len().saturating_sub(1), nearest: None };
        self.find(graph, name).map(|(selectable, _)| selectable).ok_or(error)
    }
}

pub(crate) fn in_dialect(dialect: Dialect) -> Grammar<'static> {
    Grammar::of(dialect)
}

/// Reads an expression that has nothing wrong with it, and writes its tree with all brackets.
pub(crate) fn tree_in(text: &str, grammar: &Grammar<'_>) -> String {
    let mut world = World::new();
    let read = world.expression(text, grammar);
    assert_eq!(read.defects, [], "{text} in {}", grammar.dialect);
    read.shown
}

pub(crate) fn tree(text: &str) -> String {
    tree_in(text, &Grammar::of(Dialect::Ansi))
}

/// The message of the only defect of a condition, and the text under it.
pub(crate) fn mistake(text: &str, grammar: &Grammar<'_>) -> (String, String) {
    let mut world = World::new();
    let read = world.condition(text, grammar);
    let [defect] = read.defects.as_slice() else { panic!("{text}: {:?}", read.defects) };
    let message = match &defect.kind {
        DefectKind::Syntax { message } => message.clone(),
        DefectKind::Unsupported { what, .. } => what.clone(),
        DefectKind::TooDeep { unit, limit } => format!("more than {limit} {unit}"),
        other => format!("{other:?}"),
    };
    (message, world.slice(defect.span).to_owned())
}
