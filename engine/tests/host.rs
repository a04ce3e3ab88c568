//! What a host that builds its mapping without text is told.

use joinwright::Model;
use joinwright::base::{Dialect, Names};
use joinwright::catalog::{Catalog, Key, KeyKind, Table, TableColumn};
use joinwright::entity::Mapping;
use joinwright::text::Sources;

#[test]
fn two_entities_of_one_name_are_told() {
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let table = catalog.add_table(Table::new(names.intern("tram")), &names);
    let id = catalog.add_column(table, TableColumn::new(names.intern("id")));
    catalog.add_key(table, Key::new(KeyKind::Primary, vec![id]));
    let mut mapping = Mapping::new(Dialect::Ansi, names, catalog);
    mapping.add_table_entity("Tram", table).unwrap();
    assert!(Model::from_mapping(Sources::new(), mapping.clone()).diagnostics().is_empty());

    mapping.add_table_entity("Tram", table).unwrap();
    let found = Model::from_mapping(Sources::new(), mapping).diagnostics();
    let codes: Vec<&str> = found.iter().map(|found| found.code.name).collect();
    assert_eq!(codes, ["duplicate_entity"]);
}
