//! What a client calls a text, and where that is on disk.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use gen_lsp_types::Uri;

/// A text's identity: two spellings of one file's URI are the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Location {
    /// A file.
    File(PathBuf),
    /// Anything else, by its URI: a text that was never saved.
    Other(String),
}

impl Location {
    pub(crate) fn of_uri(uri: &Uri) -> Self {
        match uri.0.strip_prefix("file://").map(decoded) {
            Some(path) => Self::File(normal(Path::new(without_drive_slash(&path)))),
            None => Self::Other(uri.0.clone()),
        }
    }

    pub(crate) fn uri(&self) -> Uri {
        match self {
            Self::Other(uri) => Uri(uri.clone()),
            Self::File(path) => {
                let path = path.to_string_lossy().replace('\\', "/");
                let root = if path.starts_with('/') { "" } else { "/" };
                Uri(format!("file://{root}{}", encoded(&path)))
            }
        }
    }

    /// A file beside this one.
    pub(crate) fn beside(&self, file: &str) -> Option<Self> {
        match self {
            Self::File(path) => Some(Self::File(normal(&path.parent()?.join(file)))),
            Self::Other(_) => None,
        }
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Other(_) => None,
        }
    }

    /// The ending of its name.
    pub(crate) fn extension(&self) -> String {
        let name = match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Other(uri) => uri.clone(),
        };
        name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
    }
}

/// The path without `.` and `..`, which editors do not write either.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            _ => normal.push(part),
        }
    }
    normal
}

/// `/c:/x` is `c:/x`.
fn without_drive_slash(path: &str) -> &str {
    let bytes = path.as_bytes();
    let has_drive =
        bytes.get(1).is_some_and(u8::is_ascii_alphabetic) && bytes.get(2) == Some(&b':');
    path.strip_prefix('/').filter(|_| has_drive).unwrap_or(path)
}

/// Percent-decoding (RFC 3986 §2.1).
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *first == b'%');
        let value = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = value.and_then(|_| behind.get(2..)).unwrap_or(behind);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Percent-encoding of what is neither unreserved nor a slash or colon.
fn encoded(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_file_are_one_location() {
        let of = |uri: &str| Location::of_uri(&Uri(uri.to_owned()));
        assert_eq!(of("file:///a/b%20%C3%A9.toml"), of("file:///a/./x/../b é.toml"));
        assert_eq!(of("file:///a/b%20c").uri().0, "file:///a/b%20c");
        assert_eq!(of("file:///c%3A/x.sql"), of("file:///c:/x.sql"));
        assert_eq!(of("file:///a/m.toml").beside("../s.sql"), Some(of("file:///s.sql")));
        assert_eq!(of("untitled:1").beside("s.sql"), None);
        assert_eq!(of("file:///100%").uri().0, "file:///100%25");
    }
}
