//! The dialect and the spelling that a statement asks for.

use super::Subject;
use super::refusal::Asked;
use crate::render::{Labels, Placeholders, Profile, Style};
use crate::spec::StatementSpec;
use crate::spec::document::Text;

pub(super) fn style(subject: Subject<'_>, spec: &StatementSpec) -> Result<Style, Asked> {
    let dialect = word("dialect", spec.dialect.as_ref(), |text| text.parse().ok())?;
    let labels = word("labels", spec.labels.as_ref(), Labels::parse)?;
    let placeholders = word("placeholders", spec.placeholders.as_ref(), Placeholders::parse)?;
    let profile = word("profile", spec.profile.as_ref(), Profile::parse)?;
    Ok(Style {
        dialect: dialect.unwrap_or(subject.mapping.dialect),
        labels: labels.unwrap_or_default(),
        placeholders: placeholders.unwrap_or_default(),
        profile: profile.unwrap_or_default(),
    })
}

/// What a word of the request means, where it is given.
fn word<T>(
    key: &'static str,
    written: Option<&Text>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Asked> {
    let unknown = |text: &str| Asked::UnknownValue { key, written: text.to_owned() };
    let meant = |text: &str| parse(text).ok_or_else(|| unknown(text));
    written.map(|text| meant(text.text())).transpose()
}
