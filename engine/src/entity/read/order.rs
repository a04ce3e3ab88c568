//! An order that a request asks for.

use super::super::defect::{Defect, DefectKind};
use super::super::mapping::Mapping;
use super::{Reader, Subject};
use crate::base::{EntityId, ExprId};
use crate::graph::OrderTerm;
use crate::spec::document::{Document, Text};

/// Reads the terms of an ORDER BY over an entity's rows, as the entity's own `order_by` is read, into
/// a mapping that was read before. All columns must be the entity's: nothing else is selected from.
pub fn order_terms(
    mapping: Mapping,
    entity: EntityId,
    text: &Text,
) -> (Mapping, Vec<OrderTerm>, Vec<Defect>) {
    let document = Document::default();
    let subject = Subject { entity: Some(entity), relationship: None };
    let mut reader = Reader { document: &document, mapping, defects: Vec::new(), subject };
    let terms = reader.order_terms(text, &[]);
    for term in &terms {
        reader.report_strangers(entity, term.expr);
    }
    (reader.mapping, terms, reader.defects)
}

impl Reader<'_> {
    /// Reports the columns of an expression that the entity does not have.
    fn report_strangers(&mut self, entity: EntityId, expr: ExprId) {
        let (mapping, graph) = (&self.mapping, &self.mapping.graph);
        let selectable = mapping.entity(entity).selectable;
        let strangers = graph.walk_within(expr, |_| true).filter_map(|expr| {
            let column = graph.expr(expr).column()?;
            let own = graph.contains(selectable, column);
            (!own).then(|| (mapping.column_path(column), graph.span(expr)))
        });
        for (written, span) in strangers.collect::<Vec<_>>() {
            self.report(DefectKind::ColumnNotInSelectable { written, nearest: None }, span);
        }
    }
}
