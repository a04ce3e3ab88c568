//! Files and the two standard streams.

use std::io::{Read as _, Write as _};
use std::path::Path;

use joinwright::{Draft, Model};

/// A model with whether all its files could be read.
pub(crate) struct Loaded {
    pub(crate) model: Model,
    pub(crate) readable: bool,
}

/// Reads a model document and the schema files it names, which stand beside it.
pub(crate) fn load(path: &Path) -> Result<Loaded, String> {
    let bytes = read(path)?;
    let name = path.display().to_string();
    let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let mut draft = if json {
        Draft::from_json_bytes(&name, &bytes)
    } else {
        Draft::from_toml_bytes(&name, &bytes)
    };
    drop(bytes);
    let files: Vec<String> = draft.schema_files().map(String::from).collect();
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut readable = true;
    for file in files {
        let path = folder.join(&file);
        match file_bytes(&path) {
            Ok(bytes) => draft.add_schema_bytes(&path.display().to_string(), &bytes),
            Err(reason) => {
                draft.add_unread(&file, &reason);
                readable = false;
            }
        }
    }
    Ok(Loaded { model: draft.finish(), readable })
}

/// What a file holds, or standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = if is_standard(path) { standard_input() } else { file_bytes(path) };
    bytes.map_err(|reason| format!("cannot read `{}`: {reason}", path.display()))
}

/// Whether a path means standard input.
pub(crate) fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// Writes a file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = std::fs::write(path, text);
    written.map_err(|error| format!("cannot write `{}`: {}", path.display(), reason(&error)))
}

fn file_bytes(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| reason(&error))
}

/// The system's words for an error, without its number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let said = error.to_string();
    said.split_once(" (os error").map_or(said.as_str(), |(words, _)| words).to_lowercase()
}

fn standard_input() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    Ok(bytes)
}

/// Writes to standard output. A reader that has gone away is no error.
pub(crate) fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}
