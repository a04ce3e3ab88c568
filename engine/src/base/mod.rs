//! Ids, arenas, short lists and interned names: the ground floor.
//!
//! Knows nothing of SQL, tables or text positions.

mod arena;
mod dialect;
mod few;
mod id;
mod ids;
mod index;
mod name;
mod seldom;

pub use arena::{Arena, Id};
pub use dialect::{Dialect, UnknownDialect};
pub use few::Few;
pub(crate) use id::id_types;
pub use id::{
    ColumnId, EntityId, ExprId, ForeignKeyId, KeyId, QueryId, RelationshipId, SelectableId,
    SourceId, TableColumnId, TableId,
};
pub use ids::{Ids, IdsIter};
pub use index::Index;
pub use name::{Folding, Name, Names};
pub(crate) use seldom::reads_as;
pub use seldom::{Blank, Seldom};
