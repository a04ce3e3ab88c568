//! Any bytes as a model document; what follows a NUL is its DDL.

#![no_main]

use joinwright::Draft;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (document, ddl) = text.split_once('\0').unwrap_or((&text, ""));
    let mut draft = if document.starts_with('{') {
        Draft::from_json("model.json", document)
    } else {
        Draft::from_toml("model.toml", document)
    };
    draft.add_schema("schema.sql", ddl);
    joinwright_fuzz::exercise(&draft.finish());
});
