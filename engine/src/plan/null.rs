//! Which parameters a clause cannot do without.
//!
//! A comparison with NULL is unknown, so a row never meets it: a foreign key with one NULL part
//! refers to nothing (`MATCH SIMPLE` of the SQL standard), and its lazy load need not be run.

use rustc_hash::FxHashSet;

use super::bind::LazyClause;
use super::model::{Use, Value};
use crate::base::{ColumnId, ExprId};
use crate::graph::{BinaryOperator, Expr, Graph, IsTest, UnaryOperator};

impl LazyClause<'_> {
    /// Those of the [`parameters`](Self::parameters) that find nothing when they are NULL. Of the
    /// others that cannot be said: one may be compared by `IS NOT DISTINCT FROM`, or under an `OR`.
    pub fn skip_if_null(&self, graph: &Graph) -> Vec<ColumnId> {
        let mut skip = Vec::new();
        self.add_skipped(graph, &mut skip);
        skip
    }

    pub(super) fn add_skipped(&self, graph: &Graph, skip: &mut Vec<ColumnId>) {
        for (parameter, column) in self.parameters.iter().enumerate() {
            if self.uses.iter().any(|used| self.needs(graph, used, parameter)) {
                skip.push(*column);
            }
        }
    }

    /// Whether a parameter must not be NULL for a condition to hold.
    fn needs(&self, graph: &Graph, used: &Use<'_>, parameter: usize) -> bool {
        // A condition without an expression is a conjunction of equalities.
        let strict = used.condition.root().map(|root| strict(graph, root));
        let holds = |expr: Option<ExprId>| match &strict {
            Some(strict) => expr.is_some_and(|it| strict.contains(&it)),
            None => true,
        };
        let values = self.values.get(used.values);
        let mut occurrences = values.iter().zip(used.condition.occurrences());
        occurrences.any(|(value, occurrence)| {
            *value == Value::Parameter(parameter) && holds(occurrence.expr)
        })
    }
}

/// The expressions under a condition that must have a value for it to hold.
fn strict(graph: &Graph, root: ExprId) -> FxHashSet<ExprId> {
    let (mut conditions, mut values) = (vec![root], Vec::new());
    while let Some(condition) = conditions.pop() {
        match graph.expr(condition) {
            Expr::And(all) => conditions.extend(all),
            other => values.extend(compared(other)),
        }
    }
    let mut strict = FxHashSet::default();
    while let Some(value) = values.pop() {
        values.extend(operands(graph.expr(value)));
        strict.insert(value);
    }
    strict
}

/// What must have a value for a comparison to hold.
fn compared(condition: &Expr) -> Vec<ExprId> {
    match condition {
        Expr::Binary { operator, left, right } if rejects_null(*operator) => vec![*left, *right],
        Expr::Like { value, pattern, .. } => vec![*value, *pattern],
        Expr::Between { value, low, high, negated: false } => vec![*value, *low, *high],
        Expr::Between { value, .. }
        | Expr::In { value, .. }
        | Expr::InQuery { value, negated: false, .. }
        | Expr::Is { value, test: IsTest::Null, negated: true } => vec![*value],
        _ => Vec::new(),
    }
}

fn rejects_null(operator: BinaryOperator) -> bool {
    use BinaryOperator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    matches!(operator, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
}

/// What must have a value for an expression to have one. Concatenation is not among them: Oracle
/// takes NULL for an empty string.
fn operands(value: &Expr) -> Vec<ExprId> {
    use BinaryOperator::{Divide, Minus, Modulo, Multiply, Plus};
    match value {
        Expr::Binary { operator: Plus | Minus | Multiply | Divide | Modulo, left, right } => {
            vec![*left, *right]
        }
        Expr::Unary { operator, operand } if *operator != UnaryOperator::Not => vec![*operand],
        Expr::Cast { operand, .. } | Expr::Collate { operand, .. } => vec![*operand],
        _ => Vec::new(),
    }
}
