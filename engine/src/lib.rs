//! Joinwright works out how mapped entities join.
//!
//! Tables, mappings and relationships go in; for each relationship its join condition, its
//! direction and what it writes come out, with everything that is wrong, and the SQL that loads the
//! related rows. [`Model`] is the way in for documents, [`Model::from_mapping`] for hosts that have
//! no text.
//!
//! # Words
//!
//! A *table* has *columns* and *keys*, as the database declares them. A *selectable* is what rows
//! are selected from: a table, an alias, a join, a subquery. An *entity* maps a selectable; its
//! *attributes* show columns. A *relationship* leads from an entity, the *parent*, to its *target*,
//! directly or over a *secondary*. It joins by its *primaryjoin*, and from the secondary on by its
//! *secondaryjoin*. Each *occurrence* of a column in them plays *roles*: *foreign* where it holds a
//! reference, *remote* on the far side, *local* on the parent's. From the roles follow the
//! *local/remote pairs*, the *synchronize pairs* (what a flush copies, source first) and the
//! *direction*: one-to-many, many-to-one or many-to-many.
//!
#![doc = include_str!("../ARCHITECTURE.md")]
#![deny(missing_docs)]

#[cfg(feature = "json")]
pub mod answer;
pub mod base;
pub mod catalog;
pub mod check;
pub mod diagram;
mod draft;
#[cfg(feature = "json")]
pub mod editor;
pub mod entity;
pub mod graph;
mod mended;
mod model;
pub mod parse;
pub mod plan;
mod proven;
pub mod render;
pub mod report;
pub mod resolve;
mod schema;
pub mod session;
pub mod spec;
pub mod text;

pub use draft::Draft;
pub use model::Model;
pub use proven::Mended;
pub use session::Session;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
