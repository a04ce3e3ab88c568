//! What a window function sees.

use super::expr::OrderTerm;
use crate::base::ExprId;

/// `PARTITION BY`, `ORDER BY` and the frame of a window.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Window {
    /// `PARTITION BY`
    pub partition_by: Box<[ExprId]>,
    /// `ORDER BY`
    pub order_by: Box<[OrderTerm]>,
    /// Which rows around the current one count, where that is said.
    pub frame: Option<Frame>,
}

/// `ROWS BETWEEN start AND end`, or `ROWS start`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Frame {
    /// What the bounds count.
    pub unit: FrameUnit,
    /// Where it begins.
    pub start: FrameBound,
    /// Where it ends, if that is said.
    pub end: Option<FrameBound>,
}

/// What the bounds of a frame count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FrameUnit {
    /// `ROWS`
    Rows,
    /// `RANGE`
    Range,
    /// `GROUPS`
    Groups,
}

/// One end of a frame. Without a number it is unbounded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FrameBound {
    /// `CURRENT ROW`
    CurrentRow,
    /// `n PRECEDING`
    Preceding(Option<ExprId>),
    /// `n FOLLOWING`
    Following(Option<ExprId>),
}

impl Window {
    /// The expressions in it, in reading order.
    pub fn operands(&self) -> impl Iterator<Item = ExprId> + '_ {
        let bounds = self.frame.iter().flat_map(|frame| [Some(frame.start), frame.end]);
        let bounds = bounds.flatten().filter_map(|bound| match bound {
            FrameBound::CurrentRow => None,
            FrameBound::Preceding(number) | FrameBound::Following(number) => number,
        });
        let partition = self.partition_by.iter().copied();
        partition.chain(self.order_by.iter().map(|term| term.expr)).chain(bounds)
    }

    pub(super) fn each_operand(&mut self, change: &mut dyn FnMut(&mut ExprId)) {
        let terms = self.order_by.iter_mut().map(|term| &mut term.expr);
        self.partition_by.iter_mut().chain(terms).for_each(&mut *change);
        let Some(frame) = &mut self.frame else { return };
        for bound in std::iter::once(&mut frame.start).chain(&mut frame.end) {
            if let FrameBound::Preceding(number) | FrameBound::Following(number) = bound {
                number.iter_mut().for_each(&mut *change);
            }
        }
    }
}
