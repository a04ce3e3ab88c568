//! `joinwright load`: the objects that a load gives, out of an SQLite file.
//!
//! A host like any other: objects come out of the statements and their row layout alone. The model
//! is only asked in which order it declares attributes, which of them and which relationships an
//! entity has, and where it declares what a file lacks.

mod database;
mod document;
mod kinds;
mod layout;
mod loading;
mod objects;
mod plan;
mod stage;
mod tree;
mod value;

use joinwright::entity::Mapping;

use crate::arguments::{Format, LoadArguments};
use crate::{Outcome, input, report, request};
use database::Database;
use kinds::Kinds;
use objects::Objects;

pub(crate) fn run(asked: &LoadArguments) -> Result<Outcome, String> {
    let read = input::load(&asked.request.model)?;
    let request = &asked.request;
    let outcome = match plan::plan(&read.model, &request.path, &request.options) {
        Ok(load) => {
            let database = Database::open(&asked.database, &read.model)?;
            let mut objects = loading::load(&load, Kinds::new(&read.model), &database)?;
            objects.arrange(|entity, name| declared(read.model.mapping(), entity, name));
            input::print(&printed(&objects, request.format)?)?;
            report::point_to_check(&request.model, &read.model.diagnostics(), &[]);
            Outcome::Clean
        }
        Err(refused) => {
            request::refuse(&request.model, &read.model, *refused, request.format)?;
            Outcome::Errors
        }
    };
    Ok(if read.readable { outcome } else { Outcome::Unreadable })
}

/// Which of an entity's attributes has this name.
fn declared(mapping: &Mapping, entity: &str, name: &str) -> Option<usize> {
    let entity = mapping.entity(mapping.find_entity(entity)?);
    entity.attributes(&mapping.graph).position(|it| mapping.names.text(it.name) == name)
}

fn printed(objects: &Objects<'_>, format: Format) -> Result<String, String> {
    if format == Format::Text {
        return Ok(tree::tree(objects));
    }
    let text = report::pretty(&document::document(objects))?;
    Ok(format!("{}\n", document::without_controls(&text)))
}
