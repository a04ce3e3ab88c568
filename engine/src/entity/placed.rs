//! The places of declarations.

use super::attribute::{Attribute, AttributeOptions};
use super::defect::{Defect, DefectKind};
use super::mapping::Entity;
use super::polymorphism::Polymorphism;
use super::relationship::{Argument, Arguments, Backref, Options, RareOptions, Relationship};
use crate::text::{Placed, Shift};

impl<T> Placed for Argument<T> {
    fn shift(&mut self, shift: Shift) {
        let Self { value: _, span } = self;
        span.shift(shift);
    }
}

impl Placed for Entity {
    fn shift(&mut self, shift: Shift) {
        let Self {
            name: _,
            selectable: _,
            local: _,
            attributes,
            primary_key: _,
            version_id: _,
            inherits: _,
            polymorphism,
            hierarchy: _,
            non_primary: _,
            order_by: _,
            span,
            ignore,
        } = self;
        attributes.shift(shift);
        polymorphism.shift(shift);
        span.shift(shift);
        ignore.shift(shift);
    }
}

impl Placed for Attribute {
    fn shift(&mut self, shift: Shift) {
        let Self { name: _, value: _, options } = self;
        options.shift(shift);
    }
}

impl Placed for AttributeOptions {
    fn shift(&mut self, shift: Shift) {
        let Self { deferred: _, group: _, label: _, span } = self;
        span.shift(shift);
    }
}

impl Placed for Polymorphism {
    fn shift(&mut self, shift: Shift) {
        let Self { on: _, identity, is_abstract: _, with: _, from: _, load } = self;
        identity.shift(shift);
        load.shift(shift);
    }
}

impl Placed for Relationship {
    fn shift(&mut self, shift: Shift) {
        let Self {
            entity: _,
            name: _,
            target: _,
            arguments,
            span,
            target_span,
            insert_at,
            unreadable: _,
            doubtful: _,
            ignore,
        } = self;
        arguments.shift(shift);
        span.shift(shift);
        target_span.shift(shift);
        insert_at.shift(shift);
        ignore.shift(shift);
    }
}

impl Placed for Backref {
    fn shift(&mut self, shift: Shift) {
        let Self { name, arguments } = self;
        name.shift(shift);
        arguments.shift(shift);
    }
}

impl Placed for Arguments {
    fn shift(&mut self, shift: Shift) {
        let Self { foreign_keys, back_populates, load, options } = self;
        foreign_keys.shift(shift);
        back_populates.shift(shift);
        load.shift(shift);
        options.shift(shift);
    }
}

impl Placed for Options {
    fn shift(&mut self, shift: Shift) {
        let Self {
            primaryjoin,
            secondaryjoin,
            secondary,
            remote_side,
            uselist,
            viewonly,
            backref,
            overlaps,
            order_by: _,
            rare,
        } = self;
        primaryjoin.shift(shift);
        secondaryjoin.shift(shift);
        secondary.shift(shift);
        remote_side.shift(shift);
        uselist.shift(shift);
        viewonly.shift(shift);
        backref.shift(shift);
        overlaps.shift(shift);
        rare.shift(shift);
    }
}

impl Placed for RareOptions {
    fn shift(&mut self, shift: Shift) {
        let Self {
            sync_backref,
            innerjoin,
            join_depth,
            omit_join,
            cascade,
            single_parent,
            post_update,
            passive_deletes,
            passive_updates,
            active_history,
        } = self;
        sync_backref.shift(shift);
        innerjoin.shift(shift);
        join_depth.shift(shift);
        omit_join.shift(shift);
        cascade.shift(shift);
        single_parent.shift(shift);
        post_update.shift(shift);
        passive_deletes.shift(shift);
        passive_updates.shift(shift);
        active_history.shift(shift);
    }
}

impl Placed for Defect {
    fn shift(&mut self, shift: Shift) {
        let Self { kind, entity: _, relationship: _, span } = self;
        span.shift(shift);
        match kind {
            DefectKind::Sql(defect) => defect.shift(shift),
            DefectKind::DuplicateEntity { name: _, first } => first.shift(shift),
            DefectKind::InheritCondition { parent: _, candidates } => candidates.shift(shift),
            DefectKind::DuplicateIdentity { identity: _, entities } => entities.shift(shift),
            _ => {}
        }
    }
}
