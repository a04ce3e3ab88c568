//! Changes as a unified diff.

use similar::TextDiff;

/// The difference between two versions of a file, with three lines around each change.
pub(super) fn unified(name: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(3).header(name, name).to_string()
}
