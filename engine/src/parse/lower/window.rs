//! Windows: those of a call, and those that a `WINDOW` clause names, which are put in the place of
//! their names.
//!
//! Rule: SQL:2016 7.15. A window that begins with the name of another takes its partition, and may
//! add an order where that has none; what has a frame of its own cannot be begun with.

use sqlparser::ast::{self, Ident, NamedWindowExpr, WindowType};

use super::super::widen::Extent;
use super::Lowering;
use crate::graph::{Frame, FrameBound, FrameUnit, Window};

impl Lowering<'_> {
    /// Reads the windows that a query names, each after those that it may begin with.
    pub(super) fn named_windows(&mut self, named: &[ast::NamedWindowDefinition], place: Extent) {
        for ast::NamedWindowDefinition(name, window) in named {
            let read = match window {
                NamedWindowExpr::NamedWindow(other) => self.named_window(other),
                NamedWindowExpr::WindowSpec(window) => self.window(window),
            };
            let name = self.spelling(name);
            match (read, self.frames.last_mut()) {
                (Some(window), Some(frame)) => frame.windows.push((name, window)),
                _ => _ = self.unsupported("this named window", place),
            }
        }
    }

    /// The window of a call, and nothing where it names one that is not there or cannot be named so.
    pub(super) fn over(&mut self, over: &WindowType) -> Option<Window> {
        match over {
            WindowType::NamedWindow(name) => self.named_window(name),
            WindowType::WindowSpec(window) => self.window(window),
        }
    }

    fn named_window(&mut self, name: &Ident) -> Option<Window> {
        let name = self.spelling(name);
        let mut known = self.frames.last()?.windows.iter();
        known.find(|(known, _)| *known == name).map(|(_, window)| window.clone())
    }

    fn window(&mut self, window: &ast::WindowSpec) -> Option<Window> {
        let begun = match &window.window_name {
            Some(name) => Some(self.named_window(name)?),
            None => None,
        };
        let own = Window {
            partition_by: self.exprs(&window.partition_by).iter().map(|node| node.id).collect(),
            order_by: self.order_terms(&window.order_by).into(),
            frame: window.window_frame.as_ref().map(|frame| self.frame(frame)),
        };
        match begun {
            None => Some(own),
            Some(begun) => continued(begun, own),
        }
    }

    fn frame(&mut self, frame: &ast::WindowFrame) -> Frame {
        let unit = match frame.units {
            ast::WindowFrameUnits::Rows => FrameUnit::Rows,
            ast::WindowFrameUnits::Range => FrameUnit::Range,
            ast::WindowFrameUnits::Groups => FrameUnit::Groups,
        };
        let start = self.frame_bound(&frame.start_bound);
        let end = frame.end_bound.as_ref().map(|end| self.frame_bound(end));
        Frame { unit, start, end }
    }

    fn frame_bound(&mut self, bound: &ast::WindowFrameBound) -> FrameBound {
        let mut number =
            |number: &Option<Box<ast::Expr>>| number.as_ref().map(|number| self.expr(number).id);
        match bound {
            ast::WindowFrameBound::CurrentRow => FrameBound::CurrentRow,
            ast::WindowFrameBound::Preceding(rows) => FrameBound::Preceding(number(rows)),
            ast::WindowFrameBound::Following(rows) => FrameBound::Following(number(rows)),
        }
    }
}

/// A window that begins with another, where it may.
fn continued(begun: Window, own: Window) -> Option<Window> {
    let Window { partition_by, order_by, frame } = own;
    let ordered_twice = !begun.order_by.is_empty() && !order_by.is_empty();
    if !partition_by.is_empty() || ordered_twice || begun.frame.is_some() {
        return None;
    }
    let order_by = if order_by.is_empty() { begun.order_by } else { order_by };
    Some(Window { partition_by: begun.partition_by, order_by, frame })
}
