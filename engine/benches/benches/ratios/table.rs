//! Ratios with their goals, as Markdown.

use std::fmt;
use std::time::Duration;

/// The rows so far.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    notes: Vec<String>,
}

struct Row {
    what: String,
    own: f64,
    other: f64,
    goal: Option<f64>,
}

impl Table {
    /// Two CPU times, and the ratio that is aimed at.
    pub(crate) fn add(
        &mut self,
        what: impl Into<String>,
        own: Duration,
        other: Duration,
        goal: impl Into<Option<f64>>,
    ) {
        let (own, other) = (own.as_secs_f64(), other.as_secs_f64());
        self.rows.push(Row { what: what.into(), own, other, goal: goal.into() });
    }

    /// A line below the table.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | joinwright | other | ratio | goal | |")?;
        writeln!(f, "| --- | --: | --: | --: | --: | --- |")?;
        for Row { what, own, other, goal } in &self.rows {
            let ratio = own / other;
            let (own, other) = (time(*own), time(*other));
            let (goal, met) = match goal {
                Some(goal) => (number(*goal), if ratio <= *goal { "met" } else { "missed" }),
                None => (String::new(), ""),
            };
            writeln!(f, "| {what} | {own} | {other} | {} | {goal} | {met} |", number(ratio))?;
        }
        for note in &self.notes {
            writeln!(f, "\n{note}")?;
        }
        Ok(())
    }
}

fn time(seconds: f64) -> String {
    match seconds {
        _ if seconds >= 1.0 => format!("{seconds:.2} s"),
        _ if seconds >= 1e-3 => format!("{:.2} ms", seconds * 1e3),
        _ => format!("{:.2} µs", seconds * 1e6),
    }
}

/// A small ratio as a fraction, which is how the goals are said.
fn number(ratio: f64) -> String {
    if ratio < 0.05 { format!("1/{:.0}", 1.0 / ratio) } else { format!("{ratio:.2}") }
}
