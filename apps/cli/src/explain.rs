//! `joinwright explain`: what a relationship comes to, and why.

use std::path::Path;

use joinwright::Model;
use joinwright::answer::{self, Asked, RelationshipAnswer};
use joinwright::base::RelationshipId;
use joinwright::report::Diagnostic;

use crate::arguments::Format;
use crate::{Outcome, check, input, report};

pub(crate) fn run(path: &Path, which: Option<&str>, format: Format) -> Result<Outcome, String> {
    let loaded = input::load(path)?;
    let model = &loaded.model;
    let ids = match which.map(|which| find(model, which)).transpose() {
        Ok(Some(id)) => vec![id],
        Ok(None) => answer::relationships(model.mapping(), model.resolution()),
        Err(unknown) => {
            eprint!("{}", report::drawn(model.sources(), &[*unknown]));
            report::point_to_check(path, &model.diagnostics(), &[]);
            return Ok(if loaded.readable { Outcome::Errors } else { Outcome::Unreadable });
        }
    };
    let found = model.diagnostics();
    let told = about(model, &found, &ids);
    match format {
        Format::Text => input::print(&text(model, &ids, &told))?,
        Format::Json => {
            let answers: Vec<_> = ids
                .iter()
                .map(|id| RelationshipAnswer::of(model.mapping(), model.resolution(), *id))
                .collect();
            let text = match answers.as_slice() {
                [only] if which.is_some() => report::pretty(only)?,
                all => report::pretty(&all)?,
            };
            input::print(&format!("{text}\n"))?;
        }
    }
    // Who asks for one relationship is told of that one.
    let asked = if which.is_some() && loaded.readable { &told } else { &found };
    report::point_to_check(path, asked, if format == Format::Text { &told } else { &[] });
    Ok(if loaded.readable { check::outcome(asked) } else { Outcome::Unreadable })
}

fn find(model: &Model, which: &str) -> Result<RelationshipId, Box<Diagnostic>> {
    let (mapping, resolution) = (model.mapping(), model.resolution());
    let all = answer::relationships(mapping, resolution);
    let path =
        |id: &RelationshipId| mapping.relationship_path(resolution.relationship(mapping, *id));
    if let Some(id) = all.iter().find(|id| path(id) == which) {
        return Ok(*id);
    }
    let (entity, name) = which.rsplit_once('.').unwrap_or((which, ""));
    let refused = |asked| answer::refused(model.subject(), &asked);
    let id = mapping.find_entity(entity);
    let entity = id.ok_or_else(|| refused(Asked::UnknownEntity(entity.to_owned())))?;
    // One that it inherits is told of where it is declared.
    let found = mapping.names.find(name).and_then(|name| resolution.find(mapping, entity, name));
    found.ok_or_else(|| refused(Asked::UnknownRelationship { entity, name: name.to_owned() }))
}

fn text(model: &Model, ids: &[RelationshipId], found: &[Diagnostic]) -> String {
    let explained = ids.iter().map(|id| answer::explain(model.mapping(), model.resolution(), *id));
    let mut text = explained.collect::<Vec<_>>().join("\n");
    if !found.is_empty() {
        text.push('\n');
        text.push_str(&report::drawn(model.sources(), found));
    }
    text
}

/// Those of the findings that are about some relationships.
fn about(model: &Model, found: &[Diagnostic], ids: &[RelationshipId]) -> Vec<Diagnostic> {
    let (mapping, resolution) = (model.mapping(), model.resolution());
    let is_about = |diagnostic: &&Diagnostic| {
        ids.iter().any(|id| {
            let relationship = resolution.relationship(mapping, *id);
            let (entity, name) =
                (mapping.entity_name(relationship.entity), mapping.names.text(relationship.name));
            diagnostic.subject.entity.as_deref() == Some(entity)
                && diagnostic.subject.relationship.as_deref() == Some(name)
        })
    };
    found.iter().filter(is_about).cloned().collect()
}
