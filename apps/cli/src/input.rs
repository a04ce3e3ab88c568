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
    let text = read(path)?;
    let name = path.display().to_string();
    let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let mut draft =
        if json { Draft::from_json(&name, &text) } else { Draft::from_toml(&name, &text) };
    let files: Vec<String> = draft.schema_files().map(String::from).collect();
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut readable = true;
    for file in files {
        let path = folder.join(&file);
        match bytes(&path) {
            Ok(bytes) => {
                draft.add_schema(&path.display().to_string(), &String::from_utf8_lossy(&bytes));
            }
            Err(reason) => {
                draft.add_unread(&file, &reason);
                readable = false;
            }
        }
    }
    Ok(Loaded { model: draft.finish(), readable })
}

/// A file's text, or that of standard input for `-`. Bytes that are no UTF-8 become the replacement
/// character, which the reader of the text reports where it matters.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    let bytes = if path == Path::new("-") { standard_input() } else { bytes(path) };
    let bytes = bytes.map_err(|reason| format!("cannot read `{}`: {reason}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| error.to_string())
}

fn standard_input() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
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
