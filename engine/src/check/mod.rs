//! Judgement: which facts are findings, how each is worded, and what mends it.
//!
//! One file per code, `rules` is their table of contents. Reads answers and evidence and changes
//! neither; knows nothing of plans or of how findings are shown.

mod ambiguous_column;
mod ambiguous_direction;
mod ambiguous_foreign_keys;
mod ambiguous_inherit_condition;
mod back_populates_not_a_relationship;
mod back_populates_same_direction;
mod back_populates_wrong_target;
mod backref_and_back_populates;
mod backref_conflict;
mod case;
mod clue;
mod column_not_in_selectable;
mod conflicting_keys;
mod context;
mod delete_orphan_on_many_side;
mod delete_orphan_without_delete;
mod document_syntax;
mod duplicate_entity;
mod duplicate_key;
mod duplicate_table;
mod guess;
mod index;
mod inheritance_cycle;
mod mend;
mod missing_key;
mod no_foreign_keys;
mod no_inherit_condition;
mod no_local_remote_pairs;
mod no_primary_key;
mod no_relevant_foreign_columns;
mod no_simple_equality;
mod non_simple_remote;
mod not_utf8;
mod overlapping_sync_targets;
mod passive_deletes_all_with_delete;
mod remote_column_is_local;
mod rules;
mod scene;
mod secondary_is_entity;
mod secondaryjoin_on_plain_backref;
mod secondaryjoin_without_secondary;
mod sql_syntax;
mod too_deep;
mod undetermined_direction;
mod unknown_attribute;
mod unknown_back_populates;
mod unknown_cascade;
mod unknown_code;
mod unknown_column;
mod unknown_entity;
mod unknown_key;
mod unknown_table;
mod unknown_value;
mod unmatched_foreign_key;
mod unqualified_column;
mod unreadable_file;
mod unsupported_statement;
mod viewonly_sync_backref;
mod viewonly_with_write_cascade;
mod viewonly_with_write_option;
mod wording;
mod write_only_on_scalar;
mod wrong_type;

pub use context::{Context, Unread};
pub(crate) use missing_key::CODE as MISSING_KEY;
pub(crate) use unknown_attribute::CODE as UNKNOWN_ATTRIBUTE;
pub(crate) use unknown_entity::CODE as UNKNOWN_ENTITY;
pub(crate) use unknown_value::CODE as UNKNOWN_VALUE;

use clue::Clue;
use rules::RULES;
use scene::Scene;

use crate::entity::Argument;
use crate::report::{Code, Diagnostic, Sink};

/// Every finding of a model, in an order that depends on nothing but what they say.
pub fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    let scene = Scene::new(context);
    for clue in Clue::all(&scene).filter(|clue| !clue.follows_from_unread(&scene)) {
        let found = RULES.iter().find_map(|rule| (rule.find)(&scene, clue));
        if let Some(finding) = found.filter(|found| !is_ignored(&scene, clue, found.code)) {
            let named = finding.subject.entity.is_some();
            sink.report(if named { finding } else { clue.about(&scene, finding) });
        }
    }
    sink.finish()
}

/// Every code, alphabetically.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let mut codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    codes.sort_unstable_by_key(|code| code.name);
    codes.into_iter()
}

/// The code of this name.
///
/// ```
/// use joinwright::check::code;
/// assert!(code("ambiguous_foreign_keys").is_some_and(|code| code.page.contains("## Why")));
/// assert!(code("no_such_code").is_none());
/// ```
pub fn code(name: &str) -> Option<&'static Code> {
    RULES.iter().map(|rule| rule.code).find(|code| code.name == name)
}

/// Whether the document, an entity or a relationship involved asks not to be told. What could not
/// be read at all is always told.
fn is_ignored(scene: &Scene<'_>, clue: Clue<'_>, code: &Code) -> bool {
    let listed = |codes: &[Argument<String>]| codes.iter().any(|listed| listed.value == code.name);
    let by_relationship = || {
        clue.relationships(scene).into_iter().any(|id| {
            let relationship = scene.relationship(id);
            let entity = scene.mapping.entity(relationship.entity);
            listed(&relationship.ignore) || listed(&entity.ignore)
        })
    };
    let by_entity = || clue.owner().is_some_and(|id| listed(&scene.mapping.entity(id).ignore));
    let syntax = [document_syntax::CODE.name, sql_syntax::CODE.name].contains(&code.name);
    !syntax && (listed(scene.context.ignore) || by_entity() || by_relationship())
}

#[cfg(test)]
mod tests;
