//! A diagram for Mermaid: an entity relationship diagram, which GitHub and GitLab draw in Markdown.
//!
//! Grammar: Mermaid's `erDiagram.jison`. Every name is quoted, so that no word of the grammar (`end`,
//! `one`, `u`) is taken for itself; what quotes cannot hold is written as a character code.

use std::fmt::Write as _;

use super::{Cardinality, Diagram, Edge};

/// A diagram as an `erDiagram`. Names hold no markup: what Mermaid, Markdown or HTML would read as
/// such is written `#60;`.
pub fn mermaid(diagram: &Diagram) -> String {
    let mut out = String::from("erDiagram\n");
    for node in &diagram.nodes {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "    {}", quoted(&node.name));
    }
    for edge in &diagram.edges {
        let (from, to) = (quoted(&edge.from), quoted(&edge.to));
        let _ = writeln!(out, "    {from} {} {to} : {}", line(edge), quoted(&edge.label()));
    }
    out
}

/// Solid where a flush writes through it, else broken.
fn line(edge: &Edge) -> String {
    let middle = if edge.viewonly || !edge.resolved { ".." } else { "--" };
    let left = match edge.from_end {
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrOne => "|o",
        Cardinality::OneOrMore => "}|",
        Cardinality::ZeroOrMore => "}o",
    };
    let right = match edge.to_end {
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrOne => "o|",
        Cardinality::OneOrMore => "|{",
        Cardinality::ZeroOrMore => "o{",
    };
    format!("{left}{middle}{right}")
}

/// A name in quotes. The grammar wants at least one character: an empty name is a space, and a space
/// that begins a name is a code. A colon is one too: Mermaid looks for `style…:#…;` before it reads the
/// grammar.
fn quoted(name: &str) -> String {
    let mut out = String::from("\"");
    if name.is_empty() {
        out.push(' ');
    }
    let mut before = None;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let joins = |other: Option<&char>| other.is_some_and(|it| it.is_alphanumeric());
        let within = c == '_' && joins(before.as_ref()) && joins(rest.peek());
        let led = c == ' ' && before.is_some() && !ends_with_direction(&out);
        if c.is_alphanumeric() || within || led || ".,;-()/".contains(c) {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
        before = Some(c);
    }
    out.push('"');
    out
}

/// Whether a space would make a command of a name: `direction TB` is one wherever it stands in a line.
fn ends_with_direction(text: &str) -> bool {
    let word = "direction";
    let end = text.len().checked_sub(word.len()).and_then(|start| text.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word))
}
