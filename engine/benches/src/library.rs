//! The fixed model whose statements are measured: reader → loan → item → book, book ↔ subject.

use joinwright::base::{EntityId, RelationshipId};
use joinwright::plan::{Request, Strategy};
use joinwright::{Draft, Model};

/// A statement that is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Case {
    /// What the table calls it.
    pub name: &'static str,
    /// The entity to start from, and the relationships to follow.
    pub path: &'static [&'static str],
    /// How.
    pub load: Strategy,
}

/// The statements that are compared with those of others.
pub const COMPARED: [Case; 6] = [
    Case { name: "lazy", path: &["Reader", "loans"], load: Strategy::Lazy },
    Case { name: "joined 1", path: &["Reader", "loans"], load: Strategy::Joined },
    Case { name: "joined 2", path: &["Reader", "loans", "items"], load: Strategy::Joined },
    Case { name: "joined 3", path: &["Reader", "loans", "items", "book"], load: Strategy::Joined },
    Case { name: "selectin", path: &["Reader", "loans"], load: Strategy::Selectin },
    Case { name: "secondary", path: &["Subject", "books"], load: Strategy::Lazy },
];

/// Every strategy, those that follow several relationships for one to three of them.
pub const ALL: [Case; 18] = [
    Case { name: "select", path: &["Reader"], load: Strategy::Select },
    Case { name: "lazy", path: &["Reader", "loans"], load: Strategy::Lazy },
    Case { name: "lazy_reverse", path: &["Reader", "loans"], load: Strategy::LazyReverse },
    Case { name: "lazy over a secondary", path: &["Subject", "books"], load: Strategy::Lazy },
    Case { name: "join 1", path: &["Reader", "loans"], load: Strategy::Join },
    Case { name: "join 2", path: &["Reader", "loans", "items"], load: Strategy::Join },
    Case { name: "join 3", path: &["Reader", "loans", "items", "book"], load: Strategy::Join },
    Case { name: "outerjoin 1", path: &["Reader", "loans"], load: Strategy::OuterJoin },
    Case { name: "outerjoin 2", path: &["Reader", "loans", "items"], load: Strategy::OuterJoin },
    Case {
        name: "outerjoin 3",
        path: &["Reader", "loans", "items", "book"],
        load: Strategy::OuterJoin,
    },
    Case { name: "joined 1", path: &["Reader", "loans"], load: Strategy::Joined },
    Case { name: "joined 2", path: &["Reader", "loans", "items"], load: Strategy::Joined },
    Case { name: "joined 3", path: &["Reader", "loans", "items", "book"], load: Strategy::Joined },
    Case { name: "selectin", path: &["Reader", "loans"], load: Strategy::Selectin },
    Case { name: "subquery", path: &["Reader", "loans"], load: Strategy::Subquery },
    Case { name: "any", path: &["Reader", "loans"], load: Strategy::Any },
    Case { name: "has", path: &["Item", "book"], load: Strategy::Has },
    Case { name: "with_parent", path: &["Reader", "loans"], load: Strategy::WithParent },
];

/// The model.
pub fn model() -> Model {
    let mut draft = Draft::from_toml("model.toml", include_str!("../library/model.toml"));
    draft.add_schema("schema.sql", include_str!("../library/schema.sql"));
    draft.finish()
}

impl Case {
    /// The request for it; `None` would mean that the model has no such path.
    pub fn request(&self, model: &Model) -> Option<Request> {
        let mapping = model.mapping();
        let (first, rest) = self.path.split_first()?;
        let entity = mapping.find_entity(first)?;
        let mut at = entity;
        let mut path = Vec::new();
        for name in rest {
            let (id, target) = follow(model, at, name)?;
            path.push(id);
            at = target;
        }
        Some(Request::new(entity, path, self.load))
    }
}

fn follow(model: &Model, from: EntityId, name: &str) -> Option<(RelationshipId, EntityId)> {
    let mapping = model.mapping();
    let id = mapping.find_relationship(from, mapping.names.find(name)?)?;
    Some((id, mapping.relationship(id).target))
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
