//! The statements of [`library::COMPARED`](crate::library::COMPARED), made by others: each is
//! constructed and written anew, as an application without a cache would.

pub mod diesel;
pub mod sea;
