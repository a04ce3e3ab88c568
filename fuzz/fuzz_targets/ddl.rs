//! Any bytes as DDL; the first one chooses the dialect.

#![no_main]

use joinwright::Draft;
use joinwright::base::Dialect;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, ddl)) = data.split_first() else { return };
    let dialect = Dialect::ALL[*first as usize % Dialect::ALL.len()];
    let mut draft = Draft::from_toml("model.toml", &format!("dialect = \"{dialect}\""));
    draft.add_schema("schema.sql", &String::from_utf8_lossy(ddl));
    let model = draft.finish();
    let catalog = model.mapping().catalog();
    for (id, table) in catalog.tables() {
        assert!(table.columns.iter().all(|column| catalog.column(column).table == id));
    }
    joinwright_fuzz::exercise(&model);
});
