//! `joinwright rule`: the page of one diagnostic, or the list of all.

use std::fmt::Write as _;

use joinwright::answer::REQUEST_CODES;
use joinwright::check;
use joinwright::report::Code;

use crate::arguments::did_you_mean;
use crate::{Outcome, input};

pub(crate) fn run(code: Option<&str>) -> Result<Outcome, String> {
    let codes = codes();
    let Some(code) = code else {
        let mut list = String::new();
        let width = codes.iter().map(|code| code.name.len()).max().unwrap_or_default();
        for code in codes {
            // Writing to a `String` cannot fail.
            let _ = writeln!(list, "{:<width$}  {}", code.name, code.severity);
        }
        return input::print(&list).map(|()| Outcome::Clean);
    };
    if let Some(found) = codes.iter().find(|known| known.name == code) {
        return input::print(found.page).map(|()| Outcome::Clean);
    }
    let hint = did_you_mean(code, codes.iter().map(|known| known.name));
    let hint = if hint.is_empty() { ": `joinwright rule` lists them" } else { &hint };
    Err(format!("there is no rule `{code}`{hint}"))
}

/// The codes of findings about models and about requests, alphabetically.
fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<_> = check::codes().chain(REQUEST_CODES.iter().copied()).collect();
    codes.sort_unstable_by_key(|code| code.name);
    codes
}
