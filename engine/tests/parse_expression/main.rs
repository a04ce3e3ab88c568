//! SQL expressions, FROM clauses and queries become the graph they mean, each node in its place.
#![cfg(test)]

#[cfg(feature = "json")]
mod documents;
mod kinds;
mod limits;
mod names;
mod operators;
mod places;
mod queries;
mod show;
mod world;
