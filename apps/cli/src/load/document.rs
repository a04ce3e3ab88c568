//! Objects as JSON: each once, with references between them.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::objects::{Attribute, Object, ObjectId, Objects, Relationship};

/// The references to what was asked for, and all objects that can be reached from there.
pub(super) fn document(objects: &Objects<'_>) -> Value {
    let reached = objects.reached();
    let all = reached.iter().filter_map(|(id, _)| objects.get(*id));
    json!({
        "roots": references(objects, objects.roots.all()),
        "objects": all.map(|object| whole(objects, object)).collect::<Vec<_>>(),
    })
}

fn whole(objects: &Objects<'_>, object: &Object<'_>) -> Value {
    let (mut loaded, mut unloaded) = (Map::new(), Map::new());
    for (name, relationship) in &object.relationships {
        let held = match relationship {
            Relationship::Many(related) => references(objects, related.all()),
            Relationship::One(one) => one.map_or(Value::Null, |id| reference(objects, id)),
            Relationship::Unloaded(load) => {
                unloaded.insert((*name).to_owned(), (*load).into());
                continue;
            }
        };
        loaded.insert((*name).to_owned(), held);
    }
    json!({
        "entity": object.entity,
        "key": values(object.key()),
        "attributes": values(object.attributes.iter()),
        "relationships": loaded,
        "unloaded": unloaded,
    })
}

fn references(objects: &Objects<'_>, ids: &[ObjectId]) -> Value {
    ids.iter().map(|id| reference(objects, *id)).collect()
}

/// What tells an object from all others.
fn reference(objects: &Objects<'_>, id: ObjectId) -> Value {
    let object = objects.get(id);
    object.map_or(Value::Null, |it| json!({ "entity": it.entity, "key": values(it.key()) }))
}

fn values<'o>(attributes: impl Iterator<Item = &'o Attribute<'o>>) -> Map<String, Value> {
    attributes.map(|it| (it.name.to_owned(), it.value.json())).collect()
}

/// The same JSON, in which no string holds a character that a terminal would obey.
pub(super) fn without_controls(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for char in json.chars() {
        if char.is_ascii() && char != '\u{7f}' || char.escape_debug().len() == 1 {
            text.push(char);
            continue;
        }
        for unit in char.encode_utf16(&mut [0; 2]) {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}
