//! Trees as text, with every bracket written.

use joinwright::base::{ExprId, Name, Names, QueryId, SelectableId};
use joinwright::graph::{
    BinaryOperator, Condition, Expr, FrameBound, Graph, JoinKind, Literal, OrderTerm, Query,
    Recursion, Roles, SelectableKind, Window,
};

#[derive(Clone, Copy)]
struct Show<'g> {
    graph: &'g Graph,
    names: &'g Names,
}

pub(crate) fn expr(graph: &Graph, names: &Names, id: ExprId) -> String {
    Show { graph, names }.expr(id)
}

pub(crate) fn selectable(graph: &Graph, names: &Names, id: SelectableId) -> String {
    Show { graph, names }.selectable(id)
}

pub(crate) fn order_by(graph: &Graph, names: &Names, terms: &[OrderTerm]) -> String {
    Show { graph, names }.order_by(terms)
}

/// The tree, then the marked occurrences.
pub(crate) fn condition(graph: &Graph, names: &Names, condition: &Condition) -> String {
    let show = Show { graph, names };
    let mut text = condition.root().map_or_else(String::new, |root| show.expr(root));
    for (title, roles) in [("foreign", condition.foreign()), ("remote", condition.remote())] {
        if !roles.is_empty() {
            text.extend(["; ", title, " ", &show.roles(condition, roles)]);
        }
    }
    text
}

impl Show<'_> {
    fn name(self, name: Name) -> String {
        self.names.text(name).to_owned()
    }

    fn roles(self, condition: &Condition, roles: &Roles) -> String {
        let occurrence = |index| {
            let column = condition.column(index).expect("an occurrence has a column");
            format!("{}#{}", self.column(column), index.0)
        };
        let list: Vec<String> = roles.iter().map(occurrence).collect();
        list.join(" ")
    }

    fn column(self, column: joinwright::base::ColumnId) -> String {
        let column = self.graph.column(column);
        let owner = self.graph.selectable(column.selectable).name;
        format!("{}.{}", owner.map_or("?".into(), |name| self.name(name)), self.name(column.name))
    }

    fn list(self, list: &[ExprId]) -> String {
        list.iter().map(|id| self.expr(*id)).collect::<Vec<_>>().join(", ")
    }

    fn expr(self, id: ExprId) -> String {
        match self.graph.expr(id) {
            Expr::Column(column) => self.column(*column),
            Expr::Literal(literal) => show_literal(literal),
            Expr::Parameter(name) => format!(":{}", self.name(*name)),
            Expr::Unary { operator, operand } => format!("({operator:?} {})", self.expr(*operand)),
            Expr::Binary { operator, left, right } => {
                format!("({} {} {})", self.expr(*left), self.operator(*operator), self.expr(*right))
            }
            Expr::And(list) => format!("and({})", self.list(list)),
            Expr::Or(list) => format!("or({})", self.list(list)),
            Expr::Star => "*".into(),
            Expr::Row(list) => format!("row({})", self.list(list)),
            Expr::Subscript { operand, indices } => {
                format!("{}[{}]", self.expr(*operand), self.list(indices))
            }
            Expr::Array(list) => format!("array[{}]", self.list(list)),
            Expr::Unknown => "unknown".into(),
            Expr::Scalar(query) => format!("({})", self.query(*query)),
            Expr::Cast { operand, type_name } => {
                format!("cast({} as {})", self.expr(*operand), self.name(*type_name))
            }
            Expr::Collate { operand, collation } => {
                format!("({} collate {})", self.expr(*operand), self.name(*collation))
            }
            Expr::AtTimeZone { operand, zone } => {
                format!("({} at time zone {})", self.expr(*operand), self.expr(*zone))
            }
            Expr::Extract { field, operand } => {
                format!("extract({} from {})", self.name(*field), self.expr(*operand))
            }
            Expr::TypedLiteral { type_name, text } => format!("{} '{text}'", self.name(*type_name)),
            other => self.predicate(other),
        }
    }

    fn predicate(self, expr: &Expr) -> String {
        let not = |negated: &bool| if *negated { "not " } else { "" };
        match expr {
            Expr::Like { value, pattern, escape, negated, insensitive } => {
                let word = if *insensitive { "ilike" } else { "like" };
                let escape = escape.map(|escape| format!(" escape {}", self.expr(escape)));
                let (value, pattern) = (self.expr(*value), self.expr(*pattern));
                format!("({value} {}{word} {pattern}{})", not(negated), escape.unwrap_or_default())
            }
            Expr::Between { value, low, high, negated } => {
                let [value, low, high] = [value, low, high].map(|id| self.expr(*id));
                format!("({value} {}between {low} and {high})", not(negated))
            }
            Expr::In { value, list, negated } => {
                format!("({} {}in ({}))", self.expr(*value), not(negated), self.list(list))
            }
            Expr::InQuery { value, query, negated } => {
                format!("({} {}in ({}))", self.expr(*value), not(negated), self.query(*query))
            }
            Expr::Is { value, test, negated } => {
                format!("({} is {}{test:?})", self.expr(*value), not(negated))
            }
            Expr::Quantified { quantifier, operator, left, right } => format!(
                "({} {} {quantifier:?} {})",
                self.expr(*left),
                self.operator(*operator),
                self.expr(*right)
            ),
            Expr::Exists { query, negated } => {
                format!("{}exists({})", not(negated), self.query(*query))
            }
            Expr::Function { name, arguments, distinct, compares, filter, over } => {
                let distinct = if *distinct { "distinct " } else { "" };
                let over = over.as_ref().map_or(String::new(), |window| self.window(window));
                let compares = compares.map_or(String::new(), |(l, r)| format!("<{l},{r}>"));
                let arguments = self.list(arguments);
                let filter = filter.map_or(String::new(), |id| format!(" where {}", self.expr(id)));
                format!("{}{compares}({distinct}{arguments}){filter}{over}", self.name(*name))
            }
            Expr::Case { operand, whens, otherwise } => {
                let operand = operand.map_or(String::new(), |id| format!(" {}", self.expr(id)));
                let when = |when: &joinwright::graph::When| {
                    format!(" when {} then {}", self.expr(when.condition), self.expr(when.value))
                };
                let whens: String = whens.iter().map(when).collect();
                let otherwise = otherwise.map(|id| format!(" else {}", self.expr(id)));
                format!("case{operand}{whens}{} end", otherwise.unwrap_or_default())
            }
            other => format!("{other:?}"),
        }
    }

    fn window(self, window: &Window) -> String {
        let order_by = self.order_by(&window.order_by);
        let frame = window.frame.map_or(String::new(), |frame| {
            let end = frame.end.map_or(String::new(), |end| format!(" to {}", self.bound(end)));
            format!(" {:?} {}{end}", frame.unit, self.bound(frame.start))
        });
        format!(" over (partition {} order {order_by}{frame})", self.list(&window.partition_by))
    }

    fn bound(self, bound: FrameBound) -> String {
        let number = |number: Option<_>| number.map_or("all".into(), |number| self.expr(number));
        match bound {
            FrameBound::CurrentRow => "here".into(),
            FrameBound::Preceding(rows) => format!("-{}", number(rows)),
            FrameBound::Following(rows) => format!("+{}", number(rows)),
        }
    }

    fn operator(self, operator: BinaryOperator) -> String {
        match operator {
            BinaryOperator::Custom { operator, comparison } => {
                let sign = if comparison { "?" } else { "" };
                format!("{}{sign}", self.name(operator))
            }
            other => format!("{other:?}"),
        }
    }

    fn order_by(self, terms: &[OrderTerm]) -> String {
        let term = |term: &OrderTerm| {
            let direction = match term.descending {
                None => "",
                Some(true) => " desc",
                Some(false) => " asc",
            };
            let nulls = match term.nulls_first {
                None => "",
                Some(true) => " nulls first",
                Some(false) => " nulls last",
            };
            format!("{}{direction}{nulls}", self.expr(term.expr))
        };
        terms.iter().map(term).collect::<Vec<_>>().join(", ")
    }

    fn query(self, id: QueryId) -> String {
        match self.graph.query(id) {
            Query::Select { .. } => self.select(id),
            Query::Set { operator, all, left, right } => {
                let all = if *all { " all" } else { "" };
                format!("({}) {operator:?}{all} ({})", self.query(*left), self.query(*right))
            }
            Query::With { recursions, body } => {
                let defined = recursions.iter().map(|recursion| self.recursion(*recursion));
                format!("with {} {}", defined.collect::<Vec<_>>().join(", "), self.query(*body))
            }
        }
    }

    fn recursion(self, Recursion { rows, step, all }: Recursion) -> String {
        let of = self.graph.selectable(rows);
        let SelectableKind::Recursion(anchor) = of.kind else { return String::new() };
        let columns =
            self.graph.columns(rows).map(|column| self.name(self.graph.column(column).name));
        let columns = columns.collect::<Vec<_>>().join(", ");
        let (name, all) = (self.selectable(rows), if all { " all" } else { "" });
        format!("{name}({columns}) from [{}] by{all} [{}]", self.query(anchor), self.query(step))
    }

    fn select(self, id: QueryId) -> String {
        let Query::Select {
            distinct,
            items,
            from,
            filter,
            group_by,
            having,
            order_by,
            limit,
            offset,
        } = self.graph.query(id)
        else {
            return String::new();
        };
        let item = |item: &joinwright::graph::SelectItem| {
            let label =
                item.label.map_or(String::new(), |label| format!(" as {}", self.name(label)));
            self.expr(item.expr) + &label
        };
        let items: Vec<String> = items.iter().map(item).collect();
        let from: Vec<String> = from.iter().map(|id| self.selectable(*id)).collect();
        let mut text =
            format!("select {}{}", if *distinct { "distinct " } else { "" }, items.join(", "));
        let clauses = [
            ("from", (!from.is_empty()).then(|| from.join(", "))),
            ("where", filter.map(|id| self.expr(id))),
            ("group", (!group_by.is_empty()).then(|| self.list(group_by))),
            ("having", having.map(|id| self.expr(id))),
            ("order", (!order_by.is_empty()).then(|| self.order_by(order_by))),
            ("limit", limit.map(|id| self.expr(id))),
            ("offset", offset.map(|id| self.expr(id))),
        ];
        for (word, clause) in clauses {
            text += &clause.map_or(String::new(), |clause| format!(" {word} {clause}"));
        }
        text
    }

    fn selectable(self, id: SelectableId) -> String {
        let selectable = self.graph.selectable(id);
        let name = selectable.name.map_or("?".into(), |name| self.name(name));
        match selectable.kind {
            SelectableKind::Table(_) | SelectableKind::Recursion(_) => name,
            SelectableKind::Alias(of) => format!("{} as {name}", self.selectable(of)),
            SelectableKind::Query(query) => format!("[{}] as {name}", self.query(query)),
            SelectableKind::Join { left, right, kind, on } => {
                let word = match kind {
                    JoinKind::Inner => "join",
                    JoinKind::Left => "left join",
                    JoinKind::Full => "full join",
                    JoinKind::Cross => "cross join",
                };
                let on = on.map_or(String::new(), |on| format!(" on {}", self.expr(on)));
                format!("({} {word} {}{on})", self.selectable(left), self.selectable(right))
            }
        }
    }
}

fn show_literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".into(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(digits) => digits.to_string(),
        Literal::String(text) => format!("'{text}'"),
    }
}
