//! Known findings of an old model, which are not told again.
//!
//! A finding is known by its code and by what it is about, not by its line: a baseline outlives
//! edits elsewhere in the file.

use std::path::Path;

use joinwright::report::Diagnostic;
use serde::{Deserialize, Serialize};

use super::counted;
use crate::input;

/// The file.
#[derive(Serialize, Deserialize)]
pub(super) struct Baseline {
    /// The version of the file's shape.
    schema: u32,
    findings: Vec<Known>,
}

/// Findings of one code about one thing.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Known {
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    relationship: Option<String>,
    /// Of a finding that is about no entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    count: usize,
}

const SCHEMA: u32 = 1;

/// Writes down the findings of now.
pub(super) fn write(file: &Path, found: &[Diagnostic]) -> Result<(), String> {
    let mut findings: Vec<Known> = Vec::new();
    for finding in found {
        match findings.iter_mut().find(|known| known.is(finding)) {
            Some(known) => known.count += 1,
            None => findings.push(Known::of(finding)),
        }
    }
    findings.sort();
    let baseline = Baseline { schema: SCHEMA, findings };
    let text = serde_json::to_string_pretty(&baseline).map_err(|error| error.to_string())?;
    input::write(file, &format!("{text}\n"))?;
    eprintln!("{} written to `{}`", counted(found.len(), "finding"), file.display());
    Ok(())
}

/// Reads a baseline that was written.
pub(super) fn read(file: &Path) -> Result<Baseline, String> {
    let wrong = |reason: String| {
        format!("`{}` is no baseline: {reason}; `--write-baseline` writes one", file.display())
    };
    let bytes = input::read(file)?;
    let read: Baseline = serde_json::from_slice(&bytes).map_err(|error| {
        let is = if error.is_data() { "not of its form" } else { "no JSON" };
        wrong(format!("it is {is} at line {}, column {}", error.line(), error.column()))
    })?;
    if read.schema != SCHEMA {
        return Err(wrong(format!("its `schema` is {}, not {SCHEMA}", read.schema)));
    }
    Ok(read)
}

impl Baseline {
    /// The findings that are not in it. Says on standard error where it lists some that are no
    /// more; `file` is where it stands.
    pub(super) fn unknown(mut self, file: &Path, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let new = |finding: &Diagnostic| {
            let known = self.findings.iter_mut().find(|known| known.count > 0 && known.is(finding));
            known.map(|known| known.count -= 1).is_none()
        };
        let found = found.into_iter().filter(new).collect();
        let left = self.findings.iter().map(|known| known.count);
        let gone = left.fold(0, usize::saturating_add);
        if gone > 0 {
            let (gone, file) = (counted(gone, "finding"), file.display());
            eprintln!("`{file}` lists {gone} no longer there: `--write-baseline {file}` renews it");
        }
        found
    }
}

impl Known {
    fn of(finding: &Diagnostic) -> Self {
        let subject = finding.subject.clone();
        Self {
            code: finding.code.name.to_owned(),
            message: subject.entity.is_none().then(|| finding.message.clone()),
            entity: subject.entity,
            relationship: subject.relationship,
            count: 1,
        }
    }

    fn is(&self, finding: &Diagnostic) -> bool {
        let Known { code, entity, relationship, message, .. } = Known::of(finding);
        (&self.code, &self.entity, &self.relationship, &self.message)
            == (&code, &entity, &relationship, &message)
    }
}
