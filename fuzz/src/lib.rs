//! What every target asks of a model, whatever it was read from.

use joinwright::Model;
use joinwright::base::Dialect;
use joinwright::plan::{self, Request, Strategy};
use joinwright::render::{self, Style};
use joinwright::text::Span;

/// Asks for everything that can be asked. What is given back must be in order.
pub fn exercise(model: &Model) {
    for diagnostic in model.diagnostics() {
        let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
        let spans = diagnostic.labels.iter().map(|label| label.span);
        for span in spans.chain(edits.map(|edit| edit.span)) {
            assert!(fits(model, span), "{span:?} of {diagnostic:?}");
        }
    }
    for (id, relationship, answer) in model.relationships() {
        for reverse in [false, true] {
            if let Some(clause) = plan::lazy_clause(model.mapping(), answer, reverse) {
                render::lazy(model.mapping(), &clause, Style::default());
            }
        }
        for load in Strategy::ALL {
            for limit in [None, Some(3)] {
                let request = Request::new(relationship.entity, vec![id], load);
                load_by(model, &Request { limit, ..request });
            }
        }
    }
}

fn load_by(model: &Model, request: &Request) {
    let Ok(plan) = plan::plan(model.mapping(), model.resolution(), request) else { return };
    for dialect in Dialect::ALL {
        let style = Style { dialect, ..Style::default() };
        let statement = render::statement(&plan, model.mapping(), style);
        assert!(!statement.sql.is_empty());
        assert_eq!(statement.expand(2).sql == statement.sql, statement.expansions.is_empty());
    }
}

fn fits(model: &Model, span: Span) -> bool {
    let text = &model.sources().get(span.source).text;
    text.get(span.start as usize..span.end as usize).is_some()
}
