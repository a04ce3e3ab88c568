//! Asking for a part of the rows.

use super::dialect::Limit;
use super::writer::{Given, Writer};
use crate::plan::Select;

impl Writer<'_> {
    /// What stands before the columns where only a part of the rows is asked for. `TOP` takes a
    /// parameter in brackets only; under a name of no dialect, it is a place for the number itself.
    pub(super) fn top(&mut self, select: &Select<'_>) {
        if let (Limit::TopOrRowNumber { .. }, Some(limit)) = (self.dialect.limit, select.limit) {
            let bound = self.placeholder == self.dialect.placeholder;
            let (open, close) = if bound { ("TOP (", ") ") } else { ("TOP ", " ") };
            self.number_after(open, limit);
            self.push(close);
        }
    }

    /// What stands at the end.
    pub(super) fn limit(&mut self, select: &Select<'_>) {
        if select.limit.is_none() && select.offset.is_none() {
            return;
        }
        match self.dialect.limit {
            Limit::ThenOffset { unlimited, offset_always } => {
                let offset = select.offset.or(select.limit.and(offset_always.then_some(0)));
                self.amount(" LIMIT ", select.limit, offset.and(unlimited));
                self.amount(" OFFSET ", offset, None);
            }
            Limit::OffsetComma { unlimited } => {
                self.amount(" LIMIT ", select.offset, None);
                let word = if select.offset.is_some() { ", " } else { " LIMIT " };
                self.amount(word, select.limit, select.offset.map(|_| unlimited));
            }
            Limit::Fetch => {
                self.amount(" OFFSET ", select.offset, None);
                self.push(if select.offset.is_some() { " ROWS" } else { "" });
                self.amount(" FETCH FIRST ", select.limit, None);
                self.push(if select.limit.is_some() { " ROWS ONLY" } else { "" });
            }
            Limit::TopOrRowNumber { .. } => {}
        }
    }

    /// A number after its word, or what stands for none.
    fn amount(&mut self, word: &str, given: Option<u64>, otherwise: Option<&str>) {
        match (given, otherwise) {
            (Some(number), _) => self.number_after(word, number),
            (None, Some(otherwise)) => {
                self.push(word);
                self.push(otherwise);
            }
            (None, None) => {}
        }
    }

    pub(super) fn number_after(&mut self, word: &str, number: u64) {
        self.push(word);
        self.parameter(Given::Number(number));
    }
}
