//! One check of a JSON document and its DDL, from texts to diagnostics, for a profiler: `check 1000`
//! prints how many relationships there are.

use joinwright::Draft;
use joinwright_benches::Model as Shape;

fn main() -> Result<(), &'static str> {
    let size = std::env::args().nth(1).and_then(|size| size.parse().ok());
    let shape = Shape::generate(size.ok_or("expected the number of entities")?);
    let (document, ddl) = (shape.json(), shape.ddl());
    if check(&document, &ddl) > 0 {
        return Err("the model is to be clean");
    }
    println!("{}", shape.relationship_count());
    Ok(())
}

/// How many findings there are. A function of its own, so that a profiler can tell it apart.
#[inline(never)]
fn check(document: &str, ddl: &str) -> usize {
    let mut draft = Draft::from_json("model.json", document);
    draft.add_schema("schema.sql", ddl);
    draft.finish().diagnostics().len()
}
