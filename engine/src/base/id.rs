//! One newtype per kind of thing, so that an id cannot be used for another's.

use std::num::NonZeroU32;

use super::arena::Id;

// Counted from one inside, so that an id that may be absent takes no more than an id.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(NonZeroU32);

        impl Id for $name {
            fn from_index(index: u32) -> Self {
                Self(NonZeroU32::MIN.saturating_add(index))
            }
            fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    )*};
}

ids! {
    /// A text that spans point into.
    SourceId;
    /// A table of the catalog.
    TableId;
    /// A column as a table declares it.
    TableColumnId;
    /// A primary key, unique key or index as a table declares it.
    KeyId;
    /// A foreign key as a table declares it.
    ForeignKeyId;
    /// A selectable of the graph: a table, alias, join or subquery.
    SelectableId;
    /// A column of a selectable.
    ColumnId;
    /// An expression of the graph.
    ExprId;
    /// A `SELECT` or set operation of the graph.
    QueryId;
    /// An entity of a model.
    EntityId;
    /// A relationship of a model, declared or made by a backref.
    RelationshipId;
}
