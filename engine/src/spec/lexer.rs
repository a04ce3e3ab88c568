//! Where strings and comments of TOML and JSON end, for the scans that need no more than that.

/// The end of the line that holds `at`: its line break or the end of the text.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

/// One past the TOML string that begins at `at` with `quote`. One that is never closed ends with
/// its line, or in its multi-line form with the text or at the first line start for which
/// `cut` holds.
pub(super) fn toml_string_end(
    bytes: &[u8],
    at: usize,
    quote: u8,
    cut: impl Fn(usize) -> bool,
) -> usize {
    let stops = [quote, b'\n'];
    if bytes.get(at..at + 3) != Some(&[quote; 3]) {
        let end = next_of(bytes, at + 1, stops, quote == b'"');
        return end + usize::from(bytes.get(end) == Some(&quote));
    }
    let mut at = at + 3;
    loop {
        at = next_of(bytes, at, stops, quote == b'"');
        match bytes.get(at) {
            Some(b'\n') if cut(at + 1) => return at,
            Some(b'\n') => at += 1,
            Some(_) if bytes.get(at..at + 3) == Some(&[quote; 3]) => return at + 3,
            Some(_) => at += 1,
            None => return at,
        }
    }
}

/// One past the JSON string that begins at `at`.
pub(super) fn json_string_end(bytes: &[u8], at: usize) -> usize {
    (next_of(bytes, at + 1, [b'"'; 2], true) + 1).min(bytes.len())
}

/// Where the next of `stops` stands, or the end. Where there are escapes, a backslash hides the
/// next character of its line.
fn next_of(bytes: &[u8], from: usize, stops: [u8; 2], escapes: bool) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        if stops.contains(byte) {
            return at;
        }
        let hides = escapes && *byte == b'\\' && bytes.get(at + 1) != Some(&b'\n');
        at += 1 + usize::from(hides);
    }
    bytes.len()
}
