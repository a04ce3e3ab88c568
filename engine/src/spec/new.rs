//! Specifications that say no more than what they must.

use super::document::{AttributeSpec, ColumnSpec, EntitySpec, RelationshipSpec, TableSpec, Text};
use super::request::StatementSpec;
use crate::text::Span;

impl TableSpec {
    /// A table without columns.
    pub fn new(name: Text) -> Self {
        Self {
            name,
            schema: None,
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
            foreign_keys: Vec::new(),
        }
    }
}

impl ColumnSpec {
    /// A column without type.
    pub fn new(name: Text) -> Self {
        Self { name, type_name: None, nullable: None }
    }
}

impl EntitySpec {
    /// An entity that maps nothing yet.
    pub fn new(name: Text) -> Self {
        Self {
            name,
            source: None,
            alias: None,
            primary_key: Vec::new(),
            order_by: None,
            inherits: None,
            inherit_condition: None,
            concrete: None,
            polymorphic_on: None,
            polymorphic_identity: None,
            polymorphic_abstract: None,
            polymorphic_from: None,
            with_polymorphic: Vec::new(),
            polymorphic_load: None,
            non_primary: None,
            include: None,
            exclude: Vec::new(),
            column_prefix: None,
            version_id: None,
            flat: None,
            anonymous: None,
            lateral: None,
            ignore: Vec::new(),
            attributes: Vec::new(),
            relationships: Vec::new(),
        }
    }
}

impl AttributeSpec {
    /// An attribute of the column of its name.
    pub fn new(name: Text) -> Self {
        Self { name, value: None, label: None, deferred: None, group: None }
    }
}

impl RelationshipSpec {
    /// A relationship without target.
    pub fn new(name: Text, span: Span) -> Self {
        Self {
            name,
            span,
            insert_at: None,
            doubtful: false,
            target: None,
            primaryjoin: None,
            secondaryjoin: None,
            secondary: None,
            foreign_keys: Vec::new(),
            remote_side: Vec::new(),
            uselist: None,
            viewonly: None,
            back_populates: None,
            backref: None,
            overlaps: Vec::new(),
            sync_backref: None,
            order_by: None,
            load: None,
            innerjoin: None,
            join_depth: None,
            omit_join: None,
            cascade: None,
            single_parent: None,
            post_update: None,
            passive_deletes: None,
            passive_updates: None,
            active_history: None,
            distinct_target_key: None,
            enable_typechecks: None,
            comparison_operators: Vec::new(),
            comparison_functions: Vec::new(),
            ignore: Vec::new(),
        }
    }
}

impl StatementSpec {
    /// A statement that loads nothing yet.
    pub fn new(span: Span) -> Self {
        Self {
            span,
            entity: None,
            load: None,
            path: Vec::new(),
            dialect: None,
            limit: None,
            offset: None,
            order_by: None,
            innerjoin: None,
            aliased: None,
            negate: None,
            defer: Vec::new(),
            undefer: Vec::new(),
            undefer_group: Vec::new(),
            labels: None,
            placeholders: None,
            profile: None,
            defaults: None,
        }
    }
}
