//! Test-only crate: see `tests/fixtures`. The accepted snapshots are under `fixtures`.
