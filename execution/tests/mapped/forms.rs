//! The forms of a mapping, each with the instances that it has by definition.

use std::collections::BTreeMap;

use joinwright_execution::{Row, Value};

use crate::load::Object;

/// id, weight
type Parcel = (i64, i64);

/// id, `parcel_id`, grade
type Receipt = (i64, i64, i64);

/// The rows of the tables.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    pub(crate) parcels: Vec<Parcel>,
    pub(crate) receipts: Vec<Receipt>,
    /// id, `parcel_id`
    pub(crate) complaints: Vec<(i64, Option<i64>)>,
}

/// A way to map the entity `Owner`, to which complaints belong.
pub(crate) struct Form {
    /// Its keys in the document.
    pub(crate) mapping: &'static str,
    /// The attribute that complaints refer to.
    pub(crate) key: &'static str,
    /// Its instances, by nested loops.
    pub(crate) instances: fn(&Rows) -> Vec<Object>,
}

impl Rows {
    /// The rows of a table.
    pub(crate) fn of(&self, table: &str) -> Vec<Row> {
        let row = |values: &[i64]| values.iter().copied().map(Value::Integer).collect();
        match table {
            "parcel" => self.parcels.iter().map(|(id, weight)| row(&[*id, *weight])).collect(),
            "receipt" => {
                let receipts = self.receipts.iter();
                receipts.map(|(id, parcel, grade)| row(&[*id, *parcel, *grade])).collect()
            }
            _ => {
                let complaints = self.complaints.iter();
                complaints.map(|(id, parcel)| vec![Value::Integer(*id), (*parcel).into()]).collect()
            }
        }
    }

    pub(crate) fn complaints(&self) -> Vec<Object> {
        let object = |(id, parcel): &(i64, Option<i64>)| {
            BTreeMap::from([("id".to_owned(), Some(*id)), ("parcel_id".to_owned(), *parcel)])
        };
        self.complaints.iter().map(object).collect()
    }

    /// Each parcel with each of its receipts.
    fn deliveries(&self) -> Vec<(Parcel, Receipt)> {
        let of = |parcel: Parcel| {
            let own = self.receipts.iter().filter(move |receipt| receipt.1 == parcel.0);
            own.map(move |receipt| (parcel, *receipt))
        };
        self.parcels.iter().flat_map(|parcel| of(*parcel)).collect()
    }

    fn grouped(&self) -> BTreeMap<i64, Vec<i64>> {
        let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (_, parcel, grade) in &self.receipts {
            groups.entry(*parcel).or_default().push(*grade);
        }
        groups
    }
}

fn object<const N: usize>(attributes: [(&str, Option<i64>); N]) -> Object {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn delivery((id, weight): Parcel, receipt: Option<Receipt>) -> Object {
    object([
        ("id", Some(id)),
        ("weight", Some(weight)),
        ("receipt_id", receipt.map(|receipt| receipt.0)),
        ("grade", receipt.map(|receipt| receipt.2)),
    ])
}

pub(crate) fn parcel((id, weight): Parcel) -> Object {
    object([("id", Some(id)), ("weight", Some(weight))])
}

pub(crate) const FORMS: &[Form] = &[
    Form {
        mapping: r#"
            from = "parcel JOIN receipt ON parcel.id = receipt.parcel_id"
            attribute.id = ["parcel.id", "receipt.parcel_id"]
            attribute.receipt_id = ["receipt.id"]
        "#,
        key: "id",
        instances: |rows| {
            let deliveries = rows.deliveries().into_iter();
            deliveries.map(|(parcel, receipt)| delivery(parcel, Some(receipt))).collect()
        },
    },
    Form {
        mapping: r#"
            from = "parcel LEFT JOIN receipt ON parcel.id = receipt.parcel_id"
            primary_key = ["parcel.id", "receipt.id"]
            exclude = ["receipt.parcel_id"]
            attribute.id = ["parcel.id"]
            attribute.receipt_id = ["receipt.id"]
        "#,
        key: "id",
        instances: |rows| {
            let deliveries = rows.deliveries();
            let lonely = rows
                .parcels
                .iter()
                .filter(|parcel| !deliveries.iter().any(|(other, _)| other.0 == parcel.0));
            let lonely = lonely.map(|parcel| delivery(*parcel, None));
            let matched = deliveries.iter().map(|(parcel, it)| delivery(*parcel, Some(*it)));
            matched.chain(lonely).collect()
        },
    },
    Form {
        mapping: r#"
            from = "(parcel JOIN receipt ON parcel.id = receipt.parcel_id) AS delivery"
            attribute.number = ["delivery.parcel_id_1"]
            include = ["grade", "receipt_id"]
        "#,
        key: "number",
        instances: |rows| {
            let deliveries = rows.deliveries().into_iter();
            let shown = |(parcel, receipt): (Parcel, Receipt)| {
                object([
                    ("number", Some(parcel.0)),
                    ("receipt_id", Some(receipt.0)),
                    ("grade", Some(receipt.2)),
                ])
            };
            deliveries.map(shown).collect()
        },
    },
    Form {
        mapping: r#"
            alias = "graded"
            select = """
            SELECT parcel_id AS number, count(*) AS receipts, max(grade) AS best
            FROM receipt GROUP BY parcel_id
            """
            primary_key = ["graded.number"]
        "#,
        key: "number",
        instances: |rows| {
            let groups = rows.grouped().into_iter().map(|(number, grades)| {
                object([
                    ("number", Some(number)),
                    ("receipts", i64::try_from(grades.len()).ok()),
                    ("best", grades.iter().max().copied()),
                ])
            });
            groups.collect()
        },
    },
    Form {
        mapping: r#"
            select = "SELECT DISTINCT parcel_id AS number FROM receipt WHERE grade > 0"
            primary_key = ["Owner.number"]
        "#,
        key: "number",
        instances: |rows| {
            let groups = rows.grouped().into_iter();
            let kept = groups.filter(|(_, grades)| grades.iter().any(|grade| *grade > 0));
            kept.map(|(number, _)| object([("number", Some(number))])).collect()
        },
    },
    Form {
        mapping: r#"
            alias = "either"
            select = "SELECT id, weight AS size FROM parcel UNION ALL SELECT id + 5, grade FROM receipt"
        "#,
        key: "id",
        instances: |rows| {
            let parcels = rows.parcels.iter().map(|(id, weight)| (*id, *weight));
            let receipts = rows.receipts.iter().map(|(id, _, grade)| (id + 5, *grade));
            let both = parcels.chain(receipts);
            both.map(|(id, size)| object([("id", Some(id)), ("size", Some(size))])).collect()
        },
    },
    Form {
        mapping: r#"
            select = """
            WITH heavy AS (SELECT * FROM parcel WHERE weight > 0)
            SELECT id, weight FROM heavy ORDER BY id LIMIT 2
            """
        "#,
        key: "id",
        instances: |rows| {
            let heavy = rows.parcels.iter().filter(|(_, weight)| *weight > 0);
            heavy.take(2).map(|it| parcel(*it)).collect()
        },
    },
    Form {
        mapping: r#"
            alias = "pile"
            select = """
            WITH RECURSIVE stack (id, height, total) AS (
                SELECT id, 1, weight FROM parcel WHERE id = 1
                UNION ALL
                SELECT parcel.id, stack.height + 1, stack.total + parcel.weight
                FROM parcel JOIN stack ON parcel.id = stack.id + 1
            )
            SELECT id, height, total FROM stack WHERE height < 5
            """
            primary_key = ["pile.id"]
        "#,
        key: "id",
        instances: |rows| {
            let mut total = 0;
            let piles = rows.parcels.iter().map(|(id, weight)| {
                total += weight;
                object([("id", Some(*id)), ("height", Some(*id)), ("total", Some(total))])
            });
            piles.filter(|pile| pile["height"] < Some(5)).collect()
        },
    },
    Form {
        mapping: r#"
            from = "parcel AS box"
            attribute.burden = ["box.weight"]
            attribute.twice = { expression = "box.weight * 2" }
        "#,
        key: "id",
        instances: |rows| {
            let twice = |(id, weight): &Parcel| {
                object([("id", Some(*id)), ("burden", Some(*weight)), ("twice", Some(weight * 2))])
            };
            rows.parcels.iter().map(twice).collect()
        },
    },
];
