//! The texts of a client, open and on disk, and the models among them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use gen_lsp_types as lsp;
use joinwright::base::SourceId;
use joinwright::spec::{Format, Site, spots};
use joinwright::text::Sources;
use joinwright::{Draft, Session};

use crate::convert::Encoding;
use crate::document::Document;
use crate::found::Found;
use crate::location::Location;

/// How far folders are looked through for models.
const DEEPEST: usize = 8;
const MOST_FILES: usize = 20_000;
/// No model document is longer than this.
const LONGEST: u64 = 4 << 20;

/// Open texts, which shadow files, and models as far as they have been read.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    encoding: Encoding,
    open: BTreeMap<Location, Document>,
    /// Every model document known.
    models: BTreeMap<Location, Known>,
    /// The models that were read again since the client was last told.
    pub(crate) untold: BTreeSet<Location>,
}

/// A model as far as it has been read.
#[derive(Debug, Default)]
struct Known {
    last: Option<Rc<Found>>,
    /// Whether its texts are what they were when it was read.
    is_fresh: bool,
}

impl Workspace {
    /// No texts; positions will count in `encoding`.
    pub(crate) fn new(encoding: Encoding) -> Self {
        Self { encoding, ..Self::default() }
    }

    pub(crate) fn open(&mut self, document: Document) {
        let location = Location::of_uri(&document.uri);
        if document.is_called_model || is_model(&location, &document.text) {
            self.models.entry(location.clone()).or_default();
        }
        self.open.insert(location.clone(), document);
        self.touch(&location);
    }

    /// Changes an open text. One that was never opened is left alone.
    pub(crate) fn change(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let identifier = params.text_document;
        let location = Location::of_uri(&identifier.text_document_identifier.uri);
        let Some(document) = self.open.get_mut(&location) else { return };
        document.change(identifier.version, params.content_changes, self.encoding);
        if !self.models.contains_key(&location) && is_model(&location, &document.text) {
            self.models.insert(location.clone(), Known::default());
        }
        self.touch(&location);
    }

    /// The file counts again instead of the text.
    pub(crate) fn close(&mut self, uri: &lsp::Uri) {
        let location = Location::of_uri(uri);
        self.open.remove(&location);
        self.touch(&location);
        if !location.path().is_some_and(Path::is_file) {
            self.models.remove(&location);
        }
    }

    pub(crate) fn version(&self, location: &Location) -> Option<i32> {
        self.open.get(location).map(|document| document.version)
    }

    pub(crate) fn is_open(&self, location: &Location) -> bool {
        self.open.contains_key(location)
    }

    /// Says that a text is not what it was: the models that read it must read it again.
    pub(crate) fn touch(&mut self, location: &Location) {
        for (own, known) in &mut self.models {
            let reads = known.last.as_ref().is_some_and(|found| found.reads(location));
            if own == location || reads {
                known.is_fresh = false;
                self.untold.insert(own.clone());
            }
        }
    }

    /// Says that a file came, went or changed. An open text shadows it.
    pub(crate) fn touch_file(&mut self, location: &Location) {
        if self.is_open(location) {
            return;
        }
        if let Some(path) = location.path().filter(|_| location.extension() == "toml") {
            self.add_file(path);
        }
        self.touch(location);
    }

    /// Looks through a folder for models, so that DDL files know who names them.
    pub(crate) fn add_folder(&mut self, uri: &lsp::Uri) {
        let location = Location::of_uri(uri);
        let Some(root) = location.path() else { return };
        let (mut open, mut seen) = (vec![(root.to_owned(), 0)], 0);
        while let Some((folder, depth)) = open.pop() {
            let Ok(entries) = std::fs::read_dir(folder) else { continue };
            for entry in entries.flatten() {
                seen += 1;
                let (path, name) = (entry.path(), entry.file_name());
                let name = name.to_string_lossy();
                let skipped = name.starts_with('.') || name == "target" || name == "node_modules";
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_folder && !skipped && depth < DEEPEST {
                    open.push((path, depth + 1));
                } else if !is_folder && name.ends_with(".toml") {
                    self.add_file(&path);
                }
                if seen > MOST_FILES {
                    return;
                }
            }
        }
    }

    fn add_file(&mut self, path: &Path) {
        let location = Location::File(path.to_owned());
        if self.models.contains_key(&location) {
            return;
        }
        let short = path.metadata().is_ok_and(|it| it.is_file() && it.len() <= LONGEST);
        let text = short.then(|| std::fs::read_to_string(path).ok()).flatten();
        let says_entity =
            |text: &String| text.lines().any(|line| line.trim_start().starts_with("[entity."));
        if text.is_some_and(|text| says_entity(&text)) {
            self.models.insert(location, Known::default());
        }
    }

    /// The models that a text belongs to: its own, or all that read it.
    pub(crate) fn around(&mut self, location: &Location) -> Vec<(SourceId, Rc<Found>)> {
        if self.models.contains_key(location) {
            let own = self.found(location);
            return own.map(|found| (found.document, found)).into_iter().collect();
        }
        let reading = |found: Rc<Found>| Some((found.source(location)?, found));
        self.all().into_iter().filter_map(reading).collect()
    }

    /// Every model.
    pub(crate) fn all(&mut self) -> Vec<Rc<Found>> {
        let locations: Vec<_> = self.models.keys().cloned().collect();
        locations.iter().filter_map(|location| self.found(location)).collect()
    }

    /// A model, read again if something in it has changed.
    pub(crate) fn found(&mut self, location: &Location) -> Option<Rc<Found>> {
        let known = self.models.get_mut(location)?;
        if known.is_fresh {
            return known.last.clone();
        }
        let last = known.last.take().and_then(Rc::into_inner);
        let found = Rc::new(self.read(location, last)?);
        let last = Some(Rc::clone(&found));
        self.models.insert(location.clone(), Known { last, is_fresh: true });
        Some(found)
    }

    /// Reads a model, from what it was where that is known.
    fn read(&self, location: &Location, mut last: Option<Found>) -> Option<Found> {
        let now = |location: &Location| Some((self.uri(location), self.bytes(location).ok()?));
        if last.as_mut().is_some_and(|last| last.keep_up(now)) {
            return last;
        }
        let bytes = self.bytes(location).ok()?;
        let format = format(location);
        let name = self.uri(location).0;
        let name = name.rsplit('/').next().unwrap_or(&name);
        let mut draft = match format {
            Format::Toml => Draft::from_toml_bytes(name, &bytes),
            Format::Json => Draft::from_json_bytes(name, &bytes),
        };
        let mut named = vec![(location.clone(), self.uri(location))];
        let mut missing = BTreeSet::new();
        let files: Vec<_> = draft.schema_files().map(String::from).collect();
        for file in files {
            let Some(beside) = location.beside(&file) else {
                draft.add_unread(&file, "the document is no file yet");
                continue;
            };
            match self.bytes(&beside) {
                Ok(bytes) => {
                    draft.add_schema_bytes(&file, &bytes);
                    let uri = self.uri(&beside);
                    named.push((beside, uri));
                }
                Err(reason) => {
                    draft.add_unread(&file, &reason);
                    missing.insert(beside);
                }
            }
        }
        let session = match last.map(Found::into_session) {
            Some(mut session) => {
                session.read(draft);
                session
            }
            None => Session::new(draft),
        };
        Found::new(session, format, named, missing, self.encoding)
    }

    pub(crate) fn uri(&self, location: &Location) -> lsp::Uri {
        self.open.get(location).map_or_else(|| location.uri(), |document| document.uri.clone())
    }

    /// An open text, or what the file holds.
    fn bytes(&self, location: &Location) -> Result<Vec<u8>, String> {
        if let Some(document) = self.open.get(location) {
            return Ok(document.text.clone().into_bytes());
        }
        let path = location.path().ok_or("it is not open")?;
        std::fs::read(path).map_err(|error| {
            let said = error.to_string();
            said.split_once(" (os error").map_or(said.as_str(), |(words, _)| words).to_lowercase()
        })
    }
}

fn format(location: &Location) -> Format {
    if location.extension() == "json" { Format::Json } else { Format::Toml }
}

/// Whether a text that was not called a model looks like one.
fn is_model(location: &Location, text: &str) -> bool {
    let extension = location.extension();
    if extension != "toml" && extension != "json" {
        return false;
    }
    let source = Sources::new().add("", "");
    spots(source, text, format(location)).iter().any(|spot| {
        let is_key = matches!(spot.site, Site::Key | Site::HeaderKey);
        is_key && spot.path.first().is_some_and(|first| first == "entity")
    })
}
