//! A model with a cursor in one of its texts.

use joinwright::base::SourceId;
use joinwright::editor::{Editor, Places};
use joinwright::report::Edit;
use joinwright::spec::Format;
use joinwright::text::{LineTable, Span};
use joinwright::{Draft, Model};

pub(crate) const DDL: &str = "\
CREATE TABLE address (id INTEGER PRIMARY KEY, city TEXT NOT NULL);
CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    name TEXT,
    billing_id INTEGER REFERENCES address (id),
    shipping_id INTEGER NOT NULL REFERENCES address
);
CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node (id), path TEXT);
CREATE INDEX customer_name ON customer (name);
";

pub(crate) const MODEL: &str = r#"schema = ["schema.sql"]

[entity.Address]
table = "address"

[entity.Customer]
table = "customer"

[entity.Customer.attribute.title]
columns = ["customer.name"]

[entity.Customer.relationship.billing]
target = "Address"
foreign_keys = ["customer.billing_id"]

[entity.Customer.relationship.shipping]
target = "Address"
primaryjoin = "Customer.shipping_id = Address.id AND Customer.title <> 'é' AND address.city <> ''"
"#;

/// A model out of a document and a DDL file, in one of which a `$0` marks the cursor.
pub(crate) struct Stage {
    pub(crate) model: Model,
    pub(crate) places: Places,
    pub(crate) document: SourceId,
    pub(crate) cursor: (SourceId, u32),
}

impl Stage {
    pub(crate) fn new(document: &str, ddl: &str) -> Self {
        Self::of(document, ddl, Format::Toml)
    }

    pub(crate) fn of(document: &str, ddl: &str, format: Format) -> Self {
        let (text, in_document) = unmarked(document);
        let (script, in_script) = unmarked(ddl);
        let mut draft = match format {
            Format::Toml => Draft::from_toml("model.toml", &text),
            Format::Json => Draft::from_json("model.json", &text),
        };
        let named: Vec<_> = draft.schema_files().map(String::from).collect();
        for file in named {
            draft.add_schema(&file, &script);
        }
        let model = draft.finish();
        let sources: Vec<_> = model.sources().iter().map(|(id, _)| id).collect();
        let document = sources[0];
        let cursor = match (in_document, in_script) {
            (Some(offset), _) => (document, offset),
            (None, Some(offset)) => (sources[1], offset),
            (None, None) => (document, 0),
        };
        let places = Places::new(model.subject(), document, format);
        Self { model, places, document, cursor }
    }

    /// [`MODEL`] with a cursor at `marked`, which holds a `$0`, and its tables.
    pub(crate) fn at(marked: &str) -> Self {
        let (plain, _) = unmarked(marked);
        let (model, ddl) = (MODEL.replacen(&plain, marked, 1), DDL.replacen(&plain, marked, 1));
        if model == MODEL { Self::new(MODEL, &ddl) } else { Self::new(&model, DDL) }
    }

    pub(crate) fn editor(&self) -> Editor<'_> {
        Editor::new(self.model.subject(), &self.places)
    }

    /// The whole document.
    pub(crate) fn whole(&self) -> Span {
        Span::new(self.document, 0, self.model.sources().get(self.document).text.len())
    }

    /// `file:line text`, the line counted from one.
    pub(crate) fn shown(&self, span: Span) -> String {
        let source = self.model.sources().get(span.source);
        let line = LineTable::new(&source.text).line(span.start) + 1;
        format!("{}:{line} {}", source.name, self.model.slice(span))
    }

    /// The document after some edits of it.
    pub(crate) fn edited(&self, edits: &[Edit]) -> String {
        let mut text = self.model.sources().get(self.document).text.to_string();
        let mut edits = edits.to_vec();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        for edit in edits {
            assert_eq!(edit.span.source, self.document);
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.insert);
        }
        text
    }
}

fn unmarked(text: &str) -> (String, Option<u32>) {
    let offset = text.find("$0").map(|at| u32::try_from(at).unwrap());
    (text.replacen("$0", "", 1), offset)
}
