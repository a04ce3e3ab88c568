//! Entities: what each maps, its attributes, and the relationships declared on it.
//!
//! Everything here is declared, nothing is decided: directions, roles and joins are `resolve`'s.

mod attribute;
mod defect;
mod duplicate;
mod equal;
mod fault;
mod hierarchy;
mod mapped;
mod mapped_table;
mod mapping;
mod origin;
mod placed;
mod polymorphism;
mod primary_key;
mod read;
mod relationship;
mod scope;

pub use attribute::{Attribute, AttributeOptions, AttributeValue};
pub use defect::{Defect, DefectKind};
pub use duplicate::duplicates;
pub use fault::hierarchy_faults;
pub use hierarchy::{Hierarchy, Polymorphic};
pub use mapped::{Entity, EntityOptions};
pub use mapped_table::MappedTable;
pub use mapping::Mapping;
pub use polymorphism::{Inheritance, PolymorphicLoad, Polymorphism, WithPolymorphic};
pub use primary_key::primary_key;
pub(crate) use read::read_relationship;
pub use read::{order_terms, read};
pub use relationship::{
    Argument, Arguments, Backref, CASCADES, Load, Options, RareOptions, Relationship, Written,
};
pub use scope::Owner;
