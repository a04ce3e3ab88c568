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
