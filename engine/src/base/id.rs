//! One newtype per kind of thing, so that an id cannot be used for another's.

// Counted from one inside, so that an id that may be absent takes no more than an id.
macro_rules! id_types {
    ($($(#[$doc:meta])* $vis:vis $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        $vis struct $name(std::num::NonZeroU32);

        impl $crate::base::Id for $name {
            fn from_index(index: u32) -> Self {
                Self(std::num::NonZeroU32::MIN.saturating_add(index))
            }
            fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    )*};
}

pub(crate) use id_types;

id_types! {
    /// A text that spans point into.
    pub SourceId;
    /// A table of the catalog.
    pub TableId;
    /// A column as a table declares it.
    pub TableColumnId;
    /// A primary key, unique key or index as a table declares it.
    pub KeyId;
    /// A foreign key as a table declares it.
    pub ForeignKeyId;
    /// A selectable of the graph: a table, alias, join or subquery.
    pub SelectableId;
    /// A column of a selectable.
    pub ColumnId;
    /// An expression of the graph.
    pub ExprId;
    /// A `SELECT` or set operation of the graph.
    pub QueryId;
    /// An entity of a model.
    pub EntityId;
    /// A relationship of a model, declared or made by a backref.
    pub RelationshipId;
}
