//! What the editor knows of the project's fixtures, held against what the engine knows.

use std::fs;
use std::path::{Path, PathBuf};

use joinwright::base::SourceId;
use joinwright::editor::{Editor, Places, Thing};
use joinwright::graph::Condition;
use joinwright::report::Edit;
use joinwright::resolve::Direction;
use joinwright::spec::Format;
use joinwright::{Draft, Model};

struct Fixture {
    name: String,
    model: Model,
    document: SourceId,
    places: Places,
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}

fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let cases = folders(&root).into_iter().flat_map(|topic| folders(&topic));
    cases.map(|case| fixture(&case)).collect()
}

fn fixture(case: &Path) -> Fixture {
    let text = fs::read(case.join("model.toml")).unwrap();
    let mut draft = Draft::from_toml_bytes("model.toml", &text);
    let files: Vec<_> = draft.schema_files().map(String::from).collect();
    for file in files {
        draft.add_schema_bytes(&file, &fs::read(case.join(&file)).unwrap_or_default());
    }
    let model = draft.finish();
    let document = model.sources().iter().next().unwrap().0;
    let places = Places::new(model.subject(), document, Format::Toml);
    Fixture { name: case.display().to_string(), model, document, places }
}

/// How the model calls a thing.
fn name(model: &Model, thing: Thing) -> Option<String> {
    let mapping = model.mapping();
    let name = match thing {
        Thing::Entity(id) => mapping.entity(id).name,
        Thing::Attribute(_, name) => name,
        Thing::Relationship(id) => model.resolution().relationship(mapping, id).name,
        Thing::Table(id) => mapping.catalog().table(id).name,
        Thing::Column(id) => mapping.catalog().column(id).name,
        Thing::Alias(span) => return Some(model.slice(span).to_owned()),
        Thing::Code(name) => return Some(name.to_owned()),
        Thing::File(_) => return None,
    };
    Some(mapping.names.text(name).to_owned())
}

fn bare(written: &str) -> String {
    written.trim_matches(['"', '`', '[', ']', '\'']).to_lowercase()
}

#[test]
fn a_place_holds_the_name_of_its_thing() {
    let mut count = 0;
    for Fixture { name: case, model, places, .. } in fixtures() {
        for (source, _) in model.sources().iter() {
            for place in places.of(source) {
                let written = model.slice(place.span);
                // A column may be shown under another name, and an escape spells it otherwise.
                let escaped = written.contains('\\') || written.contains("\"\"");
                let Some(name) = name(&model, place.thing).filter(|_| !escaped) else { continue };
                let is_shown = matches!(place.thing, Thing::Column(_));
                let fits = bare(written) == name.to_lowercase() || is_shown;
                assert!(fits, "{case}: `{written}` is taken for `{name}`");
                count += 1;
            }
        }
    }
    assert!(count > 1000, "only {count} places");
}

/// Each column that a condition names is known at its place, by the column or by an attribute that
/// shows it.
#[test]
fn places_agree_with_the_conditions_that_were_resolved() {
    let mut count = 0;
    for fixture in fixtures() {
        for (_, relationship) in fixture.model.mapping().relationships() {
            let arguments = &relationship.arguments;
            let given = arguments.primaryjoin.iter().chain(&arguments.secondaryjoin);
            count += given.map(|given| agreeing(&fixture, &given.value)).sum::<usize>();
        }
    }
    assert!(count > 100, "only {count} occurrences");
}

fn agreeing(fixture: &Fixture, condition: &Condition) -> usize {
    let Fixture { name: case, model, document, places } = fixture;
    let mapping = model.mapping();
    let mut count = 0;
    for occurrence in condition.occurrences() {
        let span = occurrence.expr.and_then(|expr| mapping.graph.span(expr));
        let column = mapping.graph.declared(occurrence.column);
        let Some((span, column)) = span.zip(column) else { continue };
        let written = model.slice(span);
        let found = places.at(*document, span.end);
        let agrees = match found.map(|place| place.thing) {
            Some(Thing::Column(found)) => found == column,
            Some(Thing::Attribute(entity, name)) => {
                let attribute = mapping.entity(entity).attribute(&mapping.graph, name).unwrap();
                attribute.columns().is_empty()
                    || attribute
                        .columns()
                        .iter()
                        .any(|it| mapping.graph.declared(*it) == Some(column))
            }
            _ => false,
        };
        assert!(agrees, "{case}: `{written}` is known as {found:?}");
        count += 1;
    }
    count
}

#[test]
fn every_question_has_an_answer_at_every_place() {
    for Fixture { model, document, places, .. } in fixtures() {
        let editor = Editor::new(model.subject(), &places);
        for (source, text) in model.sources().iter() {
            for offset in 0..=u32::try_from(text.text.len()).unwrap() {
                if source == document || offset % 5 == 0 {
                    editor.complete(source, offset);
                    if let Some(hover) = editor.hover(source, offset) {
                        assert!(!hover.markdown.is_empty() && hover.span.touches(offset));
                    }
                }
            }
        }
    }
}

/// Names of all kinds: plain ones, words of SQL, and what needs quotes in SQL, TOML or both.
const NAMES: [&str; 14] = [
    "renamed_thing",
    "two words",
    "it's",
    "Größe",
    "order",
    "\"quoted\"",
    "User",
    "a.b",
    "with, comma",
    "back\\slash",
    "[bracket]",
    "select",
    "`tick` 😀",
    "line\nbreak",
];

/// What a place can be renamed to changes nothing that the model comes to, and adds no finding.
#[test]
fn a_rename_leaves_every_fixture_as_it_was() {
    let (mut count, mut refused) = (0, 0);
    let mut names = NAMES.iter().cycle();
    for fixture in fixtures() {
        let Fixture { name: case, model, document, places } = &fixture;
        let editor = Editor::new(model.subject(), places);
        let declared = places.of(*document).iter().filter(|place| place.declares);
        for place in declared {
            let name = names.next().unwrap();
            let Ok(edits) = editor.rename(*document, place.span.start, name) else {
                refused += 1;
                continue;
            };
            let renamed = edited(&fixture, edits);
            let was = model.slice(place.span);
            assert_eq!(outcome(&renamed), outcome(model), "{case}: `{name}` for `{was}`");
            count += 1;
        }
    }
    assert!(count > 100 && refused < count / 20, "{count} names, {refused} refused");
}

fn edited(fixture: &Fixture, mut edits: Vec<Edit>) -> Model {
    let Fixture { name: case, model, document, .. } = fixture;
    let mut text = model.sources().get(*document).text.to_string();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    for edit in edits {
        assert_eq!(edit.span.source, *document, "{case}");
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.insert);
    }
    let mut draft = Draft::from_toml("model.toml", &text);
    for (_, schema) in model.sources().iter().skip(1) {
        draft.add_schema(&schema.name, &schema.text);
    }
    draft.finish()
}

/// Codes, and for each relationship its direction and the columns that it pairs.
type Outcome = (Vec<&'static str>, Vec<(Option<Direction>, Vec<String>)>);

/// What is found in a model, and how its relationships lead from column to column, without names that
/// the model gives.
pub(crate) fn outcome(model: &Model) -> Outcome {
    let mut codes: Vec<_> = model.diagnostics().iter().map(|it| it.code.name).collect();
    codes.sort_unstable();
    let mapping = model.mapping();
    let column = |id| match mapping.graph.declared(id).map(|id| mapping.catalog().column(id)) {
        Some(column) => mapping.names.text(column.name).to_owned(),
        None => "?".to_owned(),
    };
    let pair = |(local, remote): &(_, _)| format!("{} {}", column(*local), column(*remote));
    let answers = model.relationships().map(|(_, _, answer)| {
        let mut pairs: Vec<_> = answer.local_remote().iter().map(pair).collect();
        pairs.sort();
        (answer.direction, pairs)
    });
    let mut answers: Vec<_> = answers.collect();
    answers.sort_unstable();
    (codes, answers)
}
