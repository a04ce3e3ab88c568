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
mod cartesian_collections;
mod case;
mod clue;
mod column_not_in_selectable;
mod concrete_without_polymorphic_from;
mod conflicting_keys;
mod context;
mod delete_orphan_on_many_side;
mod delete_orphan_without_delete;
mod dependency_cycle;
mod document_syntax;
mod duplicate_column;
mod duplicate_entity;
mod duplicate_key;
mod duplicate_polymorphic_identity;
mod duplicate_table;
mod eager_cycle;
mod foreign_key_target_not_unique;
mod foreign_key_type_mismatch;
mod guess;
mod implicitly_combined_columns;
mod index;
mod inheritance_cycle;
mod inner_join_drops_rows;
mod mend;
mod missing_back_populates;
mod missing_key;
mod missing_polymorphic_identity;
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
mod policy;
mod polymorphic_abstract_without_discriminator;
mod polymorphic_load_of_concrete;
mod redundant_join_condition;
mod remote_column_is_local;
mod rules;
mod scene;
mod secondary_is_entity;
mod secondaryjoin_on_plain_backref;
mod secondaryjoin_without_secondary;
mod sql_syntax;
mod synonym_cycle;
mod too_deep;
mod undetermined_direction;
mod unindexed_foreign_key;
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
mod unused_ignore;
mod uselist_contradicts_keys;
mod viewonly_sync_backref;
mod viewonly_with_write_cascade;
mod viewonly_with_write_option;
mod with_polymorphic_not_inheriting;
mod wording;
mod write_only_on_scalar;
mod wrong_type;
mod yielding;

pub use context::{Context, Unread};
#[cfg(feature = "json")]
pub(crate) use missing_key::CODE as MISSING_KEY;
pub use policy::{Level, Policy};
#[cfg(feature = "json")]
pub(crate) use unknown_attribute::CODE as UNKNOWN_ATTRIBUTE;
#[cfg(feature = "json")]
pub(crate) use unknown_entity::CODE as UNKNOWN_ENTITY;
#[cfg(feature = "json")]
pub(crate) use unknown_value::CODE as UNKNOWN_VALUE;

use clue::Clue;
use policy::Silencers;
use rules::{ON_REQUEST, RULES};
use scene::Scene;

use crate::report::{Code, Diagnostic, Sink};
use crate::text::Placed;

/// Every finding of a model, in an order that depends on nothing but what they say.
pub fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let scene = Scene::new(context);
    let mut sink = Sink::new();
    let silencers = Silencers::new(&scene);
    let clues = Clue::all(&scene).filter(|clue| !clue.follows_from_unread(&scene));
    findings(&scene, &silencers, clues, &mut sink);
    // What a missing file would have brought up is not known.
    let idle = silencers.idle(context.policy).filter(|_| context.unread.is_empty());
    for idle in idle {
        if let Some(finding) = judge(&scene, Clue::Idle(idle)) {
            report(&mut sink, &scene, finding);
        }
    }
    sink.finish()
}

/// The findings of [`Context::entities`] alone: of a text that a request has and no document.
pub fn check_entities(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    let scene = Scene::new(context);
    let silencers = Silencers::new(&scene);
    findings(&scene, &silencers, Clue::of_entities(&scene), &mut sink);
    sink.finish()
}

fn findings<'a>(
    scene: &'a Scene<'a>,
    silencers: &Silencers<'a>,
    clues: impl Iterator<Item = Clue<'a>>,
    sink: &mut Sink,
) {
    for clue in clues {
        let found = judge(scene, clue);
        if let Some(finding) = found.filter(|it| !silencers.silence(scene, clue, it.code)) {
            report(sink, scene, finding);
        }
    }
}

/// The finding that a piece of evidence makes.
fn judge<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let finding = RULES.iter().find_map(|rule| (rule.find)(scene, clue))?;
    let named = finding.subject.entity.is_some();
    Some(if named { finding } else { clue.about(scene, finding) })
}

/// Tells a finding as loudly as the model asks for.
fn report(sink: &mut Sink, scene: &Scene<'_>, mut finding: Diagnostic) {
    finding.settle(scene.sources);
    for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.match_breaks(&scene.sources.first_line(edit.span.source));
    }
    match scene.context.policy.level(finding.code) {
        None if is_on_request(finding.code) => {}
        None => sink.report(finding),
        Some(level) => {
            if let Some(severity) = level.severity {
                sink.report(finding.with_severity(severity));
            }
        }
    }
}

/// Whether a code is told only where `[diagnostics]` gives it a severity.
pub fn is_on_request(code: &Code) -> bool {
    ON_REQUEST.contains(&code.name)
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

#[cfg(test)]
mod tests;
