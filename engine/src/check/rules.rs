//! The table of contents: every rule, by what it is about.

use super::clue::Clue;
use super::scene::Scene;
use crate::report::{Code, Diagnostic};

/// A code, and what finds it.
#[derive(Debug)]
pub(super) struct Rule {
    /// The code.
    pub(super) code: &'static Code,
    /// The finding that a piece of evidence makes, if it is this rule's.
    pub(super) find: for<'a> fn(&'a Scene<'a>, Clue<'a>) -> Option<Diagnostic>,
}

macro_rules! rules {
    ($($code:ident)*) => {
        /// Every rule. The order is for readers; findings are sorted by what they say.
        pub(super) static RULES: &[Rule] =
            &[$(Rule { code: &super::$code::CODE, find: super::$code::find }),*];
    };
}

/// The codes that are told only where a model asks for them: most models would have many.
pub(super) const ON_REQUEST: &[&str] = &["unindexed_foreign_key"];

rules! {
    // The form of the document.
    document_syntax
    unknown_key
    unknown_value
    wrong_type
    missing_key
    conflicting_keys
    duplicate_key
    unknown_code
    unused_ignore
    unreadable_file
    not_utf8

    // The SQL in it.
    sql_syntax
    unsupported_statement
    too_deep
    duplicate_table
    duplicate_column
    unmatched_foreign_key

    // Names.
    unknown_table
    unknown_column
    unknown_entity
    unknown_attribute
    ambiguous_column
    unqualified_column

    // What an entity maps.
    duplicate_entity
    no_primary_key
    column_not_in_selectable
    implicitly_combined_columns
    synonym_cycle
    inheritance_cycle
    no_inherit_condition
    ambiguous_inherit_condition
    missing_polymorphic_identity
    duplicate_polymorphic_identity
    polymorphic_abstract_without_discriminator
    with_polymorphic_not_inheriting
    concrete_without_polymorphic_from
    polymorphic_load_of_concrete

    // How a relationship joins.
    ambiguous_foreign_keys
    no_foreign_keys
    secondary_is_entity
    secondaryjoin_without_secondary
    no_relevant_foreign_columns
    no_simple_equality
    no_local_remote_pairs
    ambiguous_direction
    undetermined_direction
    remote_column_is_local
    non_simple_remote

    redundant_join_condition

    // The keys it may rest on.
    foreign_key_type_mismatch
    foreign_key_target_not_unique
    unindexed_foreign_key

    // What it writes.
    overlapping_sync_targets
    dependency_cycle

    // Its reverse.
    missing_back_populates
    unknown_back_populates
    back_populates_not_a_relationship
    back_populates_wrong_target
    back_populates_same_direction
    backref_conflict
    backref_and_back_populates
    secondaryjoin_on_plain_backref
    viewonly_sync_backref

    // How many it holds.
    uselist_contradicts_keys

    // Its loading.
    write_only_on_scalar
    eager_cycle
    inner_join_drops_rows
    cartesian_collections

    // Its cascades.
    unknown_cascade
    delete_orphan_on_many_side
    delete_orphan_without_delete
    passive_deletes_all_with_delete
    viewonly_with_write_cascade
    viewonly_with_write_option
}
