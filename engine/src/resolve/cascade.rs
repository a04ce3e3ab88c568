//! What is done to related instances along with their parent.

use std::borrow::Cow;

use super::answer::{Direction, Evidence};
use crate::entity::Relationship;

/// The cascades of a relationship, as `SQLAlchemy`'s `CascadeOptions`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cascade {
    /// Each option in force, alphabetically.
    pub options: Cow<'static, [&'static str]>,
}

/// All options, alphabetically, without the abbreviations `all` and `none`.
pub(crate) const OPTIONS: [&str; 6] =
    ["delete", "delete-orphan", "expunge", "merge", "refresh-expire", "save-update"];

/// The options that a viewonly relationship keeps.
const READING: [&str; 3] = ["expunge", "merge", "refresh-expire"];

impl Cascade {
    /// The cascades of a relationship as declared; unknown options are left out.
    pub fn of(relationship: &Relationship) -> Self {
        let mut options = written(relationship);
        if relationship.is_viewonly() {
            options.to_mut().retain(|option| READING.contains(option));
        }
        Self { options }
    }

    /// Whether an option is in force.
    pub fn has(&self, option: &str) -> bool {
        self.options.contains(&option)
    }
}

fn written(relationship: &Relationship) -> Cow<'static, [&'static str]> {
    let Some(cascade) = &relationship.arguments.cascade else {
        return Cow::Borrowed(&["merge", "save-update"]);
    };
    let has = |word: &str| cascade.value.iter().any(|option| option == word);
    if has("none") {
        return Cow::Borrowed(&[]);
    }
    let all = has("all");
    let stands = |option: &&str| has(option) || all && *option != "delete-orphan";
    OPTIONS.into_iter().filter(stands).collect()
}

/// What is wrong with a relationship's cascades and write options.
pub(super) fn faults(relationship: &Relationship, direction: Option<Direction>) -> Vec<Evidence> {
    let cascade = Cascade::of(relationship);
    let arguments = &relationship.arguments;
    let single = arguments.single_parent.is_some_and(|single| single.value);
    let many = matches!(direction, Some(Direction::ManyToOne | Direction::ManyToMany));
    let orphan = cascade.has("delete-orphan");
    let passive_all = arguments.passive_deletes.as_ref().is_some_and(|p| p.value == "all");
    let mut faults = Vec::new();
    if orphan && many && !single {
        faults.push(Evidence::DeleteOrphanOnManySide);
    }
    if orphan && !cascade.has("delete") {
        faults.push(Evidence::DeleteOrphanWithoutDelete);
    }
    if passive_all && (orphan || cascade.has("delete")) {
        faults.push(Evidence::PassiveDeletesAllWithDelete);
    }
    if relationship.is_viewonly() {
        faults.extend(viewonly_faults(relationship));
    }
    faults
}

fn viewonly_faults(relationship: &Relationship) -> Vec<Evidence> {
    let options = write_options(relationship);
    let writing = |option: &&'static str| !READING.contains(option);
    let given = relationship.arguments.cascade.is_some();
    let written = written(relationship);
    let cascades: Vec<_> = written.iter().copied().filter(writing).map(String::from).collect();
    let mut faults = Vec::new();
    if !options.is_empty() {
        faults.push(Evidence::ViewonlyWithWriteOption(options));
    }
    if given && !cascades.is_empty() {
        faults.push(Evidence::ViewonlyWithWriteCascade(cascades));
    }
    faults
}

/// The options that only matter to writing and differ from their defaults, as `SQLAlchemy`'s
/// `RelationshipProperty._warn_for_persistence_only_flags`, which does not count `post_update`.
fn write_options(relationship: &Relationship) -> Vec<&'static str> {
    let arguments = &relationship.arguments;
    let set = |argument: &Option<crate::entity::Argument<bool>>, default: bool| {
        argument.is_some_and(|argument| argument.value != default)
    };
    let passive = arguments.passive_deletes.as_ref().is_some_and(|p| p.value != "false");
    let options = [
        ("active_history", set(&arguments.active_history, false)),
        ("passive_deletes", passive),
        ("passive_updates", set(&arguments.passive_updates, true)),
    ];
    options.into_iter().filter(|(_, set)| *set).map(|(name, _)| name).collect()
}
