//! DDL of seven dialects, read into the catalog.

mod alter;
mod data;
mod defects;
mod reading;
mod robust;
mod scripts;
mod shared;
mod tables;
