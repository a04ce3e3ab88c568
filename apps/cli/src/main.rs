//! The command line of Joinwright.
fn main() {}
