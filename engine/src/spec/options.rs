//! What few entities and relationships say, kept apart from what all of them do.

use super::document::{EntityOptions, EntitySpec, RelationshipOptions, RelationshipSpec};
use crate::base::{Blank, reads_as};

impl Blank for EntityOptions {
    const BLANK: &'static Self = &Self {
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
    };
}

impl Blank for RelationshipOptions {
    const BLANK: &'static Self = &Self {
        primaryjoin: None,
        secondaryjoin: None,
        secondary: None,
        remote_side: Vec::new(),
        uselist: None,
        viewonly: None,
        backref: None,
        overlaps: Vec::new(),
        sync_backref: None,
        order_by: None,
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
    };
}

reads_as!(EntitySpec.options: EntityOptions, RelationshipSpec.options: RelationshipOptions);
