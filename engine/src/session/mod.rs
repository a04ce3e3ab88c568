//! A model whose texts are being edited.
//!
//! After an edit only what may depend on it is read and resolved again. What comes out is what an
//! analysis from scratch gives: the same findings, answers and places.

mod change;
mod columns;
mod patch;

use std::ops::Range;

use rustc_hash::FxHashSet;

use self::change::Change;
use self::columns::Declarations;
use crate::base::SourceId;
use crate::draft::Draft;
use crate::model::Model;
use crate::report::Diagnostic;
use crate::resolve::Writings;
use crate::schema::{Declared, Schema};
use crate::spec::{Document, Section};
use crate::text::{Fragment, Placed};

/// A model that is kept up with its texts while they are edited.
///
/// ```
/// use joinwright::{Draft, Session};
///
/// let text = "schema = ['a.sql']\n[entity.A]\ntable = 'a'\n";
/// let mut draft = Draft::from_toml("model.toml", text);
/// draft.add_schema("a.sql", "CREATE TABLE a (id INT PRIMARY KEY);");
/// let mut session = Session::new(draft);
/// assert!(session.diagnostics().is_empty());
///
/// let document = session.model().sources().iter().next().ok_or("a document")?.0;
/// assert!(session.edit(document, &text.replace("'a'", "'b'")));
/// assert_eq!(session.diagnostics()[0].code.name, "unknown_table");
///
/// let quoted = text.find("'a'\n").ok_or("a name")?;
/// assert!(session.replace(document, quoted + 1..quoted + 2, "a"));
/// assert!(session.diagnostics().is_empty());
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Session {
    model: Model,
    /// What the tables were read from.
    declared: Declared,
    /// Of the document, the DDL files it names, and what counts as a comparison in it.
    around: Document,
    /// Whether the texts say everything that was read.
    is_whole: bool,
    /// Whether the document is TOML without errors.
    is_sound: bool,
    /// The sections of the document, once they were asked for; none where they cannot be told.
    sections: Option<Vec<Section>>,
    /// Who writes which column, once that was asked for.
    writings: Option<Writings>,
    /// The entities that say more than which table they map, or that others build on.
    worded: FxHashSet<Box<str>>,
    /// Where tables are declared, once that was asked for.
    declarations: Option<Declarations>,
    /// How many edits have left behind what nobody asks for any more.
    edits: usize,
}

/// So many edits later everything is read from scratch, to be rid of old names and expressions.
const MOST_EDITS: usize = 4096;

/// So many bytes more than the text itself may be put into it before it is made whole.
const MOST_ADDED: usize = 1 << 16;

impl Session {
    /// Reads a draft from scratch.
    pub fn new(mut draft: Draft) -> Self {
        let is_whole = draft.decodes();
        let declared = draft.declared();
        let schema = declared.read();
        Self::over(draft, declared, schema, is_whole)
    }

    fn over(draft: Draft, declared: Declared, schema: Schema, is_whole: bool) -> Self {
        let document = &draft.document;
        let around = Document {
            schema: document.schema.clone(),
            comparison_operators: document.comparison_operators.clone(),
            comparison_functions: document.comparison_functions.clone(),
            ..Document::default()
        };
        let (is_sound, worded) = (draft.is_sound_toml, columns::worded(document));
        let model = draft.finish_over(schema);
        Self {
            model,
            declared,
            around,
            is_whole,
            is_sound,
            sections: None,
            writings: None,
            worded,
            declarations: None,
            edits: 0,
        }
    }

    /// The model as its texts are now.
    ///
    /// Edits leave texts in pieces, and places uncounted; the first look at the model after them
    /// makes good for that, in time that grows with the model. [`diagnostics`](Self::diagnostics)
    /// needs it not.
    pub fn model(&mut self) -> &Model {
        self.settle();
        &self.model
    }

    /// Everything that is wrong with the model; see [`Model::diagnostics`].
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.model.diagnostics()
    }

    /// Reads a draft in place of what was read before. Tables that are read from the same texts are
    /// kept.
    pub fn read(&mut self, mut draft: Draft) {
        let is_whole = draft.decodes();
        let declared = draft.declared();
        self.settle();
        let is_kept = declared == self.declared && self.edits < MOST_EDITS;
        let schema = if is_kept { self.model.take_schema() } else { declared.read() };
        let edits = if is_kept { self.edits + 1 } else { 0 };
        *self = Self { edits, ..Self::over(draft, declared, schema, is_whole) };
    }

    /// Gives one of the [sources](Model::sources) another text. Where it is known which bytes differ,
    /// [`replace`](Self::replace) need not look for them.
    ///
    /// Nothing is changed, and `false` told, where that takes more than the texts: where the
    /// document would name other schema files, a text was no UTF-8, or the model was not read from
    /// a document. Then a new draft is to be [read](Self::read).
    pub fn edit(&mut self, source: SourceId, text: &str) -> bool {
        let change = Change::between(source, &self.model.sources.parts(source), text);
        self.is_whole && change.is_none_or(|change| self.make(&change))
    }

    /// Puts `text` in the place of bytes of one of the [sources](Model::sources).
    ///
    /// Nothing is changed, and `false` told, where [`edit`](Self::edit) tells it, and where these
    /// are not bytes of whole characters of the text.
    pub fn replace(&mut self, source: SourceId, bytes: Range<usize>, text: &str) -> bool {
        self.is_whole && self.make(&Change { source, old: bytes, new: text })
    }

    fn make(&mut self, change: &Change<'_>) -> bool {
        let source = change.source;
        let (length, added) = self.model.sources.length(source);
        if added > length + MOST_ADDED {
            self.settle();
        }
        if let Some(patch) = self.patch(change) {
            self.edits += 1;
            self.apply(patch);
            return true;
        }
        if let Some(patch) = self.columns(change) {
            self.edits += 1;
            self.put(&patch);
            return true;
        }
        self.settle();
        let Some(text) = change.within(&self.model.sources.get(source).text, 0) else {
            return false;
        };
        let replaced = |id, old: &str| Some(if id == source { text.clone() } else { old.into() });
        let draft = self.model.redrafted(replaced);
        let files = || self.around.schema.iter().map(Fragment::text);
        let Some(draft) = draft.filter(|draft| draft.schema_files().eq(files())) else {
            return false;
        };
        self.read(draft);
        true
    }

    /// Makes edited texts whole, and has every place counted in them.
    fn settle(&mut self) {
        let Self { model, declared, sections, declarations, .. } = self;
        let Model { sources, mapping, resolution, evidence, .. } = model;
        if !sources.is_edited() {
            return;
        }
        evidence.settle(sources);
        mapping.settle(sources);
        resolution.settle(sources);
        if let Some((document, _)) = sources.iter().next() {
            for section in sections.iter_mut().flatten() {
                section.start = sources.offset(document, section.start);
            }
        }
        if let Some(declarations) = declarations {
            declarations.settle(sources);
        }
        sources.settle();
        for file in &mut declared.files {
            file.text = sources.get(file.source).text.clone();
        }
    }
}

impl Model {
    /// The tables, with all names; the model is of no use then.
    fn take_schema(&mut self) -> Schema {
        let mapping = std::mem::take(&mut self.mapping);
        let defects = std::mem::take(&mut self.evidence.sql);
        let (dialect, names) = (mapping.dialect, mapping.names);
        let catalog = mapping.graph.into_catalog();
        Schema { dialect, names, catalog, defects }
    }
}
