//! A model whose texts are being edited.
//!
//! After an edit only what may depend on it is read and resolved again. What comes out is what an
//! analysis from scratch gives: the same findings, answers and places.

mod change;
mod columns;
mod patch;

use rustc_hash::FxHashSet;

use self::columns::Declarations;
use crate::base::SourceId;
use crate::draft::Draft;
use crate::model::Model;
use crate::report::Diagnostic;
use crate::resolve::Writings;
use crate::schema::{Declared, Schema};
use crate::spec::{Document, Section};
use crate::text::Fragment;

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
    pub fn model(&self) -> &Model {
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
        let is_kept = declared == self.declared && self.edits < MOST_EDITS;
        let schema = if is_kept { self.model.take_schema() } else { declared.read() };
        let edits = if is_kept { self.edits + 1 } else { 0 };
        *self = Self { edits, ..Self::over(draft, declared, schema, is_whole) };
    }

    /// Replaces the text of one of the [sources](Model::sources).
    ///
    /// Nothing is changed, and `false` told, where that takes more than the texts: where the
    /// document would name other schema files, a text was no UTF-8, or the model was not read from
    /// a document. Then a new draft is to be [read](Self::read).
    pub fn edit(&mut self, source: SourceId, text: &str) -> bool {
        if !self.is_whole {
            return false;
        }
        if *self.model.sources.get(source).text == *text {
            return true;
        }
        if let Some(patch) = self.patch(source, text) {
            self.edits += 1;
            self.apply(patch, text);
            return true;
        }
        if let Some(patch) = self.columns(source, text) {
            self.edits += 1;
            self.put(source, &patch, text);
            return true;
        }
        let replaced =
            |id, old: &str| Some(if id == source { text.to_owned() } else { old.to_owned() });
        let draft = self.model.redrafted(replaced);
        let files = || self.around.schema.iter().map(Fragment::text);
        let Some(draft) = draft.filter(|draft| draft.schema_files().eq(files())) else {
            return false;
        };
        self.read(draft);
        true
    }
}

impl Model {
    /// The tables, with all names; the model is of no use then.
    fn take_schema(&mut self) -> Schema {
        let mapping = std::mem::take(&mut self.mapping);
        let defects = std::mem::take(&mut self.evidence.sql);
        let (dialect, names, catalog) = (mapping.dialect, mapping.names, mapping.catalog);
        Schema { dialect, names, catalog, defects }
    }
}
