//! A catalog that a host declares through the typed interface.

use joinwright::base::{Id, Names, SourceId, TableColumnId, TableId};
use joinwright::catalog::{
    Catalog, Constant, ForeignKey, Key, KeyKind, RowTest, Table, TableColumn,
};
use joinwright::text::Span;

/// Tables of three columns each, declared in turns.
fn tables<const N: usize>(
    names: &mut Names,
    catalog: &mut Catalog,
    called: [&str; N],
) -> [(TableId, Vec<TableColumnId>); N] {
    let mut tables =
        called.map(|table| (catalog.add_table(Table::new(names.intern(table)), names), Vec::new()));
    for name in ["id", "line", "depot"] {
        for (table, columns) in &mut tables {
            columns.push(catalog.add_column(*table, TableColumn::new(names.intern(name))));
        }
    }
    tables
}

#[test]
fn tables_may_be_declared_in_turns() {
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let [(tram, tram_columns), (bus, bus_columns)] =
        tables(&mut names, &mut catalog, ["tram", "bus"]);
    let mut refer = |from, column: usize, to, referred: usize| {
        let [column, referred] = [(from, column), (to, referred)].map(|(table, place)| {
            if table == tram { tram_columns[place] } else { bus_columns[place] }
        });
        catalog.add_foreign_key(ForeignKey::new(from, [column], to, [referred]))
    };
    let keys = [refer(tram, 1, bus, 0), refer(bus, 1, tram, 0), refer(tram, 2, bus, 0)];

    let line = names.intern("LINE");
    for (table, columns) in [(tram, &tram_columns), (bus, &bus_columns)] {
        assert!(catalog.table(table).columns.iter().eq(columns.iter().copied()));
        assert_eq!(catalog.find_column(table, line, &names), Some(columns[1]));
    }
    assert!(catalog.table(tram).foreign_keys.iter().eq([keys[0], keys[2]]));
    assert!(catalog.table(bus).foreign_keys.iter().eq([keys[1]]));
    assert_eq!((catalog.column_count(), catalog.foreign_key_count()), (6, 3));
    let between: Vec<_> = catalog.foreign_keys_between(tram, bus).map(|(id, _)| id).collect();
    assert_eq!(between, [keys[0], keys[2]]);
}

#[test]
fn a_foreign_key_has_as_many_pairs_as_both_sides_have_columns() {
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let [(tram, own), (bus, others)] = tables(&mut names, &mut catalog, ["tram", "bus"]);
    let key = ForeignKey::new(tram, own.clone(), bus, others[..2].iter().copied());
    assert_eq!(*key.pairs, [(own[0], others[0]), (own[1], others[1])]);
    assert!(key.columns().eq(own[..2].iter().copied()));
    assert!(key.referred().eq(others[..2].iter().copied()));
    assert!(key.has(own[1]) && !key.has(own[2]) && !key.has(others[0]));
}

#[test]
fn a_second_primary_key_replaces_the_first() {
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let [(tram, columns)] = tables(&mut names, &mut catalog, ["tram"]);
    let [id, line, depot] = columns[..] else { panic!("three columns") };
    let first = catalog.add_key(tram, Key::new(KeyKind::Primary, id));
    catalog.places.keys.set(first, Span::new(SourceId::from_index(0), 3, 7));
    let index = catalog.add_key(tram, Key::new(KeyKind::Index, depot));
    assert_eq!(catalog.primary_key(tram), [id]);

    let second = catalog.add_key(tram, Key::new(KeyKind::Primary, vec![line, depot]));
    assert_eq!(catalog.primary_key(tram), [line, depot]);
    assert!(catalog.keys(tram).map(|(id, _)| id).eq([index, second]));
    assert_eq!(catalog.places.keys.get(second), None, "the place is that of the first");
    assert!(catalog.is_unique(tram, &[depot, id, line].into_iter()));
    assert!(!catalog.is_unique(tram, &[id, depot].into_iter()));
    assert!(catalog.is_primary_key(line) && !catalog.is_primary_key(id));
}

#[test]
fn a_partial_key_is_unique_among_its_rows_alone() {
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let [(tram, columns)] = tables(&mut names, &mut catalog, ["tram"]);
    let rows = vec![RowTest::Equals(columns[2], Constant::String("north".into()))];
    let key = Key::new(KeyKind::Unique, columns[1]);
    let key = catalog.add_partial_key(tram, key, rows.clone());
    assert_eq!(catalog.rows_of(key), rows);
    assert_eq!(catalog.key(key).as_str(), "partial unique index");
    assert!(!catalog.is_unique(tram, &columns.iter().copied()));

    let whole = catalog.add_key(tram, Key::new(KeyKind::Unique, columns[1]));
    assert_eq!(catalog.rows_of(whole), []);
    assert!(catalog.is_unique(tram, &columns.iter().copied()));
}
