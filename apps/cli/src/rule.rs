//! `joinwright rule`: the page of one diagnostic, or the list of all.

use std::fmt::Write as _;

use joinwright::check;

use crate::{Outcome, input};

pub(crate) fn run(code: Option<&str>) -> Result<Outcome, String> {
    let Some(code) = code else {
        let mut list = String::new();
        for code in check::codes() {
            let _ = writeln!(list, "{:<36}{}", code.name, code.severity);
        }
        return input::print(&list).map(|()| Outcome::Clean);
    };
    if let Some(found) = check::code(code) {
        return input::print(found.page).map(|()| Outcome::Clean);
    }
    let near = joinwright::report::nearest(code, check::codes().map(|known| known.name));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(format!("there is no rule `{code}`{hint}"))
}
