//! Bytes → text.

use std::ops::Range;
use std::sync::Arc;

/// A text out of bytes that may be no UTF-8.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// The text, with U+FFFD for what is no UTF-8.
    pub text: Arc<str>,
    /// The first byte that is none, and where its substitute stands in the text.
    pub broken: Option<(u8, Range<usize>)>,
}

impl Decoded {
    /// Reads bytes as UTF-8.
    ///
    /// ```
    /// use joinwright::text::Decoded;
    /// assert_eq!(Decoded::new(b"caf\xe9").broken, Some((0xe9, 3..6)));
    /// assert_eq!(Decoded::new("café".as_bytes()).broken, None);
    /// ```
    pub fn new(bytes: &[u8]) -> Self {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return Self { text: text.into(), broken: None },
            Err(error) => error,
        };
        let start = error.valid_up_to();
        let substitute = start..start + char::REPLACEMENT_CHARACTER.len_utf8();
        let broken = bytes.get(start).map(|byte| (*byte, substitute));
        Self { text: String::from_utf8_lossy(bytes).into(), broken }
    }
}
