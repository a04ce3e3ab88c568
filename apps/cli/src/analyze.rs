//! `joinwright analyze`: JSON requests in, JSON answers out.

use std::path::Path;

use joinwright::Model;
use joinwright::report::Severity;

use crate::{Outcome, input};

pub(crate) fn run(file: &Path, lines: bool) -> Result<Outcome, String> {
    let bytes = input::read(file)?;
    let name =
        if file == Path::new("-") { "<stdin>".to_owned() } else { file.display().to_string() };
    if !lines {
        let (answer, outcome) = answered(&name, &bytes)?;
        input::print(&format!("{answer}\n"))?;
        return Ok(outcome);
    }
    let mut worst = Outcome::Clean;
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        let (answer, outcome) = answered(&name, line)?;
        input::print(&format!("{answer}\n"))?;
        if matches!(outcome, Outcome::Errors) {
            worst = Outcome::Errors;
        }
    }
    Ok(worst)
}

fn answered(name: &str, bytes: &[u8]) -> Result<(String, Outcome), String> {
    let (model, request) = Model::from_request_bytes(name, bytes);
    let answer = model.answer(&request);
    let errors = answer.diagnostics.iter().any(|found| found.severity == Severity::Error.as_str());
    let text = serde_json::to_string(&answer).map_err(|error| error.to_string())?;
    Ok((text, if errors { Outcome::Errors } else { Outcome::Clean }))
}
