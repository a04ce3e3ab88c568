//! Which attributes a statement loads: what the request says of them, else what they say.
//!
//! Rules: `SQLAlchemy`'s `DeferredColumnLoader.setup_query`, and for the columns that a joined load
//! joins by, `JoinedLoader._create_eager_join`.

use super::build::Builder;
use super::discriminator::is_shown_by;
use crate::base::Name;
use crate::entity::{Attribute, Entity};

/// Whether some attributes are loaded, for one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoadOption {
    /// How many relationships of the path lead to the entity.
    pub depth: usize,
    /// Which of its attributes.
    pub attributes: Attributes,
    /// Whether they are loaded.
    pub loaded: bool,
}

/// Some attributes of an entity. What names fewer counts more; of two that name the same, the last
/// counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attributes {
    /// All.
    All,
    /// Those of a group.
    Group(Name),
    /// One.
    Named(Name),
}

impl Attributes {
    fn include(self, attribute: &Attribute) -> bool {
        match self {
            Self::All => true,
            Self::Group(group) => attribute.group == Some(group),
            Self::Named(name) => attribute.name == name,
        }
    }

    fn weight(self) -> u8 {
        match self {
            Self::All => 0,
            Self::Group(_) => 1,
            Self::Named(_) => 2,
        }
    }
}

impl Builder<'_> {
    /// Whether an attribute of the entity at a depth of the path is loaded. What identifies an
    /// instance, and what tells its entity, always is.
    pub(super) fn loads(&self, entity: &Entity, attribute: &Attribute, depth: usize) -> bool {
        let about = self
            .options
            .iter()
            .filter(|option| option.depth == depth && option.attributes.include(attribute));
        let said = about.max_by_key(|option| option.attributes.weight());
        said.map_or(!attribute.deferred, |option| option.loaded)
            || attribute.columns().iter().any(|column| entity.primary_key.contains(column))
            || is_shown_by(&self.mapping.graph, entity, attribute)
            || depth == 0 && self.joins_by(attribute)
    }

    /// Whether the first condition of a joined load names a column of an attribute.
    fn joins_by(&self, attribute: &Attribute) -> bool {
        let Some(condition) = self.joined_by else { return false };
        let mut named = condition.occurrences().map(|occurrence| occurrence.column);
        named.any(|column| attribute.columns().contains(&column))
    }
}
