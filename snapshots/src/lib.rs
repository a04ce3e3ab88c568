//! Test-only crate: see `tests/fixtures.rs`.
