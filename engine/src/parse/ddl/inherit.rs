//! Tables that take columns over from other tables: `INHERITS`, `LIKE`, `PARTITION OF`.
//!
//! This happens after everything was read, so that a parent may stand behind its children and may
//! have been altered in between.

use rustc_hash::FxHashSet;

use super::draft::{Drafts, Inheritance, KeyDraft, Origin, TableDraft, WrittenTable};
use crate::base::{Name, Names};
use crate::parse::{Defect, DefectKind};

/// How many columns and keys are copied in all: a chain of tables can ask for the square of its
/// length, and one that copies keys twice for the power.
const MOST_COPIES: usize = 1 << 20;

/// How far a table's origins were followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Untouched,
    Entered,
    Done,
}

/// Gives tables the columns and keys of their origins.
pub(super) struct Heirs<'a> {
    drafts: &'a mut Drafts,
    names: &'a Names,
    copies: usize,
    /// The origins that are not declared, each with the place of the table that names it.
    pub(super) missing: Vec<(usize, WrittenTable)>,
    /// Tables that ask for too much.
    pub(super) defects: Vec<Defect>,
}

impl<'a> Heirs<'a> {
    pub(super) fn new(drafts: &'a mut Drafts, names: &'a Names) -> Self {
        Self { drafts, names, copies: 0, missing: Vec::new(), defects: Vec::new() }
    }

    /// Goes through all tables, origins first; in a circle each takes what is there.
    pub(super) fn inherit(mut self) -> Self {
        let mut progress = vec![Progress::Untouched; self.drafts.indexes().len()];
        for index in self.drafts.indexes() {
            let mut path = vec![index];
            while let Some(table) = path.pop() {
                let Some(state) = progress.get_mut(table) else { continue };
                match *state {
                    Progress::Done => {}
                    Progress::Untouched => {
                        *state = Progress::Entered;
                        path.push(table);
                        path.extend(self.origins(table));
                    }
                    Progress::Entered => {
                        *state = Progress::Done;
                        self.take_over(table);
                    }
                }
            }
        }
        self
    }

    fn origins(&self, table: usize) -> impl Iterator<Item = usize> {
        let origins = self.drafts.get(table).map_or(&[][..], |draft| &draft.origins);
        origins.iter().filter_map(|origin| self.drafts.find_renamed(origin.table.name, self.names))
    }

    fn take_over(&mut self, index: usize) {
        let Some(child) = self.drafts.get_mut(index) else { return };
        let origins = std::mem::take(&mut child.origins);
        // From the last to the first, so that the places of the earlier ones stay right.
        for origin in origins.into_iter().rev() {
            let parent = self.drafts.find_renamed(origin.table.name, self.names);
            match parent.and_then(|parent| self.drafts.get(parent)) {
                None => self.missing.push((index, origin.table)),
                Some(parent) => {
                    self.copies += parent.columns.len() + parent.keys.len();
                    if self.copies > MOST_COPIES {
                        return self.report_too_many(origin);
                    }
                    let parent = parent.clone();
                    if let Some(child) = self.drafts.get_mut(index) {
                        merge(child, parent, origin, self.names);
                    }
                }
            }
        }
    }

    fn report_too_many(&mut self, origin: Origin) {
        if !self.defects.is_empty() {
            return;
        }
        let kind = DefectKind::TooDeep { unit: "inherited columns", limit: MOST_COPIES };
        self.defects.push(Defect { kind, span: origin.table.span });
    }
}

fn merge(child: &mut TableDraft, parent: TableDraft, origin: Origin, names: &Names) {
    let own: FxHashSet<Name> = child.columns.iter().map(|own| names.folded(own.name)).collect();
    let mut columns = parent.columns;
    for column in columns.iter_mut().filter(|column| own.contains(&names.folded(column.name))) {
        if let Some(own) = child.column(column.name, names) {
            let own = child.columns.remove(own);
            column.nullable &= own.nullable;
            column.span = own.span;
        }
    }
    let rest = child.columns.split_off(origin.at.min(child.columns.len()));
    child.columns.extend(columns);
    child.columns.extend(rest);
    if matches!(origin.how, Inheritance::Keys | Inheritance::Partition) {
        child.keys.splice(0..0, parent.keys.into_iter().map(unnamed));
    }
    if origin.how == Inheritance::Partition {
        child.foreign_keys.splice(0..0, parent.foreign_keys);
    }
}

/// A copy of a key gets a name of its own.
fn unnamed(key: KeyDraft) -> KeyDraft {
    KeyDraft { name: None, made_up: None, ..key }
}
