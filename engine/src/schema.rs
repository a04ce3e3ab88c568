//! The tables of a model: what they are read from, and what comes of it.

use std::ops::Range;
use std::sync::Arc;

use crate::base::{Dialect, Names, SourceId};
use crate::catalog::Catalog;
use crate::parse;
use crate::spec::document::{TableSpec, Text};
use crate::text::{Fragment, Span};

/// Everything that tables are read from; where it is equal, so are the tables and their spans.
#[derive(PartialEq, Debug)]
pub(crate) struct Declared {
    pub(crate) dialect: Dialect,
    pub(crate) tables: Vec<TableSpec>,
    pub(crate) inline: Option<Text>,
    pub(crate) files: Vec<File>,
}

/// A schema file.
#[derive(PartialEq, Debug)]
pub(crate) struct File {
    pub(crate) source: SourceId,
    pub(crate) text: Arc<str>,
    /// The first byte that is no UTF-8, and where its substitute stands.
    pub(crate) broken: Option<(u8, Range<usize>)>,
}

/// Tables that were read, with their names and what is wrong with their SQL.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) dialect: Dialect,
    pub(crate) names: Names,
    pub(crate) catalog: Catalog,
    pub(crate) defects: Vec<parse::Defect>,
}

impl Declared {
    pub(crate) fn read(&self) -> Schema {
        let (mut names, mut catalog) = (Names::new(), Catalog::new());
        let mut defects = parse::tables(&self.tables, &mut names, &mut catalog);
        defects.extend(self.files.iter().filter_map(File::defect));
        let inline = self.inline.iter().map(Fragment::borrowed);
        let files = self.files.iter().map(|file| Fragment::verbatim(file.source, &*file.text, 0));
        let fragments: Vec<_> = inline.chain(files).collect();
        defects.extend(parse::ddl(&fragments, self.dialect, &mut names, &mut catalog));
        Schema { dialect: self.dialect, names, catalog, defects }
    }
}

impl File {
    fn defect(&self) -> Option<parse::Defect> {
        let (byte, place) = self.broken.as_ref()?;
        let kind = parse::DefectKind::NotUtf8 { byte: *byte };
        Some(parse::Defect { kind, span: Span::new(self.source, place.start, place.end) })
    }
}
