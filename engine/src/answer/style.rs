//! The dialect and the spelling that a statement asks for.

use super::Subject;
use super::refusal::Asked;
use crate::base::Dialect;
use crate::render::{Labels, Placeholders, Profile, Style};
use crate::spec::StatementSpec;
use crate::spec::document::Text;

pub(super) fn style(subject: Subject<'_>, spec: &StatementSpec) -> Result<Style, Asked> {
    let unknown = |key, text: &str| Asked::UnknownValue { key, written: text.to_owned() };
    let dialect = match &spec.dialect {
        None => subject.mapping.dialect,
        Some(text) => {
            text.text().parse::<Dialect>().map_err(|_| unknown("dialect", text.text()))?
        }
    };
    let labels = match spec.labels.as_ref().map(Text::text) {
        None => Labels::default(),
        Some(text) => Labels::parse(text).ok_or_else(|| unknown("labels", text))?,
    };
    let placeholders = match spec.placeholders.as_ref().map(Text::text) {
        None => Placeholders::default(),
        Some(text) => Placeholders::parse(text).ok_or_else(|| unknown("placeholders", text))?,
    };
    let profile = match spec.profile.as_ref().map(Text::text) {
        None => Profile::default(),
        Some(text) => Profile::parse(text).ok_or_else(|| unknown("profile", text))?,
    };
    Ok(Style { dialect, labels, placeholders, profile })
}
