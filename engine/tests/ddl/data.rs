//! Tables that are given as data.

use joinwright::base::{Dialect, Names};
use joinwright::catalog::Catalog;
use joinwright::parse;
use joinwright::spec::document::{ColumnSpec, ForeignKeySpec, TableSpec, Text};
use joinwright::text::{Fragment, Sources, Span};

use crate::reading::Read;

/// Writes texts into one source, so that each has a place.
struct Pen {
    sources: Sources,
    written: String,
}

impl Pen {
    fn text(&mut self, text: &str) -> Text {
        let start = self.written.len();
        self.written.push_str(text);
        let source = self.sources.iter().next().map(|(id, _)| id);
        let source = source.unwrap_or_else(|| self.sources.add("tables.json", ""));
        Fragment::verbatim(source, text, start).into_owned()
    }

    fn texts(&mut self, texts: &[&str]) -> Vec<Text> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn table(&mut self, name: &str, columns: &[&str], primary_key: &[&str]) -> TableSpec {
        let column = |name| ColumnSpec { name, type_name: None, nullable: None };
        TableSpec {
            name: self.text(name),
            schema: None,
            columns: self.texts(columns).into_iter().map(column).collect(),
            primary_key: self.texts(primary_key),
            unique: Vec::new(),
            foreign_keys: Vec::new(),
        }
    }

    fn foreign_key(&mut self, columns: &[&str], table: &str, referred: &[&str]) -> ForeignKeySpec {
        let table = self.text(table);
        let span: Span = table.whole();
        let (columns, referred) = (self.texts(columns), self.texts(referred));
        ForeignKeySpec { name: None, columns, table, referred, span }
    }
}

fn read(pen: Pen, specs: &[TableSpec]) -> Read {
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let defects = parse::tables(specs, &mut names, &mut catalog);
    Read { sources: pen.sources, names, catalog, defects }
}

#[test]
fn data_declares_what_ddl_declares() {
    let mut pen = Pen { sources: Sources::new(), written: String::new() };
    let mut song = pen.table("song", &["id", "artist"], &["id"]);
    song.foreign_keys.push(pen.foreign_key(&["artist"], "music.artist", &[]));
    song.unique.push(pen.texts(&["artist", "id"]));
    song.columns[1].type_name = Some(pen.text("numeric (8,  2)"));
    song.columns[1].nullable = Some(false);
    let mut artist = pen.table("artist", &["id"], &["id"]);
    artist.schema = Some(pen.text("music"));
    let read = read(pen, &[song, artist]);
    assert_eq!(read.defects, []);
    assert_eq!(
        read.describe(),
        "song(id!, artist NUMERIC (8, 2)!) pk(id) unique(artist id) fk(artist -> artist.id)\n\
         music.artist(id!) pk(id)"
    );
}

#[test]
fn data_can_be_wrong_like_ddl() {
    let mut pen = Pen { sources: Sources::new(), written: String::new() };
    let mut song = pen.table("song", &["id"], &["di"]);
    song.foreign_keys.push(pen.foreign_key(&["id"], "sonk", &["id"]));
    let twice = pen.table("song", &["id"], &[]);
    let read = read(pen, &[song, twice]);
    assert_eq!(read.defects.len(), 3);
    assert_eq!(read.describe(), "song(id)");
}

#[test]
fn ddl_may_refer_to_tables_given_as_data() {
    let mut pen = Pen { sources: Sources::new(), written: String::new() };
    let artist = pen.table("artist", &["id"], &["id"]);
    let Read { mut sources, mut names, mut catalog, .. } = read(pen, &[artist]);
    let text = "CREATE TABLE song (artist INT REFERENCES artist)";
    let script = Fragment::verbatim(sources.add("schema.sql", text), text, 0);
    let defects = parse::ddl(&[script], Dialect::Ansi, &mut names, &mut catalog);
    assert_eq!(defects, []);
    assert_eq!(catalog.foreign_key_count(), 1);
}
