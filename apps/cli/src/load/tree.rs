//! Objects as a tree for people to read.
//!
//! Each is shown in full where the fewest steps lead to it; an arrow leads there from elsewhere, so
//! that a circle ends and nothing is told twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::objects::{Object, ObjectId, Objects, Relationship};
use super::value::visible;

/// The objects, one below the other.
pub(super) fn tree(objects: &Objects<'_>) -> String {
    let homes = objects.reached().into_iter().collect();
    let mut tree = Tree { objects, homes, text: String::new(), waiting: Vec::new() };
    let roots = objects.roots.all().iter().rev();
    tree.waiting.extend(roots.map(|id| Line { depth: 0, what: What::Object(*id, None) }));
    while let Some(line) = tree.waiting.pop() {
        tree.line(&line);
    }
    if tree.text.is_empty() { "nothing found\n".to_owned() } else { tree.text }
}

struct Tree<'o, 'a> {
    objects: &'o Objects<'a>,
    /// The object and the relationship below which each object is shown in full.
    homes: BTreeMap<ObjectId, Option<(ObjectId, &'a str)>>,
    text: String,
    /// The next line is the last.
    waiting: Vec<Line<'o, 'a>>,
}

struct Line<'o, 'a> {
    depth: usize,
    what: What<'o, 'a>,
}

enum What<'o, 'a> {
    /// An object, with the object and the relationship that lead to it.
    Object(ObjectId, Option<(ObjectId, &'a str)>),
    Relationship(ObjectId, &'a str, &'o Relationship<'a>),
}

impl<'o, 'a> Tree<'o, 'a> {
    fn line(&mut self, line: &Line<'o, 'a>) {
        self.indent(line.depth);
        match line.what {
            What::Object(id, from) => self.object(id, from, line.depth),
            What::Relationship(of, name, relationship) => {
                self.relationship(of, name, relationship, line.depth);
            }
        }
    }

    fn object(&mut self, id: ObjectId, from: Option<(ObjectId, &'a str)>, depth: usize) {
        let Some(object) = self.objects.get(id) else { return };
        if self.homes.get(&id) != Some(&from) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(self.text, "→ {}", identity(object));
            return;
        }
        let _ = writeln!(self.text, "{}", identity(object));
        for attribute in object.others() {
            self.indent(depth + 1);
            let (name, value) = (visible(attribute.name), attribute.value.line());
            let _ = writeln!(self.text, "{name} = {value}");
        }
        let below = object.relationships.iter().rev().map(|(name, relationship)| Line {
            depth: depth + 1,
            what: What::Relationship(id, name, relationship),
        });
        self.waiting.extend(below);
    }

    /// The name of a relationship and what it holds: one object in the same line, many below.
    fn relationship(
        &mut self,
        of: ObjectId,
        name: &'a str,
        relationship: &Relationship<'a>,
        depth: usize,
    ) {
        let _ = write!(self.text, "{}:", visible(name));
        let from = Some((of, name));
        match relationship {
            Relationship::Unloaded(load) => {
                let _ = writeln!(self.text, " not loaded ({load})");
            }
            Relationship::One(Some(id)) => {
                self.text.push(' ');
                self.object(*id, from, depth);
            }
            other if other.objects().is_empty() => self.text.push_str(" none\n"),
            other => {
                self.text.push('\n');
                let below = other.objects().iter().rev();
                let line = |id: &ObjectId| Line { depth: depth + 1, what: What::Object(*id, from) };
                self.waiting.extend(below.map(line));
            }
        }
    }

    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.text.push_str("  "));
    }
}

/// An entity and a key, as in `Customer(id=1)`.
fn identity(object: &Object<'_>) -> String {
    let key = object.key().map(|it| format!("{}={}", visible(it.name), it.value.line()));
    format!("{}({})", visible(object.entity), key.collect::<Vec<_>>().join(", "))
}
