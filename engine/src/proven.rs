//! Which fixes hold. A trial reads the whole model again, so many fixes are tried out on one copy,
//! and those that fail together are tried again in smaller company, down to each alone.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mended::{Tally, excess, key, tally};
use crate::model::Model;
use crate::report::{Applicability, Diagnostic, Fix, Subject};
use crate::text::Span;

/// How many bytes of text the trials of one model may read again, and how often they may read it
/// however long it is: what a proof costs does not grow with the square of a model.
const MOST_BYTES: usize = 8 << 20;
const LEAST_READINGS: usize = 16;

/// A fix, its finding, and where it stands: the finding's number and its own.
#[derive(Clone, Copy)]
struct Trial<'d> {
    finding: &'d Diagnostic,
    fix: &'d Fix,
    at: (usize, usize),
}

/// What a finding and its fix touch.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place<'d> {
    Finding(usize),
    Subject(&'d Subject),
    Span(Span),
}

/// What a trial of several fixes came to.
enum Verdict<'d> {
    Holds,
    /// Those whose finding stayed, or whose subject has a new one, and the others.
    Parted {
        failed: Vec<Trial<'d>>,
        others: Vec<Trial<'d>>,
    },
    /// The edits do not fit each other, or something came up that is nobody's.
    Unclear,
}

struct Proof<'d> {
    model: &'d Model,
    before: Tally<'d>,
    proven: FxHashSet<(usize, usize)>,
}

/// Leaves those fixes in the model's findings that hold, and those that are only shown.
pub(crate) fn retain_proven(model: &Model, found: &mut [Diagnostic]) {
    let proven = proven(model, found);
    for (finding, diagnostic) in found.iter_mut().enumerate() {
        let mut number = 0..;
        diagnostic.fixes.retain(|fix| {
            let at = number.next().map(|number| (finding, number));
            !is_tried(fix) || at.is_some_and(|at| proven.contains(&at))
        });
    }
}

fn is_tried(fix: &Fix) -> bool {
    fix.applicability != Applicability::Display
}

fn proven(model: &Model, found: &[Diagnostic]) -> FxHashSet<(usize, usize)> {
    let mut waiting = batches(found);
    let mut proof = Proof { model, before: Tally::default(), proven: FxHashSet::default() };
    if waiting.is_empty() {
        return proof.proven;
    }
    proof.before = tally(found);
    for _ in 0..readings(model) {
        let Some(batch) = waiting.pop_front() else { break };
        proof.settle(&batch, &mut waiting);
    }
    proof.proven
}

fn readings(model: &Model) -> usize {
    let bytes: usize = model.sources().iter().map(|(_, source)| source.text.len()).sum();
    (MOST_BYTES / bytes.max(1)).max(LEAST_READINGS)
}

impl<'d> Proof<'d> {
    /// Tries a batch. What is not settled by it waits for another trial.
    fn settle(&mut self, batch: &[Trial<'d>], waiting: &mut VecDeque<Vec<Trial<'d>>>) {
        match self.attempt(batch) {
            Verdict::Holds => self.proven.extend(batch.iter().map(|trial| trial.at)),
            _ if batch.len() == 1 => {}
            Verdict::Parted { failed, others } => {
                waiting.extend(failed.into_iter().map(|trial| vec![trial]));
                if !others.is_empty() {
                    waiting.push_front(others);
                }
            }
            Verdict::Unclear => {
                let (first, second) = batch.split_at(batch.len() / 2);
                waiting.extend([first.to_vec(), second.to_vec()]);
            }
        }
    }

    fn attempt(&self, batch: &[Trial<'d>]) -> Verdict<'d> {
        let Some(mended) = self.model.with_fix(&together(batch)) else { return Verdict::Unclear };
        let mut allowed = self.before.clone();
        for trial in batch {
            if let Some(count) = allowed.get_mut(&key(trial.finding)) {
                *count -= 1;
            }
        }
        let after = mended.diagnostics();
        let new = excess(&allowed, &after);
        if new.is_empty() {
            return Verdict::Holds;
        }
        let subjects: FxHashSet<_> = new.iter().map(|(_, subject)| *subject).collect();
        let is_blamed = |trial: &&Trial<'_>| match trial.finding.subject.entity {
            Some(_) => subjects.contains(&trial.finding.subject),
            None => new.contains(&key(trial.finding)),
        };
        let (failed, others): (Vec<_>, Vec<_>) = batch.iter().partition(is_blamed);
        if failed.is_empty() { Verdict::Unclear } else { Verdict::Parted { failed, others } }
    }
}

/// One fix of several.
fn together(batch: &[Trial<'_>]) -> Fix {
    let edits = batch.iter().flat_map(|trial| trial.fix.edits.iter().cloned()).collect();
    Fix { title: String::new(), applicability: Applicability::Unsafe, edits }
}

/// The fixes in batches: no two of a batch touch one place, so that none can spoil another, nor
/// lean on it.
fn batches(found: &[Diagnostic]) -> VecDeque<Vec<Trial<'_>>> {
    let trials = trials(found);
    let owned: FxHashSet<Place<'_>> = trials.iter().flat_map(own).collect();
    let mut batches: VecDeque<Vec<Trial<'_>>> = VecDeque::new();
    let mut free: FxHashMap<Place<'_>, usize> = FxHashMap::default();
    for trial in trials {
        let shown = trial.finding.labels.iter().map(|label| Place::Span(label.span));
        let shown = shown.filter(|place| owned.contains(place));
        let places: Vec<_> = own(&trial).chain(shown).collect();
        let batch = places.iter().filter_map(|place| free.get(place)).max().copied();
        let batch = batch.unwrap_or_default();
        free.extend(places.into_iter().map(|place| (place, batch + 1)));
        match batches.get_mut(batch) {
            Some(others) => others.push(trial),
            None => batches.push_back(vec![trial]),
        }
    }
    batches
}

/// Every fix that can be tried: the first of each finding, then the second of each. Those of one
/// code stand together, for they tend to fail together.
fn trials(found: &[Diagnostic]) -> Vec<Trial<'_>> {
    let mut trials: Vec<_> = Vec::new();
    for (number, finding) in found.iter().enumerate() {
        let fixes = finding.fixes.iter().enumerate().filter(|(_, fix)| is_tried(fix));
        trials.extend(fixes.map(|(place, fix)| Trial { finding, fix, at: (number, place) }));
    }
    trials.sort_by_key(|trial| (trial.at.1, trial.finding.code.name));
    trials
}

/// What a finding is about, where it points first, and what its fix changes.
fn own<'d>(trial: &Trial<'d>) -> impl Iterator<Item = Place<'d>> {
    let Trial { finding, fix, at } = *trial;
    let subject = Some(&finding.subject).filter(|subject| subject.entity.is_some());
    let label = finding.labels.first().map(|label| label.span);
    let spans = label.into_iter().chain(fix.edits.iter().map(|edit| edit.span));
    let places = subject.into_iter().map(Place::Subject).chain(spans.map(Place::Span));
    places.chain([Place::Finding(at.0)])
}
