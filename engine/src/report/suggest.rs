//! "Did you mean".

/// No name that is longer is a slip of the hand, and the distance takes the square of the length.
const LONGEST: usize = 256;

/// The candidate nearest to `written`, if any is near enough to be a slip of the hand.
///
/// Nearness is the optimal string alignment distance without case, then with it; at most one third
/// of the longer word may differ. Of equally near ones the alphabetically first is taken, so that
/// the order of the candidates has no say.
///
/// ```
/// use joinwright::report::nearest;
/// assert_eq!(nearest("custmer", ["order", "customer"]), Some("customer"));
/// assert_eq!(nearest("custmer", ["Customer", "customer"]), Some("customer"));
/// assert_eq!(nearest("x", ["order", "customer"]), None);
/// ```
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if written.len() > LONGEST {
        return None;
    }
    let lower = written.to_lowercase();
    let length = lower.chars().count();
    let near = candidates.into_iter().filter_map(|candidate| {
        let other_length = candidate.chars().take(LONGEST + 1).count();
        let longest = length.max(other_length).max(3);
        // So many characters are missing at least; measuring the rest takes far longer.
        if length.abs_diff(other_length) * 3 > longest {
            return None;
        }
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        let other_case = strsim::osa_distance(written, candidate);
        (distance * 3 <= longest).then_some((distance, other_case, candidate))
    });
    near.min().map(|(_, _, candidate)| candidate)
}
