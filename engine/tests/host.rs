//! What a host that builds its mapping without text is told.

use std::borrow::Cow;

use joinwright::Model;
use joinwright::base::{Dialect, Names};
use joinwright::catalog::{Catalog, Key, KeyKind, Table, TableColumn};
use joinwright::entity::{Attribute, Mapping};
use joinwright::text::Sources;

#[test]
fn attributes_that_are_just_the_columns_are_those_that_a_list_would_have() {
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let table = catalog.add_table(Table::new(names.intern("tram")), &names);
    for name in ["id", "line", "depot"] {
        catalog.add_column(table, TableColumn::new(names.intern(name)));
    }
    let mut mapping = Mapping::new(Dialect::Ansi, names, catalog);
    let id = mapping.add_table_entity("Tram", table).unwrap();
    let (entity, graph) = (mapping.entity(id), &mapping.graph);
    let list: Vec<_> = entity.attributes(graph).map(Cow::into_owned).collect();
    let called: Vec<_> = list.iter().map(|it| mapping.names.text(it.name)).collect();
    assert_eq!(called, ["id", "line", "depot"]);

    let mut listed = entity.clone();
    listed.listed = Some(list.clone());
    for entity in [entity, &listed] {
        assert_eq!(entity.attribute_count(graph), list.len());
        assert!(entity.shown_columns(graph).eq(list.iter().flat_map(Attribute::columns).copied()));
        assert!(entity.attributes(graph).map(Cow::into_owned).eq(list.iter().cloned()));
        for attribute in &list {
            assert_eq!(entity.attribute(graph, attribute.name).as_deref(), Some(attribute));
            let column = attribute.columns()[0];
            assert_eq!(entity.attribute_of(graph, column).as_deref(), Some(attribute));
        }
    }
}

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
