//! One analysis of a typed model to its diagnostics, for a profiler: `analyse 1000` prints how many
//! relationships it resolved.

use joinwright::Model;
use joinwright::entity::Mapping;
use joinwright::text::Sources;
use joinwright_benches::Model as Shape;

fn main() -> Result<(), &'static str> {
    let size = std::env::args().nth(1).and_then(|size| size.parse().ok());
    let shape = Shape::generate(size.ok_or("expected the number of entities")?);
    let mapping = shape.mapping().ok_or("the model refers to what it does not have")?;
    let model = analyse(mapping);
    if !model.diagnostics().is_empty() {
        return Err("the model is to be clean");
    }
    println!("{}", model.relationships().count());
    Ok(())
}

/// A function of its own, so that a profiler can tell it apart.
#[inline(never)]
fn analyse(mapping: Mapping) -> Model {
    Model::from_mapping(Sources::new(), mapping)
}
