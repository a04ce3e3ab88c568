//! A diagram as a picture: boxes, and lines with crow's feet.

mod label;
mod line;
mod text;

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::layout::{self, Layout, Link, Size, number};
use super::{Cardinality, Diagram, Edge, EdgeKind, Node};
use label::Label;

/// Colours for light and dark surroundings; a page of its own keeps it readable in either.
const STYLE: &str = "
  text { font: 13px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1c2733; text-anchor: middle; }
  .name { font-weight: 600; }
  .soft { font-size: 11px; fill: #5d6b7a; }
  .page { fill: #ffffff; }
  .box { fill: #f3f6fb; stroke: #5b7aa9; stroke-width: 1.5; }
  .line { color: #56677a; }
  .line path, .line circle { stroke: currentColor; stroke-width: 1.4; fill: none; }
  .line .hollow { fill: #ffffff; }
  .viewonly .way { stroke-dasharray: 6 4; }
  .unresolved .way { stroke-dasharray: 1.5 4; }
  .overlap { color: #b26a00; }
  .cycle { color: #c62828; }
  .box.cycle { stroke: #c62828; }
  .on { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e3e9f0; }
    .soft { fill: #97a4b3; }
    .page, .line .hollow { fill: #0d1117; }
    .box { fill: #172131; stroke: #6f93c7; }
    .line { color: #8b9bad; }
    .overlap { color: #e3a54a; }
    .cycle { color: #ff7b72; }
    .box.cycle { stroke: #ff7b72; }
    .on { stroke: #0d1117; }
  }
";

/// Between two lines that meet one side of a box.
const PORT: i64 = 22;
/// The height of a box with one line of text, and what another adds.
const BOX: i64 = 34;
const ROW: i64 = 16;

/// A diagram as an SVG document that needs nothing else: no script, no font, no other file. Boxes stand
/// in columns, what is referred to on the left.
pub fn svg(diagram: &Diagram) -> String {
    let picture = Picture::new(diagram);
    let Size { width, height } = picture.layout.size;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\">\n<style>{STYLE}</style>\n\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>\n"
    );
    picture.lines(&mut out);
    picture.boxes(&mut out);
    out.push_str("</svg>\n");
    out
}

struct Picture<'d> {
    diagram: &'d Diagram,
    layout: Layout,
    /// The box itself, without the loops below it.
    sizes: Vec<Size>,
    /// The lines from a box to itself, by the box.
    loops: FxHashMap<usize, Vec<&'d Edge>>,
}

/// The sides of a box: how many lines meet its left and its right one.
#[derive(Clone, Copy, Default)]
struct Met {
    left: usize,
    right: usize,
}

impl<'d> Picture<'d> {
    fn new(diagram: &'d Diagram) -> Self {
        let nodes = diagram.nodes.iter().enumerate();
        let places: FxHashMap<&str, usize> =
            nodes.map(|(index, node)| (node.name.as_str(), index)).collect();
        let place = |name: &str| places.get(name).copied().unwrap_or(usize::MAX);
        let links: Vec<_> = diagram
            .edges
            .iter()
            .map(|edge| link(edge, place(&edge.from), place(&edge.to)))
            .collect();
        let mut loops: FxHashMap<_, Vec<_>> = FxHashMap::default();
        let columns = layout::columns(diagram.nodes.len(), &links);
        let mut met = vec![Met::default(); diagram.nodes.len()];
        for (edge, link) in diagram.edges.iter().zip(&links) {
            if link.from == link.to {
                loops.entry(link.from).or_default().push(edge);
            } else {
                let turned = columns.get(link.from) > columns.get(link.to);
                let (left, right) =
                    if turned { (link.to, link.from) } else { (link.from, link.to) };
                met.get_mut(left).into_iter().for_each(|it| it.right += 1);
                met.get_mut(right).into_iter().for_each(|it| it.left += 1);
            }
        }
        let sizes: Vec<_> =
            diagram.nodes.iter().zip(&met).map(|(node, met)| box_size(node, *met)).collect();
        let none = Vec::new();
        let rooms: Vec<_> = sizes
            .iter()
            .enumerate()
            .map(|(index, size)| line::room(*size, loops.get(&index).unwrap_or(&none)))
            .collect();
        Self { diagram, layout: Layout::of(&rooms, &columns, &links), sizes, loops }
    }

    fn boxes(&self, out: &mut String) {
        for (index, (node, size)) in self.diagram.nodes.iter().zip(&self.sizes).enumerate() {
            let Some((x, y)) = self.corner(index) else { continue };
            let Size { width, height } = *size;
            let cycle = if node.cycle { " cycle" } else { "" };
            // Writing to a `String` cannot fail.
            let _ = writeln!(
                out,
                "<rect class=\"box{cycle}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" \
                 height=\"{height}\" rx=\"5\"/>"
            );
            let (middle, centre) = (x + width / 2, y + height / 2);
            let up = if node.table.is_some() { 3 } else { -4 };
            text::write(out, "name", middle, centre - up, &node.name);
            if let Some(table) = &node.table {
                text::write(out, "soft", middle, centre + 12, table);
            }
        }
    }

    /// The upper left corner of a box.
    fn corner(&self, index: usize) -> Option<(i64, i64)> {
        let slot = *self.layout.boxes.get(index)?;
        let (room, column) = (&self.layout.slots[slot], self.layout.column(slot));
        let width = self.sizes.get(index)?.width;
        Some(((column.left + column.right - width) / 2, room.y - room.size.height / 2))
    }
}

/// A box is as high as the lines that meet it need.
fn box_size(node: &Node, met: Met) -> Size {
    let name = text::width(&node.name, text::BOLD);
    let table = node.table.as_ref().map(|table| text::width(table, text::SMALL));
    let rows = BOX + if table.is_some() { ROW } else { 0 };
    let ports = PORT * number(met.left.max(met.right));
    Size { width: name.max(table.unwrap_or_default()) + 28, height: rows.max(ports) }
}

/// What is referred to goes to the left.
fn link(edge: &Edge, from: usize, to: usize) -> Link {
    let turned = match edge.kind {
        EdgeKind::Relationship => {
            edge.direction == Some(super::Direction::ManyToOne) || refers(edge)
        }
        EdgeKind::ForeignKey | EdgeKind::Inheritance | EdgeKind::Alternate => true,
    };
    let (from, to) = if turned { (to, from) } else { (from, to) };
    Link { from, to, label: Label::of(edge, false).size() }
}

/// Whether the direction is not known, but the far end is one.
fn refers(edge: &Edge) -> bool {
    edge.direction.is_none()
        && matches!(edge.to_end, Cardinality::ExactlyOne | Cardinality::ZeroOrOne)
}
