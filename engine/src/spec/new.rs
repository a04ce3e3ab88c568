//! Specifications that say no more than what they must.

use super::document::{AttributeSpec, ColumnSpec, EntitySpec, RelationshipSpec, TableSpec, Text};
use super::request::StatementSpec;
use crate::base::Seldom;
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
            attributes: Vec::new(),
            relationships: Vec::new(),
            options: Seldom::default(),
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
            foreign_keys: Vec::new(),
            back_populates: None,
            load: None,
            options: Seldom::default(),
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
            selectin_polymorphic: Vec::new(),
            labels: None,
            placeholders: None,
            profile: None,
            defaults: None,
        }
    }
}
