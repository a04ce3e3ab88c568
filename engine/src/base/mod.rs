//! Ids, arenas and interned names: the ground floor.
//!
//! Knows nothing of SQL, tables or text positions.

mod arena;
mod id;
mod name;

pub use arena::{Arena, Id};
pub use id::{
    ColumnId, EntityId, ExprId, ForeignKeyId, QueryId, RelationshipId, SelectableId, SourceId,
    TableColumnId, TableId,
};
pub use name::{Folding, Name, Names};
