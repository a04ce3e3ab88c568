//! A model whose texts are being edited.
//!
//! After an edit only what may depend on it is read and resolved again. What comes out is what an
//! analysis from scratch gives: the same findings, answers and places.

use crate::base::SourceId;
use crate::model::{Draft, Model};
use crate::report::Diagnostic;
use crate::schema::{Declared, Schema};

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
    /// The DDL files that the document names.
    files: Vec<String>,
    /// Whether the texts say everything that was read.
    is_whole: bool,
}

impl Session {
    /// Reads a draft from scratch.
    pub fn new(mut draft: Draft) -> Self {
        let is_whole = draft.decodes();
        let declared = draft.declared();
        let schema = declared.read();
        Self::over(draft, declared, schema, is_whole)
    }

    fn over(draft: Draft, declared: Declared, schema: Schema, is_whole: bool) -> Self {
        let files = draft.schema_files().map(String::from).collect();
        Self { model: draft.finish_over(schema), declared, files, is_whole }
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
        let schema =
            if declared == self.declared { self.model.take_schema() } else { declared.read() };
        *self = Self::over(draft, declared, schema, is_whole);
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
        let replaced =
            |id, old: &str| Some(if id == source { text.to_owned() } else { old.to_owned() });
        let draft = self.model.redrafted(replaced);
        let Some(draft) = draft.filter(|draft| draft.schema_files().eq(&self.files)) else {
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
