//! "Did you mean".

/// The candidate nearest to `written`, if any is near enough to be a slip of the hand.
///
/// Nearness is the optimal string alignment distance without case; at most one third of the
/// longer word may differ. Of equally near ones the alphabetically first is taken, so that the
/// order of the candidates has no say.
///
/// ```
/// use joinwright::report::nearest;
/// assert_eq!(nearest("custmer", ["order", "customer"]), Some("customer"));
/// assert_eq!(nearest("x", ["order", "customer"]), None);
/// ```
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let near = candidates.into_iter().filter_map(|candidate| {
        let other = candidate.to_lowercase();
        let longest = lower.chars().count().max(other.chars().count());
        let distance = strsim::osa_distance(&lower, &other);
        (distance * 3 <= longest.max(3)).then_some((distance, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}
