//! Joinwright understands how mapped entities join.

pub mod base;
pub mod catalog;
pub mod check;
pub mod entity;
pub mod graph;
pub mod parse;
pub mod plan;
pub mod render;
pub mod report;
pub mod resolve;
pub mod spec;
pub mod text;
