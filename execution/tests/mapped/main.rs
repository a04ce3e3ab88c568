//! Entities over joins, selects, unions and aliases load what nested loops over the rows find.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed"
)]

mod forms;
mod load;

use std::collections::BTreeSet;

use joinwright::plan::Strategy;
use joinwright_execution::{Answer, Database, MySql, Postgres, Sqlite, config, hold};
use proptest::prelude::{Strategy as _, TestCaseError, prop_assert_eq};
use proptest::{collection, option};

use forms::{FORMS, Form, Rows};
use load::{Loader, Object, Pairs, document};

/// A few rows of each table, with ids in order and references that may lead nowhere.
fn rows() -> impl proptest::prelude::Strategy<Value = Rows> {
    let parcels = collection::vec(0..3_i64, 0..5);
    let receipts = collection::vec((1..6_i64, 0..3_i64), 0..6);
    let complaints = collection::vec(option::of(1..8_i64), 0..6);
    (parcels, receipts, complaints).prop_map(|(parcels, receipts, complaints)| Rows {
        parcels: (1..).zip(parcels).collect(),
        receipts: (1..).zip(receipts).map(|(id, (parcel, grade))| (id, parcel, grade)).collect(),
        complaints: (1..).zip(complaints).collect(),
    })
}

/// Each strategy of one relationship against the pairs that the loops find.
fn compare(
    loader: &mut Loader<'_>,
    relationship: &str,
    all: &[Object],
    expected: &Pairs,
) -> Result<(), TestCaseError> {
    let matched: BTreeSet<_> = expected.iter().map(|(parent, _)| parent.clone()).collect();
    let every: BTreeSet<_> = all.iter().cloned().collect();
    let without: BTreeSet<_> = every.difference(&matched).cloned().collect();
    let exists = loader.exists_by(relationship);
    prop_assert_eq!(loader.parents(relationship, Strategy::Select), every.clone());
    prop_assert_eq!(loader.parents(relationship, Strategy::Join), matched.clone());
    prop_assert_eq!(loader.parents(relationship, Strategy::OuterJoin), every);
    prop_assert_eq!(loader.parents(relationship, exists), matched);
    prop_assert_eq!(loader.parents_without(relationship, exists), without);
    prop_assert_eq!(&loader.joined(relationship), expected, "joined");
    for strategy in [Strategy::Lazy, Strategy::WithParent] {
        prop_assert_eq!(&loader.one_by_one(relationship, strategy, all), expected);
    }
    for strategy in [Strategy::Selectin, Strategy::Subquery] {
        prop_assert_eq!(&loader.at_once(relationship, strategy, all), expected);
    }
    Ok(())
}

fn check(form: &Form, rows: &Rows, database: &mut dyn Database) -> Result<(), TestCaseError> {
    let owners = (form.instances)(rows);
    let complaints = rows.complaints();
    let related = |owner: &&Object, complaint: &&Object| {
        complaint["parcel_id"].is_some() && owner[form.key] == complaint["parcel_id"]
    };
    let pairs = || {
        let each = |owner| complaints.iter().map(move |complaint| (owner, complaint));
        owners.iter().flat_map(each).filter(|(owner, complaint)| related(owner, complaint))
    };
    let down = pairs().map(|(owner, complaint)| (owner.clone(), complaint.clone())).collect();
    let document = document(form);
    compare(&mut Loader::new(&document, rows, "Owner", database), "complaints", &owners, &down)?;
    let up = pairs().map(|(owner, complaint)| (complaint.clone(), owner.clone())).collect();
    compare(&mut Loader::new(&document, rows, "Complaint", database), "owners", &complaints, &up)
}

/// The last two complaints about each parcel: an alternate mapping over a window.
const LAST_TWO: &str = r#"
    [entity.Parcel]
    table = "parcel"
    [entity.Parcel.relationship.latest]
    target = "LatestComplaint"
    primaryjoin = "foreign(LatestComplaint.parcel_id) = Parcel.id AND LatestComplaint.place <= 2"
    viewonly = true
    [entity.Complaint]
    table = "complaint"
    [entity.LatestComplaint]
    non_primary = "Complaint"
    select = '''
    SELECT complaint.*, row_number() OVER (PARTITION BY parcel_id ORDER BY id DESC) AS place
    FROM complaint
    '''
"#;

fn last_two(rows: &Rows, parcels: &[Object]) -> Pairs {
    let mut pairs = Pairs::new();
    for parcel in parcels {
        let all = rows.complaints().into_iter().rev();
        let own = all.filter(|complaint| complaint["parcel_id"] == parcel["id"]);
        pairs.extend(own.take(2).map(|complaint| (parcel.clone(), complaint)));
    }
    pairs
}

fn mapped(database: Answer<Option<impl Database>>, share: u32) {
    hold(database, config(30, share), &rows(), |database, rows| {
        for form in FORMS {
            let checked = check(form, &rows, database);
            checked.map_err(|error| TestCaseError::fail(format!("{}: {error}", form.mapping)))?;
        }
        let parcels: Vec<_> = rows.parcels.iter().copied().map(forms::parcel).collect();
        let expected = last_two(&rows, &parcels);
        let mut loader = Loader::new(LAST_TWO, &rows, "Parcel", database);
        compare(&mut loader, "latest", &parcels, &expected)
    });
}

#[test]
fn every_form_loads_what_nested_loops_find_on_sqlite() {
    mapped(Sqlite::open().map(Some), 1);
}

#[test]
fn every_form_loads_what_nested_loops_find_on_postgres() {
    mapped(Postgres::of_environment(), 40);
}

#[test]
fn every_form_loads_what_nested_loops_find_on_mysql() {
    mapped(MySql::of_environment(), 40);
}
