//! What a model is made of, while texts may still be missing.

use std::sync::Arc;

use crate::check::{Policy, Unread};
use crate::entity::{self, Mapping};
use crate::model::{Evidence, Model};
use crate::schema::{Declared, File, Schema};
use crate::spec::{self, Document};
use crate::text::{Decoded, Fragment, Sources, Span};

/// A document that was read, and waits for the schema files it names.
///
/// The engine reads no files: the host looks at [`schema_files`](Self::schema_files), reads them,
/// and hands them over.
#[derive(Debug)]
pub struct Draft {
    sources: Sources,
    pub(crate) document: Document,
    defects: Vec<spec::Defect>,
    schemas: Vec<(String, Decoded)>,
    unread: Vec<Unread>,
    form: Option<Form>,
    /// Whether the document is UTF-8.
    decodes: bool,
    /// Whether the document is TOML without errors.
    pub(crate) is_sound_toml: bool,
}

/// What a model was read from, so that it can be read again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Toml,
    Json,
    #[cfg(feature = "json")]
    Request,
}

impl Draft {
    /// Reads a TOML document. `name` is what diagnostics call it.
    pub fn from_toml(name: &str, text: &str) -> Self {
        Self::toml(name, &text.into())
    }

    /// Reads a JSON document. `name` is what diagnostics call it.
    pub fn from_json(name: &str, text: &str) -> Self {
        Self::json(name, &text.into())
    }

    /// Reads a TOML document from the bytes of a file, which should be UTF-8.
    pub fn from_toml_bytes(name: &str, bytes: &[u8]) -> Self {
        let decoded = Decoded::new(bytes);
        Self::toml(name, &decoded.text).undecoded(&decoded)
    }

    /// Reads a JSON document from the bytes of a file, which should be UTF-8.
    pub fn from_json_bytes(name: &str, bytes: &[u8]) -> Self {
        let decoded = Decoded::new(bytes);
        Self::json(name, &decoded.text).undecoded(&decoded)
    }

    fn toml(name: &str, text: &Arc<str>) -> Self {
        let mut sources = Sources::new();
        let source = sources.add(name, text.clone());
        let (document, defects, is_sound) = Document::from_toml_told(source, text);
        let draft = Self::new(sources, document, defects).written(Form::Toml);
        Self { is_sound_toml: is_sound, ..draft }
    }

    fn json(name: &str, text: &Arc<str>) -> Self {
        let mut sources = Sources::new();
        let source = sources.add(name, text.clone());
        let (document, defects) = Document::from_json(source, text);
        Self::new(sources, document, defects).written(Form::Json)
    }

    #[cfg(feature = "json")]
    pub(crate) fn from_request(name: &str, bytes: &[u8]) -> (Self, spec::Request) {
        let decoded = Decoded::new(bytes);
        let mut sources = Sources::new();
        let source = sources.add(name, decoded.text.clone());
        let (mut request, defects) = spec::Request::from_json(source, &decoded.text);
        let document = std::mem::take(&mut request.model);
        let draft = Self::new(sources, document, defects).written(Form::Request);
        let mut draft = draft.undecoded(&decoded);
        let files: Vec<_> = draft.schema_files().map(String::from).collect();
        for file in files {
            draft.add_unread(&file, "a request carries its tables in `ddl` or `tables`");
        }
        (draft, request)
    }

    /// Records what of the document is no UTF-8.
    fn undecoded(mut self, decoded: &Decoded) -> Self {
        let source = self.sources.iter().map(|(id, _)| id).next();
        if let Some(((byte, place), source)) = decoded.broken.as_ref().zip(source) {
            let message = format!("expected UTF-8, found the byte {byte:#04x}");
            let span = Span::new(source, place.start, place.end);
            self.defects.push(spec::Defect { kind: spec::DefectKind::Syntax { message }, span });
            self.decodes = false;
        }
        self
    }

    /// A document that the host read itself, out of `sources`.
    pub fn new(sources: Sources, document: Document, defects: Vec<spec::Defect>) -> Self {
        let (schemas, unread) = (Vec::new(), Vec::new());
        let (form, decodes, is_sound_toml) = (None, true, false);
        Self { sources, document, defects, schemas, unread, form, decodes, is_sound_toml }
    }

    fn written(self, form: Form) -> Self {
        Self { form: Some(form), ..self }
    }

    /// Whether every text is UTF-8, so that it can be read again as it was decoded.
    pub(crate) fn decodes(&self) -> bool {
        self.decodes && self.schemas.iter().all(|(_, decoded)| decoded.broken.is_none())
    }

    /// The DDL files that the document names, as it names them.
    pub fn schema_files(&self) -> impl Iterator<Item = &str> {
        self.document.schema.iter().map(Fragment::text)
    }

    /// Hands over the text of a schema file. `name` is what diagnostics call it.
    pub fn add_schema(&mut self, name: &str, text: &str) {
        let decoded = Decoded { text: text.into(), broken: None };
        self.schemas.push((name.to_owned(), decoded));
    }

    /// Hands over the bytes of a schema file, which should be UTF-8.
    pub fn add_schema_bytes(&mut self, name: &str, bytes: &[u8]) {
        self.schemas.push((name.to_owned(), Decoded::new(bytes)));
    }

    /// Says that a schema file could not be read, and why.
    pub fn add_unread(&mut self, file: &str, reason: &str) {
        let named = self.document.schema.iter().find(|text| text.text() == file);
        let span = named.map(Fragment::whole);
        self.unread.push(Unread { name: file.to_owned(), span, reason: reason.to_owned() });
    }

    /// Reads the tables and entities and resolves the relationships.
    pub fn finish(mut self) -> Model {
        let schema = self.declared().read();
        self.finish_over(schema)
    }

    /// What the tables are read from; it is taken out of the draft.
    pub(crate) fn declared(&mut self) -> Declared {
        let document = &mut self.document;
        let dialect = document.dialect.as_ref();
        let dialect = dialect.and_then(|text| text.text().parse().ok()).unwrap_or_default();
        let mut files = Vec::with_capacity(self.schemas.len());
        for (name, Decoded { text, broken }) in self.schemas.drain(..) {
            let source = self.sources.add(name, text.clone());
            files.push(File { source, text, broken });
        }
        let tables = std::mem::take(&mut document.tables);
        Declared { dialect, tables, inline: document.ddl.take(), files }
    }

    /// Reads the entities over these tables and resolves the relationships.
    pub(crate) fn finish_over(self, schema: Schema) -> Model {
        let Self { sources, document, defects, unread, form, .. } = self;
        let Schema { dialect, names, catalog, defects: sql } = schema;
        let (mapping, found) = entity::read(&document, Mapping::new(dialect, names, catalog));
        let policy = Policy::of(&document);
        // What was written takes more memory than what it means; the answers can have it.
        drop(document);
        let evidence = Evidence { document: defects, sql, mapping: found, unread, policy };
        Model { form, ..Model::resolved(sources, mapping, evidence) }
    }
}
