//! What a model asks to be told, and how loudly.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use super::clue::{Clue, Ignored};
use super::scene::Scene;
use super::{document_syntax, sql_syntax};
use crate::entity::Argument;
use crate::report::{Code, Severity};
use crate::spec::Document;
use crate::text::{Placed, Sources};

/// What the document says of codes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Policy {
    /// The codes not to be told about, wherever they fall.
    pub ignore: Vec<Argument<String>>,
    /// The codes whose severity is set.
    pub levels: Vec<Level>,
}

/// The severity of a code in one model.
#[derive(Clone, PartialEq, Debug)]
pub struct Level {
    /// The code.
    pub code: Argument<String>,
    /// Its severity; `None` where it is off.
    pub severity: Option<Severity>,
}

impl Policy {
    /// What a document says.
    pub fn of(document: &Document) -> Self {
        let levels = document.diagnostics.iter().map(|spec| Level {
            code: Argument::of_text(&spec.code),
            severity: Severity::parse(spec.severity.text()),
        });
        let ignore = document.ignore.iter().map(Argument::of_text);
        Self { ignore: ignore.collect(), levels: levels.collect() }
    }

    /// What a code is set to, where it is.
    pub(super) fn level(&self, code: &Code) -> Option<&Level> {
        self.levels.iter().find(|level| level.code.value == code.name)
    }
}

impl Placed for Policy {
    fn settle(&mut self, sources: &Sources) {
        let Self { ignore, levels } = self;
        ignore.settle(sources);
        for Level { code, severity: _ } in levels {
            code.settle(sources);
        }
    }
}

/// The lists of ignored codes, and which of their entries have had something to silence.
#[derive(Debug)]
pub(super) struct Silencers<'a> {
    all: Vec<(Ignored<'a>, Cell<bool>)>,
    by_code: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Silencers<'a> {
    pub(super) fn new(scene: &'a Scene<'a>) -> Self {
        let all: Vec<_> = super::clue::ignored(scene).map(|it| (it, Cell::new(false))).collect();
        let mut by_code: FxHashMap<&'a str, Vec<usize>> = FxHashMap::default();
        for (index, (listed, _)) in all.iter().enumerate() {
            by_code.entry(&listed.code.value).or_default().push(index);
        }
        Self { all, by_code }
    }

    /// Whether the document, an entity or a relationship involved asks not to be told. What could
    /// not be read at all is always told.
    pub(super) fn silence(&self, scene: &Scene<'_>, clue: Clue<'_>, code: &Code) -> bool {
        if [document_syntax::CODE.name, sql_syntax::CODE.name].contains(&code.name) {
            return false;
        }
        let Some(listing) = self.by_code.get(code.name) else { return false };
        let (entities, relationships) = (clue.entities(scene), clue.relationships(scene));
        let mut silenced = false;
        for (listed, used) in listing.iter().filter_map(|index| self.all.get(*index)) {
            let concerned = match (listed.entity, listed.relationship) {
                (_, Some(relationship)) => relationships.contains(&relationship),
                (Some(entity), None) => entities.contains(&entity),
                (None, None) => true,
            };
            used.set(used.get() || concerned);
            silenced |= concerned;
        }
        silenced
    }

    /// The entries that had nothing to silence; of what is not told anyway nothing is known.
    pub(super) fn idle(&self, policy: &Policy) -> impl Iterator<Item = Ignored<'a>> {
        let idle = self.all.iter().filter(|(_, used)| !used.get());
        idle.map(|(listed, _)| *listed).filter(|listed| is_told(policy, &listed.code.value))
    }
}

/// Whether findings of a code are looked for.
fn is_told(policy: &Policy, code: &str) -> bool {
    let known = super::code(code);
    known.is_none_or(|code| !super::is_on_request(code) || policy.level(code).is_some())
}
