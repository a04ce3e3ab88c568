//! The places of declarations.

use super::attribute::{Attribute, AttributeOptions};
use super::defect::{Defect, DefectKind};
use super::mapped::{Entity, EntityOptions};
use super::polymorphism::Polymorphism;
use super::relationship::{
    Argument, Arguments, Backref, Options, RareOptions, Relationship, Written,
};
use crate::text::{Placed, Sources};

impl<T> Placed for Argument<T> {
    fn settle(&mut self, sources: &Sources) {
        let Self { value: _, span } = self;
        span.settle(sources);
    }
}

impl Placed for Entity {
    fn settle(&mut self, sources: &Sources) {
        let Self {
            name: _,
            selectable: _,
            local: _,
            primary_key: _,
            hierarchy: _,
            order_by: _,
            options,
            span,
        } = self;
        options.settle(sources);
        span.settle(sources);
    }
}

impl Placed for EntityOptions {
    fn settle(&mut self, sources: &Sources) {
        let Self { listed, version_id: _, inherits: _, polymorphism, non_primary: _, ignore } =
            self;
        listed.settle(sources);
        polymorphism.settle(sources);
        ignore.settle(sources);
    }
}

impl Placed for Attribute {
    fn settle(&mut self, sources: &Sources) {
        let Self { name: _, value: _, options } = self;
        options.settle(sources);
    }
}

impl Placed for AttributeOptions {
    fn settle(&mut self, sources: &Sources) {
        let Self { deferred: _, group: _, label: _, span } = self;
        span.settle(sources);
    }
}

impl Placed for Polymorphism {
    fn settle(&mut self, sources: &Sources) {
        let Self { on: _, identity, is_abstract: _, with: _, from: _, load } = self;
        identity.settle(sources);
        load.settle(sources);
    }
}

impl Placed for Relationship {
    fn settle(&mut self, sources: &Sources) {
        let Self { entity: _, name: _, target: _, arguments, written } = self;
        arguments.settle(sources);
        written.settle(sources);
    }
}

impl Placed for Written {
    fn settle(&mut self, sources: &Sources) {
        let Self { span, target_span, insert_at, unreadable: _, doubtful: _, ignore } = self;
        span.settle(sources);
        target_span.settle(sources);
        insert_at.settle(sources);
        ignore.settle(sources);
    }
}

impl Placed for Backref {
    fn settle(&mut self, sources: &Sources) {
        let Self { name, arguments } = self;
        name.settle(sources);
        arguments.settle(sources);
    }
}

impl Placed for Arguments {
    fn settle(&mut self, sources: &Sources) {
        let Self { foreign_keys, back_populates, load, options } = self;
        foreign_keys.settle(sources);
        back_populates.settle(sources);
        load.settle(sources);
        options.settle(sources);
    }
}

impl Placed for Options {
    fn settle(&mut self, sources: &Sources) {
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
        primaryjoin.settle(sources);
        secondaryjoin.settle(sources);
        secondary.settle(sources);
        remote_side.settle(sources);
        uselist.settle(sources);
        viewonly.settle(sources);
        backref.settle(sources);
        overlaps.settle(sources);
        rare.settle(sources);
    }
}

impl Placed for RareOptions {
    fn settle(&mut self, sources: &Sources) {
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
        sync_backref.settle(sources);
        innerjoin.settle(sources);
        join_depth.settle(sources);
        omit_join.settle(sources);
        cascade.settle(sources);
        single_parent.settle(sources);
        post_update.settle(sources);
        passive_deletes.settle(sources);
        passive_updates.settle(sources);
        active_history.settle(sources);
    }
}

impl Placed for Defect {
    fn settle(&mut self, sources: &Sources) {
        let Self { kind, entity: _, relationship: _, span } = self;
        span.settle(sources);
        match kind {
            DefectKind::Sql(defect) => defect.settle(sources),
            DefectKind::DuplicateEntity { name: _, first } => first.settle(sources),
            DefectKind::InheritCondition { parent: _, candidates } => candidates.settle(sources),
            DefectKind::DuplicateIdentity { identity: _, entities } => entities.settle(sources),
            _ => {}
        }
    }
}
