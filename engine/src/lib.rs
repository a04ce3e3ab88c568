#![doc = include_str!("../ARCHITECTURE.md")]
#![deny(missing_docs)]

#[cfg(feature = "json")]
pub mod answer;
pub mod base;
pub mod catalog;
pub mod check;
pub mod entity;
pub mod graph;
mod model;
pub mod parse;
pub mod plan;
pub mod render;
pub mod report;
pub mod resolve;
pub mod spec;
pub mod text;

pub use model::{Draft, Model};
