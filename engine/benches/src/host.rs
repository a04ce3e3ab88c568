//! The model through the host API, without text.

use joinwright::base::{ColumnId, Dialect, EntityId, Names, TableColumnId, TableId};
use joinwright::catalog::{self, Catalog, Key, KeyKind, TableColumn};
use joinwright::entity::{self, Argument, Load, Mapping};
use joinwright::graph::{Condition, Mark};

use crate::model::{Link, Model, Relationship, Table};

impl Model {
    /// The mapping that a host would build.
    ///
    /// `None` would mean that the model refers to tables or columns it does not have.
    pub fn mapping(&self) -> Option<Mapping> {
        let (names, catalog, tables) = self.catalog()?;
        let mut host =
            Host { model: self, mapping: Mapping::new(Dialect::Postgres, names, catalog), tables };
        let mut entities = Vec::new();
        for entity in &self.entities {
            let (table, _) = host.tables.get(entity.table)?;
            entities.push(host.mapping.add_table_entity(&entity.name, *table)?);
        }
        for (owner, entity) in entities.iter().zip(&self.entities) {
            for relationship in &entity.relationships {
                let target = *entities.get(relationship.target)?;
                host.declare(*owner, target, relationship)?;
            }
        }
        Some(host.mapping)
    }

    fn catalog(&self) -> Option<(Names, Catalog, Vec<Ids>)> {
        let (mut names, mut catalog) = (Names::new(), Catalog::new());
        let tables: Vec<_> =
            self.tables.iter().map(|table| declare(table, &mut names, &mut catalog)).collect();
        for (table, (id, columns)) in self.tables.iter().zip(&tables) {
            for key in &table.foreign_keys {
                let (referred, others) = tables.get(key.table)?;
                let primary = &self.tables.get(key.table)?.primary_key;
                let (from, to) = (pick(columns, &key.columns), pick(others, primary));
                catalog.add_foreign_key(catalog::ForeignKey::new(*id, from, *referred, to));
                let index = Key::new(KeyKind::Index, pick(columns, &key.columns));
                catalog.add_key(*id, index);
            }
        }
        Some((names, catalog, tables))
    }
}

/// A table with its columns.
type Ids = (TableId, Vec<TableColumnId>);

fn declare(table: &Table, names: &mut Names, catalog: &mut Catalog) -> Ids {
    let id = catalog.add_table(catalog::Table::new(names.intern(&table.name)), names);
    let columns = table.columns.iter().map(|column| {
        let mut declared = TableColumn::new(names.intern(&column.name));
        declared.type_name = column.type_name.split(" NOT NULL").next().map(|it| names.intern(it));
        declared.nullable = !column.type_name.contains("NOT NULL");
        catalog.add_column(id, declared)
    });
    let columns: Vec<_> = columns.collect();
    catalog.add_key(id, Key::new(KeyKind::Primary, pick(&columns, &table.primary_key)));
    (id, columns)
}

fn pick(columns: &[TableColumnId], places: &[usize]) -> Vec<TableColumnId> {
    places.iter().filter_map(|place| columns.get(*place).copied()).collect()
}

struct Host<'m> {
    model: &'m Model,
    mapping: Mapping,
    tables: Vec<Ids>,
}

impl Host<'_> {
    fn declare(&mut self, owner: EntityId, target: EntityId, of: &Relationship) -> Option<()> {
        let name = self.mapping.names.intern(&of.name);
        let mut relationship = entity::Relationship::new(owner, name, target);
        let arguments = &mut relationship.arguments;
        let table = self.model.entities.get(of.target)?.table;
        match of.link {
            Link::Inferred => {}
            Link::Listed { table, column } => {
                arguments.foreign_keys.push(self.column(table, column)?.into());
            }
            Link::Upwards => {
                let key = self.model.tables.get(table)?.primary_key.first()?;
                arguments.remote_side.push(self.column(table, *key)?.into());
            }
            Link::Secondary(secondary) => {
                let (table, _) = self.tables.get(secondary)?;
                arguments.secondary = Some(self.mapping.graph.table(*table)?.into());
            }
            Link::Filtered { column, status } => {
                arguments.viewonly = Some(true.into());
                let filter = self.filter(table, column, status)?;
                arguments.primaryjoin = Some(Box::new(filter.into()));
            }
        }
        let names = &mut self.mapping.names;
        arguments.back_populates = of.back_populates.as_ref().map(|it| names.intern(it).into());
        let overlaps = of.overlaps.iter().map(|name| Argument::from(names.intern(name)));
        arguments.overlaps = overlaps.collect();
        arguments.load = of.load.and_then(Load::parse).map(Argument::from);
        self.mapping.add_relationship(relationship);
        Some(())
    }

    fn column(&self, table: usize, column: usize) -> Option<ColumnId> {
        let (_, columns) = self.tables.get(table)?;
        self.mapping.graph.table_column(*columns.get(column)?)
    }

    fn filter(&mut self, table: usize, column: usize, status: usize) -> Option<Condition> {
        let keys = &self.model.tables.get(table)?.foreign_keys;
        let referred = keys.iter().find(|key| key.columns == [column])?.table;
        let id = self.model.tables.get(referred)?.primary_key.first()?;
        let (id, column) = (self.column(referred, *id)?, self.column(table, column)?);
        let status = self.column(table, status)?;
        let graph = &mut self.mapping.graph;
        let (id, foreign) = (graph.occurrence(id, None), graph.occurrence(column, None));
        let refers = graph.equal(id, foreign);
        let (status, open) = (graph.occurrence(status, None), graph.string("open", None));
        let is_open = graph.equal(status, open);
        let both = graph.all([refers, is_open]);
        Some(Condition::of_expression(graph, both, [(foreign, Mark::Foreign)]))
    }
}
