//! sea-query, with the same labels and aliases, so that the texts can be compared.

use sea_query::{Alias, Expr, ExprTrait, JoinType, PostgresQueryBuilder, Query, SelectStatement};

type Columns = [(&'static str, &'static str); 8];

const READER: Columns = [
    ("id", "reader_id"),
    ("name", "reader_name"),
    ("email", "reader_email"),
    ("phone", "reader_phone"),
    ("street", "reader_street"),
    ("city", "reader_city"),
    ("joined_at", "reader_joined_at"),
    ("remark", "reader_remark"),
];
const LOAN: Columns = [
    ("id", "loan_id"),
    ("reader_id", "loan_reader_id"),
    ("number", "loan_number"),
    ("status", "loan_status"),
    ("lent_at", "loan_lent_at"),
    ("due_at", "loan_due_at"),
    ("fee", "loan_fee"),
    ("remark", "loan_remark"),
];
const LOAN_1: Columns = [
    ("id", "loan_1_id"),
    ("reader_id", "loan_1_reader_id"),
    ("number", "loan_1_number"),
    ("status", "loan_1_status"),
    ("lent_at", "loan_1_lent_at"),
    ("due_at", "loan_1_due_at"),
    ("fee", "loan_1_fee"),
    ("remark", "loan_1_remark"),
];
const ITEM_1: Columns = [
    ("id", "item_1_id"),
    ("loan_id", "item_1_loan_id"),
    ("book_id", "item_1_book_id"),
    ("place", "item_1_place"),
    ("returned_at", "item_1_returned_at"),
    ("damage", "item_1_damage"),
    ("renewals", "item_1_renewals"),
    ("remark", "item_1_remark"),
];
const BOOK: Columns = [
    ("id", "book_id"),
    ("isbn", "book_isbn"),
    ("title", "book_title"),
    ("subtitle", "book_subtitle"),
    ("year", "book_year"),
    ("pages", "book_pages"),
    ("price", "book_price"),
    ("remark", "book_remark"),
];
const BOOK_1: Columns = [
    ("id", "book_1_id"),
    ("isbn", "book_1_isbn"),
    ("title", "book_1_title"),
    ("subtitle", "book_1_subtitle"),
    ("year", "book_1_year"),
    ("pages", "book_1_pages"),
    ("price", "book_1_price"),
    ("remark", "book_1_remark"),
];

/// The text of the statement of this name; `None` for one that is not compared.
pub fn statement(name: &str) -> Option<String> {
    let query = match name {
        "lazy" => lazy(),
        "joined 1" => joined(1),
        "joined 2" => joined(2),
        "joined 3" => joined(3),
        "selectin" => selectin(),
        "secondary" => secondary(),
        _ => return None,
    };
    Some(query.build(PostgresQueryBuilder).0)
}

fn show(query: &mut SelectStatement, table: &'static str, columns: &Columns) {
    for (column, label) in columns {
        query.expr_as(Expr::col((table, *column)), Alias::new(*label));
    }
}

fn lazy() -> SelectStatement {
    let mut query = Query::select();
    show(&mut query, "loan", &LOAN);
    query.from("loan").and_where(Expr::val(7).eq(Expr::col(("loan", "reader_id"))));
    query
}

fn joined(levels: usize) -> SelectStatement {
    let mut query = Query::select();
    show(&mut query, "reader", &READER);
    // In the order in which the paths sort, as the engine shows them.
    let deep = [("book_1", &BOOK_1), ("item_1", &ITEM_1), ("loan_1", &LOAN_1)];
    for (table, columns) in deep.into_iter().skip(3 - levels) {
        show(&mut query, table, columns);
    }
    query.from("reader");
    let joins = [
        ("loan", "loan_1", ("reader", "id"), ("loan_1", "reader_id")),
        ("item", "item_1", ("loan_1", "id"), ("item_1", "loan_id")),
        ("book", "book_1", ("book_1", "id"), ("item_1", "book_id")),
    ];
    for (table, alias, left, right) in joins.into_iter().take(levels) {
        let on = Expr::col(left).equals(right);
        query.join_as(JoinType::LeftJoin, table, alias, on);
    }
    query
}

fn selectin() -> SelectStatement {
    let mut query = Query::select();
    let [id, reader_id, rest @ ..] = LOAN;
    for (column, label) in [reader_id, id].into_iter().chain(rest) {
        query.expr_as(Expr::col(("loan", column)), Alias::new(label));
    }
    query.from("loan").and_where(Expr::col(("loan", "reader_id")).is_in([7]));
    query
}

fn secondary() -> SelectStatement {
    let mut query = Query::select();
    show(&mut query, "book", &BOOK);
    query
        .from("book")
        .from("book_subject")
        .and_where(Expr::val(3).eq(Expr::col(("book_subject", "subject_id"))))
        .and_where(Expr::col(("book", "id")).equals(("book_subject", "book_id")));
    query
}
