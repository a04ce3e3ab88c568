//! `top_n` and `json` load, of each parent, what nested loops over random rows find, in order.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod forum;
mod load;

use joinwright::plan::{Request, Strategy};
use joinwright_execution::{Answer, Database, MySql, Postgres, Row, Sqlite, Value, config, hold};
use proptest::prelude::{TestCaseError, prop_assert_eq};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use forum::{Forum, Post, Thread};
use load::Session;

type Checked = Result<(), TestCaseError>;

/// The first rows of each parent.
fn each_parent(forum: &Forum, session: &mut Session<'_>, part: Part) -> Checked {
    let facts = session.facts();
    let threads: Vec<Row> = forum.threads.iter().map(Thread::row).collect();
    let posts: Vec<Row> = forum.posts.iter().map(Post::row).collect();
    let each = |of: &dyn Fn(&Thread) -> Vec<i64>| forum.threads.iter().map(of).collect::<Vec<_>>();
    let replies = forum.posts.iter().map(|post| ids(&forum.replies_to(post))).collect();
    for (entity, name, given, expected) in [
        ("Thread", "posts", &threads, each(&|thread| ids(&forum.posts_of(thread, facts)))),
        ("Thread", "labels", &threads, each(&|thread| forum.labels_of(thread, facts))),
        ("Post", "replies", &posts, replies),
    ] {
        let Part { limit, offset } = part;
        let request = session.request(entity, &[name], Strategy::TopN);
        let request = Request { limit: Some(limit), offset, ..request };
        let found = session.first_rows(&request, given);
        let first = expected.into_iter().map(|all| part.of(all));
        let first: Vec<Vec<_>> =
            first.map(|ids| ids.into_iter().map(Value::Integer).collect()).collect();
        prop_assert_eq!(found, first, "{}", name);
    }
    Ok(())
}

/// All that belongs to a row, in one value of it.
fn each_document(forum: &Forum, session: &mut Session<'_>, part: Part) -> Checked {
    let facts = session.facts();
    let request = session.request("Thread", &["posts", "newest_replies"], Strategy::Json);
    let with_replies = |post: &Post| {
        let replies: Vec<_> = forum.replies_to(post).into_iter().rev().map(Post::json).collect();
        let mut object = post.json();
        object["newest_replies"] = json!(replies);
        object
    };
    let posts = |thread: &Thread| -> Json {
        forum.posts_of(thread, facts).into_iter().map(with_replies).collect()
    };
    prop_assert_eq!(session.documents(&request), documents(&forum.threads, posts));

    let Part { limit, offset } = part;
    let request = session.request("Thread", &["labels"], Strategy::Json);
    let request = Request { limit: Some(limit), offset, ..request };
    let labels = |thread: &Thread| -> Json {
        forum.labels_of(thread, facts).into_iter().map(|id| json!({"id": id})).collect()
    };
    prop_assert_eq!(session.documents(&request), part.of(documents(&forum.threads, labels)));

    let request = session.request("Post", &["answered", "thread_"], Strategy::Json);
    let answered = |post: &Post| {
        forum.answered_by(post).map_or(Json::Null, |answered| {
            let mut object = answered.json();
            object["thread_"] = forum.thread_of(answered).map_or(Json::Null, Thread::json);
            object
        })
    };
    prop_assert_eq!(session.documents(&request), documents(&forum.posts, answered));
    Ok(())
}

fn per_parent(database: Answer<Option<impl Database>>, share: u32) {
    let part = (0..4_u64, proptest::option::of(0..3_u64))
        .prop_map(|(limit, offset)| Part { limit, offset });
    let inputs = (forum::forums(), part);
    hold(database, config(256, share), &inputs, |database, (forum, part)| {
        let mut session = Session::new(&forum, database);
        each_parent(&forum, &mut session, part)?;
        each_document(&forum, &mut session, part)
    });
}

#[test]
fn each_parent_gets_its_rows_on_sqlite() {
    per_parent(Sqlite::open().map(Some), 1);
}

#[test]
fn each_parent_gets_its_rows_on_postgres() {
    per_parent(Postgres::of_environment(), 4);
}

#[test]
fn each_parent_gets_its_rows_on_mysql() {
    per_parent(MySql::of_environment(), 4);
}

/// As deep as a plan goes, so deep `SQLite` reads.
#[test]
fn the_deepest_value_is_loaded() {
    let mut runner = TestRunner::deterministic();
    let forum = forum::forums().new_tree(&mut runner).unwrap().current();
    let mut database = Sqlite::open().unwrap();
    let mut session = Session::new(&forum, &mut database);
    let request = session.request("Post", &["newest_replies"; 16], Strategy::Json);
    assert_eq!(session.documents(&request).len(), forum.posts.len());
}

fn documents<T>(rows: &[T], document: impl Fn(&T) -> Json) -> Vec<Json> {
    rows.iter().map(document).collect()
}

fn ids(posts: &[&Post]) -> Vec<i64> {
    posts.iter().map(|post| post.id).collect()
}

/// A part of the rows.
#[derive(Clone, Copy, Debug)]
struct Part {
    limit: u64,
    offset: Option<u64>,
}

impl Part {
    fn of<T>(self, rows: Vec<T>) -> Vec<T> {
        let number = |number: u64| usize::try_from(number).unwrap();
        let rows = rows.into_iter().skip(number(self.offset.unwrap_or(0)));
        rows.take(number(self.limit)).collect()
    }
}
