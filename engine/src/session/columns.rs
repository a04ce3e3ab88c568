//! An edit of columns in the declaration of one table, in a schema file.
//!
//! A column that comes, goes or has another type changes no answer where no key has it and nothing
//! speaks of it: what maps its table has an attribute more or less. Anything else is read from
//! scratch.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::change::Change;
use super::{MOST_EDITS, Session};
use crate::base::{EntityId, SelectableId, SourceId, TableColumnId, TableId};
use crate::entity::Mapping;
use crate::graph::Composed;
use crate::model::Model;
use crate::parse::{Asides, Edited, Outline, Recolumned};
use crate::schema::Declared;
use crate::spec::Document;
use crate::spec::document::{EntityOptions, EntitySource, EntitySpec};
use crate::text::{Fragment, Placed, Sources, Span, Words};

/// Where tables are declared, and what else speaks of their columns.
#[derive(Debug)]
pub(super) struct Declarations {
    outlines: BTreeMap<SourceId, Outline>,
    asides: Asides,
    document: Words,
    /// The columns of keys.
    keyed: FxHashSet<TableColumnId>,
    /// The entities that map each selectable.
    entities: FxHashMap<SelectableId, Vec<EntityId>>,
    /// What is aliased, joined or selected from.
    composed: Composed,
}

impl Declarations {
    fn of(model: &Model, declared: &Declared) -> Self {
        let (dialect, mut asides) = (declared.dialect, Asides::default());
        let inline = declared.inline.as_ref().map_or("", Fragment::text);
        Outline::of(inline, dialect, &mut asides);
        let files = declared.files.iter();
        let outlines =
            files.map(|file| (file.source, Outline::of(&file.text, dialect, &mut asides)));
        let outlines = outlines.collect();
        let mut document = Words::default();
        if let Some((_, source)) = model.sources.iter().next() {
            document.read(&source.text);
        }
        let mut entities: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (id, entity) in model.mapping.entities() {
            entities.entry(entity.selectable).or_default().push(id);
        }
        let keyed = model.mapping.catalog().key_columns().collect();
        Self { outlines, asides, document, keyed, entities, composed: Composed::default() }
    }

    /// Takes up what the document says now.
    pub(super) fn hear(&mut self, written: &str) {
        self.document.read(written);
    }

    /// Whether anything but a declaration of its table may speak of a column.
    fn speak_of(&self, column: &str) -> bool {
        self.document.may_name(column) || self.asides.altering.may_name(column)
    }
}

impl Placed for Declarations {
    fn settle(&mut self, sources: &Sources) {
        for (source, outline) in &mut self.outlines {
            outline.settle(|place| sources.offset(*source, place));
        }
    }
}

/// An edit that changes the columns of one table.
#[derive(Debug)]
pub(super) struct ColumnPatch {
    rewritten: Rewritten,
    /// Which of the source's tables it is.
    index: usize,
    table: TableId,
    read: Recolumned,
}

/// A statement that is written anew.
#[derive(Debug)]
struct Rewritten {
    old: Span,
    /// The bytes of it, as it was, that others took the place of.
    change: Range<usize>,
    text: String,
    /// The place that it gets.
    place: usize,
}

impl Rewritten {
    /// Where something stands now that stood in front of the change, or behind it; nothing of what
    /// the change is in. What stands elsewhere stays.
    fn moved(&self, span: Span) -> Option<Span> {
        let Self { old, change, text, place } = self;
        let (bytes, whole) = (span.bytes(), old.bytes());
        if span.source != old.source || bytes.start < whole.start || bytes.end > whole.end {
            return Some(span);
        }
        let start = place + (bytes.start - whole.start);
        let start = if bytes.end - whole.start <= change.start {
            start
        } else if bytes.start - whole.start >= change.end {
            start + text.len() - whole.len()
        } else {
            return None;
        };
        Some(Span::new(span.source, start, start + bytes.len()))
    }
}

impl Session {
    /// What comes of a change of a schema file, if that is an edit of columns which nothing else
    /// speaks of.
    pub(super) fn columns(&mut self, change: &Change<'_>) -> Option<ColumnPatch> {
        let evidence = &self.model.evidence;
        let is_sound = evidence.sql.is_empty() && evidence.mapping.is_empty();
        if !is_sound || !self.declared.tables.is_empty() || self.edits >= MOST_EDITS {
            return None;
        }
        self.declared.files.iter().find(|file| file.source == change.source)?;
        if self.declarations.is_none() {
            self.settle();
            self.declarations = Some(Declarations::of(&self.model, &self.declared));
        }
        let Self { model: Model { sources, mapping, .. }, declared, declarations, .. } = self;
        let known = declarations.as_mut()?;
        known.composed.catch_up(&mapping.graph);
        let source = change.source;
        let offset = |place| sources.offset(source, place);
        let outline = known.outlines.get(&source)?;
        let index = outline.table_around(&change.old, offset)?;
        let places = outline.table(index);
        let start = offset(places.start);
        let bytes = change.inside(start)?;
        let old = Span::new(source, places.start, places.end);
        let before = sources.slice(old);
        let text = change.within(before, start)?;
        let place = sources.next(source, &text)?;
        let edited = Edited {
            source,
            dialect: declared.dialect,
            before,
            after: &text,
            behind: sources.behind(source, start + places.len()),
            change: bytes.clone(),
            place,
        };
        let read = edited.columns(&mut mapping.names)?;
        let rewritten = Rewritten { old, change: bytes, text, place };
        let table = recolumned(mapping, known, &self.worded, &rewritten, &read)?;
        Some(ColumnPatch { rewritten, index, table, read })
    }

    /// Gives the table these columns.
    pub(super) fn put(&mut self, patch: &ColumnPatch) {
        let ColumnPatch { rewritten, index, table, read } = patch;
        let Rewritten { old, text, place, .. } = rewritten;
        let Model { sources, mapping, .. } = &mut self.model;
        sources.replace(*old, text);
        let catalog = mapping.graph.catalog_mut();
        catalog.move_table(*table, |span| rewritten.moved(span).unwrap_or(span));
        // Each column is an attribute of what maps the table, so that these follow.
        let columns = read.after.iter().map(|it| (it.column, it.span));
        mapping.graph.set_columns(*table, columns, &read.changed());
        let Some(declarations) = &mut self.declarations else { return };
        if let Some(outline) = declarations.outlines.get_mut(&old.source) {
            outline.set_table(*index, *place..*place + text.len());
        }
    }
}

/// The table that has other columns now, if that changes no answer.
fn recolumned(
    mapping: &Mapping,
    known: &Declarations,
    worded: &FxHashSet<Box<str>>,
    rewritten: &Rewritten,
    columns: &Recolumned,
) -> Option<TableId> {
    let Mapping { names, graph, .. } = mapping;
    let catalog = graph.catalog();
    let id = catalog.find_table(columns.name, names)?;
    let (table, selectable) = (catalog.table(id), graph.table(id)?);
    let declared = table.columns.iter().map(|column| catalog.column(column).name);
    let places = &catalog.places;
    let place = places.tables.get(id).and_then(|span| rewritten.moved(span));
    let is_as_declared =
        place == Some(columns.span) && declared.eq(columns.before.iter().map(|it| it.name));
    let is_copied = known.asides.copying.may_name(names.text(table.name));
    if !is_as_declared || is_copied || known.composed.contains(selectable) || !columns.is_in_order()
    {
        return None;
    }
    let entities = known.entities.get(&selectable).into_iter().flatten();
    let mut entities = entities.map(|id| mapping.entity_name(*id));
    let changed = columns.changed();
    let own = table.columns.iter().filter(|id| changed.contains(&catalog.column(*id).name));
    let stands = |it: Option<Span>| it.is_none_or(|it| rewritten.moved(it).is_some());
    let keys = table.keys.iter().map(|key| places.keys.get(key));
    let foreign_keys = table.foreign_keys.iter().map(|key| places.foreign_keys.get(key));
    let is_free = keys.chain(foreign_keys).all(stands)
        && !entities.any(|name| worded.contains(name))
        && !changed.iter().any(|name| known.speak_of(names.text(*name)))
        && !own.into_iter().any(|column| known.keyed.contains(&column));
    is_free.then_some(id)
}

/// The entities that say more of their columns than which table they are of, and those that others
/// build on.
pub(super) fn worded(document: &Document) -> FxHashSet<Box<str>> {
    let own = document.entities.iter().filter(|spec| is_worded(spec)).map(|spec| &spec.name);
    let named = document.entities.iter().flat_map(|it| it.inherits.iter().chain(&it.non_primary));
    own.chain(named).map(|name| name.text().into()).collect()
}

fn is_worded(spec: &EntitySpec) -> bool {
    !matches!(spec.source, Some(EntitySource::Table(_)))
        || !spec.attributes.is_empty()
        || *spec.options != EntityOptions::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;

    const TABLES: &str = "CREATE TABLE a (\n  id INT PRIMARY KEY,\n  note TEXT\n);\n\
         CREATE TABLE b (\n  id INT PRIMARY KEY,\n  a_id INT REFERENCES a (id), tag INT\n);\n\
         CREATE INDEX b_tag ON b (tag);\n";
    const DOCUMENT: &str = "schema = ['s.sql']\n[entity.A]\ntable = 'a'\n[entity.B]\ntable = 'b'\n\
         [entity.B.relationship.a]\ntarget = 'A'\n";

    /// Whether the edit is one of columns alone, which nothing speaks of.
    fn is_light(document: &str, from: &str, to: &str) -> bool {
        let mut draft = Draft::from_toml("model.toml", document);
        draft.add_schema("s.sql", TABLES);
        let mut session = Session::new(draft);
        let (source, _) = session.model().sources().iter().last().unwrap();
        let text = TABLES.replacen(from, to, 1);
        session.columns(&Change::between(source, &[TABLES], &text).unwrap()).is_some()
    }

    #[test]
    fn a_column_that_nothing_speaks_of_is_light() {
        assert!(is_light(DOCUMENT, "(\n", "(\n  extra INT,\n"));
        assert!(is_light(DOCUMENT, ",\n  note TEXT", ""));
        assert!(is_light(DOCUMENT, "note", "remark"));
        assert!(is_light(DOCUMENT, "TEXT", "INT NOT NULL"));
        assert!(is_light(DOCUMENT, ", tag INT", " /* tagged */, tag INT"));
    }

    #[test]
    fn what_may_change_more_is_not() {
        let heavy = [
            ("a_id INT", "a_id TEXT"),
            ("  id INT PRIMARY KEY,\n  note TEXT", "  note TEXT,\n  id INT PRIMARY KEY"),
            ("note TEXT", "note TEXT, UNIQUE (note)"),
            ("REFERENCES a", "REFERENCES /* here */ a"),
            (", tag INT", ""),
            ("tag INT", "tag INT, a INT"),
            ("note TEXT", "note TEXT, id INT"),
            ("  note TEXT", "  note TEXT); CREATE TABLE c (x INT"),
            ("TABLE a", "TABLE c"),
        ];
        for (from, to) in heavy {
            assert!(!is_light(DOCUMENT, from, to), "{to}");
        }
        for said in ["exclude = ['note']\n", "order_by = 'a.extra'\n"] {
            let document = DOCUMENT.replacen("table = 'a'\n", &format!("table = 'a'\n{said}"), 1);
            assert!(!is_light(&document, "(\n", "(\n  extra INT,\n"), "{said}");
        }
    }
}
