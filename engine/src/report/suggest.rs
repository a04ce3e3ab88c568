//! "Did you mean".

/// No name that is longer is a slip of the hand, and the distance takes the square of the length.
const LONGEST: usize = 256;

/// How many candidates are measured, the likeliest first: a model of thousands of misspelled names
/// would be measured against itself.
const MEASURED: usize = 64;

/// The candidate nearest to `written`, if any is near enough to be a slip of the hand.
///
/// Nearness is the optimal string alignment distance without case, then with it; at most one third
/// of the longer word may differ. Of equally near ones the alphabetically first is taken, so that
/// the order of the candidates has no say. Of very many candidates those are measured that share the
/// most letters.
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
    let lower = lowered(written).collect::<String>();
    let letters = Letters::of(&lower);
    let candidates = candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST);
    let likely = candidates.filter_map(|candidate| {
        let (least, longest) = letters.compared(candidate);
        (least * 3 <= longest).then_some((least, candidate, longest))
    });
    let near = likeliest(likely.collect()).into_iter().filter_map(|(_, candidate, longest)| {
        let distance = strsim::osa_distance(&lower, &lowered(candidate).collect::<String>());
        let other_case = strsim::osa_distance(written, candidate);
        (distance * 3 <= longest).then_some((distance, other_case, candidate))
    });
    near.min().map(|(_, _, candidate)| candidate)
}

fn lowered(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

fn likeliest<T: Ord>(mut likely: Vec<T>) -> Vec<T> {
    if likely.len() > MEASURED {
        likely.select_nth_unstable(MEASURED);
        likely.truncate(MEASURED);
    }
    likely
}

/// How many letters of each kind a word has; a kind may be that of several.
struct Letters {
    counts: [i16; Self::KINDS],
    length: usize,
}

impl Letters {
    const KINDS: usize = 32;

    fn of(lower: &str) -> Self {
        let mut letters = Self { counts: [0; Self::KINDS], length: 0 };
        for letter in lower.chars() {
            letters.length += 1;
            letters.change(letter, 1);
        }
        letters
    }

    fn change(&mut self, letter: char, by: i16) {
        // The low bits tell the letters of ASCII apart, and its digits.
        if let Some(count) = self.counts.get_mut(letter as usize % Self::KINDS) {
            *count += by;
        }
    }

    /// The least that a candidate can differ by, for each change adds a letter, takes one away or
    /// does both; and the length of the longer word, short ones counted as three.
    fn compared(&self, candidate: &str) -> (usize, usize) {
        let mut rest = Self { counts: self.counts, length: 0 };
        for letter in lowered(candidate) {
            rest.length += 1;
            rest.change(letter, -1);
        }
        let sum = |sign: i16| -> usize {
            rest.counts.iter().map(|count| usize::try_from(count * sign).unwrap_or(0)).sum()
        };
        (sum(1).max(sum(-1)), self.length.max(rest.length).max(3))
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_of_very_many_is_found() {
        let many: Vec<_> = (0..5_000).map(|number| format!("address{number}")).collect();
        let names = || many.iter().map(String::as_str);
        assert_eq!(nearest("addres4711", names()), Some("address4711"));
        assert_eq!(nearest("adress4711", names().rev()), Some("address4711"));
        assert_eq!(nearest("customer", names()), None);
    }

    #[test]
    fn overlong_names_are_no_slips() {
        let long = "x".repeat(1 << 20);
        assert_eq!(nearest(&"x".repeat(250), [long.as_str()]), None);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }
}
