//! diesel, which gives result columns no labels: its texts are shorter, the joins are the same.

use diesel::pg::{Pg, PgQueryBuilder};
use diesel::prelude::*;
use diesel::query_builder::{QueryBuilder, QueryFragment};

diesel::table! {
    reader (id) {
        id -> Integer, name -> Text, email -> Text, phone -> Text,
        street -> Text, city -> Text, joined_at -> Text, remark -> Text,
    }
}
diesel::table! {
    loan (id) {
        id -> Integer, reader_id -> Integer, number -> Text, status -> Text,
        lent_at -> Text, due_at -> Text, fee -> Integer, remark -> Text,
    }
}
diesel::table! {
    item (id) {
        id -> Integer, loan_id -> Integer, book_id -> Integer, place -> Integer,
        returned_at -> Text, damage -> Integer, renewals -> Integer, remark -> Text,
    }
}
diesel::table! {
    book (id) {
        id -> Integer, isbn -> Text, title -> Text, subtitle -> Text,
        year -> Integer, pages -> Integer, price -> Integer, remark -> Text,
    }
}
diesel::table! {
    book_subject (book_id, subject_id) {
        book_id -> Integer, subject_id -> Integer,
    }
}
diesel::joinable!(loan -> reader (reader_id));
diesel::joinable!(item -> loan (loan_id));
diesel::joinable!(item -> book (book_id));
diesel::joinable!(book_subject -> book (book_id));
diesel::allow_tables_to_appear_in_same_query!(reader, loan, item, book, book_subject);

/// The text of the statement of this name; `None` for one that is not compared.
pub fn statement(name: &str) -> Option<String> {
    match name {
        "lazy" => text(&loan::table.filter(loan::reader_id.eq(7))),
        "joined 1" => text(&reader::table.left_join(loan::table)),
        "joined 2" => text(&reader::table.left_join(loan::table.left_join(item::table))),
        "joined 3" => {
            let items = item::table.left_join(book::table);
            text(&reader::table.left_join(loan::table.left_join(items)))
        }
        "selectin" => text(&loan::table.filter(loan::reader_id.eq_any([7]))),
        "secondary" => {
            let joined = book::table.inner_join(book_subject::table);
            text(&joined.filter(book_subject::subject_id.eq(3)).select(book::all_columns))
        }
        _ => None,
    }
}

fn text(query: &impl QueryFragment<Pg>) -> Option<String> {
    let mut builder = PgQueryBuilder::default();
    query.to_sql(&mut builder, &Pg).ok()?;
    Some(builder.finish())
}
