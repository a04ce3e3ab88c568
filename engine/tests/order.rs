//! Order is no input: a model whose tables, entities, relationships and keys stand in another order
//! has the same answers and the same diagnostics, in the same order.

mod random_model;

use joinwright::Model;
use joinwright::answer::{self, FlushAnswer, RelationshipAnswer};
use joinwright::report::Diagnostic;
use proptest::prelude::*;
use random_model::{AS_MADE, models};

/// A diagnostic as far as it does not say where it stands.
#[derive(PartialEq, Debug)]
struct Finding {
    code: &'static str,
    subject: joinwright::report::Subject,
    message: String,
    help: Option<String>,
    labels: Vec<(String, String)>,
    fixes: Vec<(String, &'static str, Vec<String>)>,
}

impl Finding {
    fn of(model: &Model, found: Diagnostic) -> Self {
        let label = |label: &joinwright::report::Label| {
            (model.slice(label.span).to_owned(), label.text.clone())
        };
        let fix = |fix: &joinwright::report::Fix| {
            let edits = fix.edits.iter().map(|edit| edit.insert.clone()).collect();
            (fix.title.clone(), fix.applicability.as_str(), edits)
        };
        Self {
            code: found.code.name,
            labels: found.labels.iter().map(label).collect(),
            fixes: found.fixes.iter().map(fix).collect(),
            subject: found.subject,
            message: found.message,
            help: found.help,
        }
    }
}

fn findings(model: &Model) -> Vec<Finding> {
    model.diagnostics().into_iter().map(|found| Finding::of(model, found)).collect()
}

fn answers(model: &Model) -> Vec<RelationshipAnswer> {
    let (mapping, resolution) = (model.mapping(), model.resolution());
    let relationships = answer::relationships(mapping, resolution).into_iter();
    relationships.map(|id| RelationshipAnswer::of(mapping, resolution, id)).collect()
}

fn flush(model: &Model) -> FlushAnswer {
    FlushAnswer::of(model.mapping(), model.resolution())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_is_no_input(random in models(), seed: u64) {
        let other = random.document(seed);
        let [first, second] = [&random.document(AS_MADE), &other]
            .map(|document| Model::from_toml("model.toml", document));
        prop_assert_eq!(answers(&first), answers(&second), "shuffled:\n{}", other);
        prop_assert_eq!(flush(&first), flush(&second), "shuffled:\n{}", other);
        prop_assert_eq!(findings(&first), findings(&second), "shuffled:\n{}", other);
    }
}
