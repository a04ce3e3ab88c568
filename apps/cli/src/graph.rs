//! `joinwright graph`: a model as a diagram.

use std::path::Path;

use joinwright::diagram::{Diagram, dot, mermaid, svg};

use crate::arguments::Drawing;
use crate::{Outcome, check, input, report};

pub(crate) fn run(path: &Path, drawing: Drawing, tables: bool) -> Result<Outcome, String> {
    let loaded = input::load(path)?;
    let (mapping, resolution) = (loaded.model.mapping(), loaded.model.resolution());
    let diagram = if tables {
        Diagram::of_tables(mapping)
    } else {
        Diagram::of_entities(mapping, resolution)
    };
    input::print(&match drawing {
        Drawing::Mermaid => mermaid(&diagram),
        Drawing::Dot => dot(&diagram),
        Drawing::Svg => svg(&diagram),
        Drawing::Json => format!("{}\n", report::pretty(&diagram)?),
    })?;
    let found = loaded.model.diagnostics();
    report::point_to_check(path, &found, &[]);
    Ok(if loaded.readable { check::outcome(&found) } else { Outcome::Unreadable })
}
