//! Findings as SARIF 2.1.0, for code scanning.
//!
//! The form: OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use joinwright::report::{Applicability, Code, Diagnostic, Edit, Fix, Severity};
use joinwright::text::{LineTable, Sources, Span};
use serde_json::{Value, json};

/// Findings as a SARIF log.
pub(crate) fn sarif(sources: &Sources, found: &[Diagnostic]) -> Result<String, String> {
    let codes: BTreeMap<_, _> = found.iter().map(|it| (it.code.name, it.code)).collect();
    let places = Places::new(sources);
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "joinwright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.values().map(|code| rule(code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": found.iter().map(|it| places.result(it)).collect::<Vec<_>>(),
        }],
    });
    Ok(format!("{}\n", super::pretty(&log)?))
}

fn rule(code: &Code) -> Value {
    let summary = code.page.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
    json!({
        "id": code.name,
        "shortDescription": {"text": summary},
        "help": {"text": code.page, "markdown": code.page},
        "defaultConfiguration": {"level": level(code.severity)},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Places of sources as SARIF counts them.
struct Places<'s> {
    sources: &'s Sources,
    lines: Vec<LineTable>,
}

impl<'s> Places<'s> {
    fn new(sources: &'s Sources) -> Self {
        let lines = sources.iter().map(|(_, source)| LineTable::new(&source.text)).collect();
        Self { sources, lines }
    }

    fn result(&self, finding: &Diagnostic) -> Value {
        let mut labels = finding.labels.iter();
        let primary = labels.next().map(|label| json!({"physicalLocation": self.at(label.span)}));
        let related = labels.map(|label| {
            let text = if label.text.is_empty() { "involved" } else { &label.text };
            json!({"physicalLocation": self.at(label.span), "message": {"text": text}})
        });
        let mut result = json!({
            "ruleId": finding.code.name,
            "level": level(finding.severity),
            "message": {"text": message(finding)},
            "locations": primary.into_iter().collect::<Vec<_>>(),
            "relatedLocations": related.collect::<Vec<_>>(),
            "partialFingerprints": {"joinwright/v1": fingerprint(finding)},
        });
        let fixes: Vec<_> = finding.fixes.iter().filter(|fix| is_whole(fix)).collect();
        if let (Some(result), false) = (result.as_object_mut(), fixes.is_empty()) {
            let fixes = fixes.into_iter().map(|fix| self.fix(fix)).collect();
            result.insert("fixes".to_owned(), Value::Array(fixes));
        }
        result
    }

    fn fix(&self, fix: &Fix) -> Value {
        let sources: BTreeSet<_> = fix.edits.iter().map(|edit| edit.span.source).collect();
        let changes = sources.into_iter().map(|source| {
            let edits = fix.edits.iter().filter(|edit| edit.span.source == source);
            json!({
                "artifactLocation": {"uri": uri(&self.sources.get(source).name)},
                "replacements": edits.map(|edit| self.replacement(edit)).collect::<Vec<_>>(),
            })
        });
        json!({"description": {"text": fix.title}, "artifactChanges": changes.collect::<Vec<_>>()})
    }

    fn replacement(&self, edit: &Edit) -> Value {
        json!({
            "deletedRegion": self.region(edit.span),
            "insertedContent": {"text": edit.insert},
        })
    }

    fn at(&self, span: Span) -> Value {
        let uri = uri(&self.sources.get(span.source).name);
        json!({"artifactLocation": {"uri": uri}, "region": self.region(span)})
    }

    fn region(&self, span: Span) -> Value {
        use joinwright::base::Id as _;
        let Some(lines) = self.lines.get(span.source.index()) else { return Value::Null };
        let text = &self.sources.get(span.source).text;
        let (start, end) = (lines.position(text, span.start), lines.position(text, span.end));
        json!({
            "startLine": start.line + 1,
            "startColumn": start.scalar + 1,
            "endLine": end.line + 1,
            "endColumn": end.scalar + 1,
        })
    }
}

/// Whether a fix can be applied as it stands.
fn is_whole(fix: &Fix) -> bool {
    fix.applicability != Applicability::Display
}

fn message(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{}: {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// What stays the same when the file is edited elsewhere.
fn fingerprint(finding: &Diagnostic) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    let subject = &finding.subject;
    let about = match subject.entity {
        Some(_) => format!("{}.{}", part(&subject.entity), part(&subject.relationship)),
        None => finding.message.clone(),
    };
    format!("{}/{about}", finding.code.name)
}

/// A file's name as a relative reference: RFC 3986, section 4.2.
fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => {
                // Writing to a `String` cannot fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
