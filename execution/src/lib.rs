//! Proof by execution: a test-only crate.
//!
//! `tests/strategies` makes random models (`generator`): tables with composite keys, overlapping
//! and self-referential foreign keys, junctions, NULLs, duplicates and names that need quotes, and
//! relationships over them, each with its condition as data. A model is written as a document
//! (`document`) for the engine, its statements run on a [`Database`], and their rows turned
//! into objects through the row layout alone (`runner`). What comes out must be what nested loops
//! over the rows find (`oracle`), for every strategy (`comparison`). The same holds where names and
//! texts try to be SQL (`injection`).
//!
//! `tests/chains` runs whole loads over one model with every kind of step (`world`): random rows, a
//! random path and a random strategy for each step, as a host that knows the plan and the row layout
//! only (`host`).
//!
//! `tests/per_parent` has the first rows of each parent and JSON, `tests/hierarchies` inheritance,
//! `tests/mapped` entities over joins, selects and unions. What all of them need is here: the
//! databases, tables put into them ([`fill`]), statements run as a host runs them ([`run`]) and
//! properties that must hold ([`hold`]).
//!
//! The oracle never sees SQL, and the runner never sees a condition. A new strategy is one entry of
//! `comparison::proof::PROOFS`.
//!
//! `SQLite` is always there. `JOINWRIGHT_TEST_POSTGRES` and `JOINWRIGHT_TEST_MYSQL` name a server by
//! its URL; without them its tests say that they are skipped. `PROPTEST_CASES` sets the number of
//! models, `PROPTEST_RNG_SEED` which ones.

mod database;
mod hold;
mod order;
mod run;
mod store;
mod value;

pub use database::{Answer, Database, Facts, MySql, Postgres, Sqlite, Table};
pub use hold::{config, hold};
pub use order::OrderKey;
pub use run::{Ran, model, run, statement};
pub use store::{Column, Stored, fill, quoted};
pub use value::{Given, Row, Type, Value};
