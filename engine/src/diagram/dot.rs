//! A diagram for Graphviz.
//!
//! Grammar: Graphviz's "DOT Language". In a quoted string only `\"` is an escape; a label is read once
//! more, for `\n` and the like and for HTML's character names.

use std::fmt::Write as _;

use super::{Cardinality, Diagram, Edge, EdgeKind, Node};

/// A diagram as a `digraph`. Each end of a line shows its cardinality by a crow's foot, a circle for
/// none and a bar for one; what is only read is dashed, a circle of foreign keys red, an overlap bold.
pub fn dot(diagram: &Diagram) -> String {
    let mut out = String::from(
        "digraph model {\n  rankdir=LR;\n  node [shape=box, fontname=\"Helvetica\"];\n  \
         edge [dir=both, fontname=\"Helvetica\", fontsize=10];\n",
    );
    for node in &diagram.nodes {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "  {} [{}];", quoted(&node.name), box_attributes(node));
    }
    for edge in &diagram.edges {
        let (from, to) = (quoted(&edge.from), quoted(&edge.to));
        let _ = writeln!(out, "  {from} -> {to} [{}];", line_attributes(edge));
    }
    out.push_str("}\n");
    out
}

fn box_attributes(node: &Node) -> String {
    let lines = std::iter::once(&node.name).chain(&node.table);
    let lines: Vec<_> = lines.map(|line| label(line)).collect();
    let colour = if node.cycle { ", color=\"#c62828\"" } else { "" };
    format!("label=\"{}\"{colour}", lines.join("\\n"))
}

fn line_attributes(edge: &Edge) -> String {
    let mut attributes = format!("label=\"{}\"", label(&edge.label()));
    let (tail, head) = match edge.kind {
        EdgeKind::Inheritance | EdgeKind::Alternate => ("none", "onormal"),
        EdgeKind::Relationship | EdgeKind::ForeignKey => (foot(edge.from_end), foot(edge.to_end)),
    };
    let _ = write!(attributes, ", arrowtail={tail}, arrowhead={head}");
    if !edge.resolved {
        attributes.push_str(", style=dotted");
    } else if edge.viewonly {
        attributes.push_str(", style=dashed");
    }
    if edge.cycle {
        attributes.push_str(", color=\"#c62828\"");
    }
    if !edge.overlaps.is_empty() {
        attributes.push_str(", penwidth=2");
    }
    attributes
}

fn foot(end: Cardinality) -> &'static str {
    match end {
        Cardinality::ExactlyOne => "teetee",
        Cardinality::ZeroOrOne => "teeodot",
        Cardinality::OneOrMore => "crowtee",
        Cardinality::ZeroOrMore => "crowodot",
    }
}

/// A name as a node's id. A backslash is doubled so that it cannot escape the closing quote; the id is
/// never shown.
fn quoted(name: &str) -> String {
    format!("\"{}\"", printable(name).replace('\\', "\\\\").replace('"', "\\\""))
}

/// The inside of a label's quotes.
fn label(text: &str) -> String {
    let mut out = String::new();
    for c in printable(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

/// Graphviz ends a text at NUL, so that it is shown by its picture.
fn printable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}
