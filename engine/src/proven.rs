//! Which fixes hold. A trial reads the whole model again, so many fixes are tried out on one copy,
//! and those that fail together are tried again in smaller company, down to each alone. Those that
//! hold together are parted once more, so that none holds only because of another.

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

/// Why several fixes do not hold together.
enum Failure<'d> {
    /// Those whose finding stayed, or whose subject has a new one, and the others.
    Parted { failed: Vec<Trial<'d>>, others: Vec<Trial<'d>> },
    /// The edits do not fit each other, or something came up that is nobody's.
    Unclear,
}

/// Fixes that hold together, and what they leave.
struct Held<'d> {
    batch: Vec<Trial<'d>>,
    model: Model,
    left: Vec<Diagnostic>,
}

/// Gives the batches that hold.
struct Proof<'d> {
    model: &'d Model,
    before: Tally<'d>,
    waiting: VecDeque<Vec<Trial<'d>>>,
    readings: usize,
}

/// A model after fixes that hold, and what it leaves to be told.
#[derive(Debug)]
pub struct Mended {
    /// The model as the fixes leave it.
    pub model: Model,
    /// Its [`diagnostics`](Model::diagnostics).
    pub found: Vec<Diagnostic>,
    /// How many fixes were applied.
    pub applied: usize,
}

/// Leaves those fixes in the model's findings that hold, and those that are only shown.
pub(crate) fn retain_proven(model: &Model, found: &mut [Diagnostic]) {
    let mut proof = Proof::new(model, found, is_tried);
    let mut proven = FxHashSet::default();
    while let Some(held) = proof.next() {
        proven.extend(proof.independent(held.batch).into_iter().map(|trial| trial.at));
    }
    for (finding, diagnostic) in found.iter_mut().enumerate() {
        let mut number = 0..;
        diagnostic.fixes.retain(|fix| {
            let at = number.next().map(|number| (finding, number));
            !is_tried(fix) || at.is_some_and(|at| proven.contains(&at))
        });
    }
}

/// The model after the first fixes that hold together, of those that are allowed.
pub(crate) fn mended(
    model: &Model,
    found: &[Diagnostic],
    allows: impl Fn(&Fix) -> bool,
) -> Option<Mended> {
    let held = Proof::new(model, found, |fix| is_tried(fix) && allows(fix)).next()?;
    Some(Mended { model: held.model, found: held.left, applied: held.batch.len() })
}

fn is_tried(fix: &Fix) -> bool {
    fix.applicability != Applicability::Display
}

impl<'d> Iterator for Proof<'d> {
    type Item = Held<'d>;

    fn next(&mut self) -> Option<Held<'d>> {
        loop {
            let batch = self.waiting.pop_front().filter(|_| self.may_read())?;
            match self.attempt(&batch) {
                Ok((model, left)) => return Some(Held { batch, model, left }),
                _ if batch.len() == 1 => {}
                Err(Failure::Parted { failed, others }) => {
                    self.waiting.extend(failed.into_iter().map(|trial| vec![trial]));
                    if !others.is_empty() {
                        self.waiting.push_front(others);
                    }
                }
                Err(Failure::Unclear) => {
                    let (first, second) = batch.split_at(batch.len() / 2);
                    self.waiting.extend([first.to_vec(), second.to_vec()]);
                }
            }
        }
    }
}

impl<'d> Proof<'d> {
    fn new(model: &'d Model, found: &'d [Diagnostic], allows: impl Fn(&Fix) -> bool) -> Self {
        let waiting = batches(trials(found, allows));
        let before = if waiting.is_empty() { Tally::default() } else { tally(found) };
        let bytes: usize = model.sources().iter().map(|(_, source)| source.text.len()).sum();
        let readings = (MOST_BYTES / bytes.max(1)).max(LEAST_READINGS);
        Self { model, before, waiting, readings }
    }

    /// Takes a reading from those that are left.
    fn may_read(&mut self) -> bool {
        let left = self.readings.checked_sub(1);
        self.readings = left.unwrap_or_default();
        left.is_some()
    }

    /// Those of a batch that hold without each other one of it; the rest is tried alone.
    fn independent(&mut self, batch: Vec<Trial<'d>>) -> Vec<Trial<'d>> {
        let mut leaning = FxHashSet::default();
        for group in parted(&batch) {
            let failed = match self.may_read().then(|| self.attempt(&group)) {
                Some(Ok(_)) => continue,
                Some(Err(Failure::Parted { failed, .. })) => failed,
                Some(Err(Failure::Unclear)) | None => group,
            };
            leaning.extend(failed.iter().map(|trial| trial.at));
        }
        let (alone, held): (Vec<_>, Vec<_>) =
            batch.into_iter().partition(|trial| leaning.contains(&trial.at));
        self.waiting.extend(alone.into_iter().map(|trial| vec![trial]));
        held
    }

    fn attempt(&self, batch: &[Trial<'d>]) -> Result<(Model, Vec<Diagnostic>), Failure<'d>> {
        let Some(mended) = self.model.with_fix(&together(batch)) else {
            return Err(Failure::Unclear);
        };
        let mut allowed = self.before.clone();
        for trial in batch {
            if let Some(count) = allowed.get_mut(&key(trial.finding)) {
                *count -= 1;
            }
        }
        let after = mended.diagnostics();
        let new = excess(&allowed, &after);
        if new.is_empty() {
            return Ok((mended, after));
        }
        let subjects: FxHashSet<_> = new.iter().map(|(_, subject)| *subject).collect();
        let is_blamed = |trial: &&Trial<'_>| match trial.finding.subject.entity {
            Some(_) => subjects.contains(&trial.finding.subject),
            None => new.contains(&key(trial.finding)),
        };
        let (failed, others): (Vec<_>, Vec<_>) = batch.iter().partition(is_blamed);
        Err(if failed.is_empty() { Failure::Unclear } else { Failure::Parted { failed, others } })
    }
}

/// Parts of a batch such that for any two of it some part has one and not the other: those whose
/// numbers agree in a binary digit.
fn parted<'d>(batch: &[Trial<'d>]) -> Vec<Vec<Trial<'d>>> {
    let digits = (0..usize::BITS).take_while(|digit| batch.len() > 1 << digit);
    let sides = digits.flat_map(|digit| [0, 1].map(|side| (digit, side)));
    let part = |(digit, side)| {
        let agrees = |(number, _): &(usize, _)| number >> digit & 1 == side;
        batch.iter().copied().enumerate().filter(agrees).map(|(_, trial)| trial).collect()
    };
    sides.map(part).collect()
}

/// One fix of several.
fn together(batch: &[Trial<'_>]) -> Fix {
    let edits = batch.iter().flat_map(|trial| trial.fix.edits.iter().cloned()).collect();
    Fix { title: String::new(), applicability: Applicability::Unsafe, edits }
}

/// The fixes in batches: no two of a batch touch one place, so that none can spoil another, nor
/// lean on it.
fn batches(trials: Vec<Trial<'_>>) -> VecDeque<Vec<Trial<'_>>> {
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
fn trials(found: &[Diagnostic], allows: impl Fn(&Fix) -> bool) -> Vec<Trial<'_>> {
    let mut trials: Vec<_> = Vec::new();
    for (number, finding) in found.iter().enumerate() {
        let fixes = finding.fixes.iter().enumerate().filter(|(_, fix)| allows(fix));
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
