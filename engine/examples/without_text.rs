//! A model that a host builds without any SQL or document text: two foreign keys lead from
//! `customer` to `address`, and nothing says which one each relationship means.
//!
//! The spans point into the host's own source, so the diagnostics do too.

use joinwright::Model;
use joinwright::base::{Dialect, Names, TableColumnId, TableId};
use joinwright::catalog::{Catalog, ForeignKey, Key, KeyKind, Table, TableColumn};
use joinwright::entity::{Argument, Mapping, Relationship};
use joinwright::graph::{Condition, Mark};
use joinwright::report::Report;
use joinwright::text::{Sources, Span};

const HOST: &str = "\
class Customer(Model):
    billing_address = related('Address')
    shipping_address = related('Address', on=shipping_address_id)
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut sources = Sources::new();
    let host = sources.add("models.py", HOST);
    let place =
        |word: &str| HOST.find(word).map(|start| Span::new(host, start, start + word.len()));

    let mut names = Names::new();
    let mut catalog = Catalog::new();
    let (address, [address_id]) = table(&mut catalog, &mut names, "address", ["id"]);
    let (customer, [_, billing, shipping]) = table(
        &mut catalog,
        &mut names,
        "customer",
        ["id", "billing_address_id", "shipping_address_id"],
    );
    for column in [billing, shipping] {
        let key = ForeignKey::new(customer, vec![column], address, vec![address_id]);
        catalog.add_foreign_key(key);
    }

    let mut mapping = Mapping::new(Dialect::Postgres, names, catalog);
    let address = mapping.add_table_entity("Address", address).ok_or("no such table")?;
    let customer = mapping.add_table_entity("Customer", customer).ok_or("no such table")?;

    let name = mapping.names.intern("billing_address");
    let mut ambiguous = Relationship::new(customer, name, address);
    ambiguous.span = place("billing_address");
    mapping.add_relationship(ambiguous);

    let name = mapping.names.intern("shipping_address");
    let mut given = Relationship::new(customer, name, address);
    given.span = place("shipping_address");
    let column = |declared| mapping.graph.table_column(declared);
    let (id, shipping) = (column(address_id), column(shipping));
    let (id, shipping) = id.zip(shipping).ok_or("no such column")?;
    let left = mapping.graph.occurrence(id, None);
    let right = mapping.graph.occurrence(shipping, place("shipping_address_id"));
    let equal = mapping.graph.equal(left, right);
    let condition = Condition::of_expression(&mapping.graph, equal, [(right, Mark::Foreign)]);
    let condition = Argument::at(condition, place("on=shipping_address_id"));
    given.arguments.primaryjoin = Some(Box::new(condition));
    mapping.add_relationship(given);

    let model = Model::from_mapping(sources, mapping);
    for (_, relationship, answer) in model.relationships() {
        let path = model.mapping().relationship_path(relationship);
        println!("{path}: {:?}", answer.direction);
    }
    for diagnostic in model.diagnostics() {
        let mut text = String::new();
        miette::NarratableReportHandler::new()
            .render_report(&mut text, &Report::new(&diagnostic, model.sources()))?;
        println!("{text}");
    }
    Ok(())
}

/// A table whose first column is its primary key.
fn table<const N: usize>(
    catalog: &mut Catalog,
    names: &mut Names,
    name: &str,
    columns: [&str; N],
) -> (TableId, [TableColumnId; N]) {
    let table = catalog.add_table(Table::new(names.intern(name)), names);
    let columns =
        columns.map(|column| catalog.add_column(table, TableColumn::new(names.intern(column))));
    let key: Vec<_> = columns.first().copied().into_iter().collect();
    catalog.add_key(table, Key::new(KeyKind::Primary, key));
    (table, columns)
}
