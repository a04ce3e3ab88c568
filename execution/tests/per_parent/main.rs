//! `top_n` and `json` load, of each parent, what nested loops over random rows find, in order.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod forum;
mod load;

use joinwright::plan::{Request, Strategy};
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert_eq, proptest};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use forum::{Post, Thread};
use load::Session;

type Checked = Result<(), TestCaseError>;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_parent_gets_its_first_rows(forum in forum::forums(), limit in 0..4_u64, offset in 0..3_u64) {
        let session = Session::new(&forum);
        for offset in [None, Some(offset)] {
            let part = |request| Request { limit: Some(limit), offset, ..request };
            let of_threads = |path: &str, expected: &dyn Fn(&Thread) -> Vec<i64>| -> Checked {
                let request = part(session.request("Thread", &[path], Strategy::TopN));
                let given: Vec<_> = forum.threads.iter().map(Thread::row).collect();
                let found = session.first_rows(&request, "thread", &given);
                for (thread, found) in forum.threads.iter().zip(found) {
                    prop_assert_eq!(found, first(expected(thread), limit, offset));
                }
                Ok(())
            };
            of_threads("posts", &|thread| ids(&forum.posts_of(thread)))?;
            of_threads("labels", &|thread| forum.labels_of(thread))?;
            let request = part(session.request("Post", &["replies"], Strategy::TopN));
            let given: Vec<_> = forum.posts.iter().map(Post::row).collect();
            let found = session.first_rows(&request, "post", &given);
            for (post, found) in forum.posts.iter().zip(found) {
                prop_assert_eq!(found, first(ids(&forum.replies_to(post)), limit, offset));
            }
        }
    }

    #[test]
    fn a_row_holds_all_that_belongs_to_it(forum in forum::forums(), limit in 0..4_u64) {
        let session = Session::new(&forum);
        let request = session.request("Thread", &["posts", "newest_replies"], Strategy::Json);
        let with_replies = |post: &Post| {
            let replies: Vec<_> = forum.replies_to(post).into_iter().rev().map(Post::json).collect();
            let mut object = post.json();
            object["newest_replies"] = json!(replies);
            object
        };
        let posts = |thread: &Thread| -> Value {
            forum.posts_of(thread).into_iter().map(with_replies).collect()
        };
        prop_assert_eq!(session.documents(&request), documents(&forum.threads, posts));

        let request = Request { limit: Some(limit), offset: Some(1), ..session.request("Thread", &["labels"], Strategy::Json) };
        let labels = |thread: &Thread| -> Value {
            forum.labels_of(thread).into_iter().map(|id| json!({"id": id})).collect()
        };
        let part: Vec<_> = documents(&forum.threads, labels);
        prop_assert_eq!(session.documents(&request), first(part, limit, Some(1)));

        let request = session.request("Post", &["answered", "thread_"], Strategy::Json);
        let answered = |post: &Post| forum.answered_by(post).map_or(Value::Null, |answered| {
            let mut object = answered.json();
            object["thread_"] = forum.thread_of(answered).map_or(Value::Null, Thread::json);
            object
        });
        prop_assert_eq!(session.documents(&request), documents(&forum.posts, answered));
    }
}

/// As deep as a plan goes, so deep `SQLite` reads.
#[test]
fn the_deepest_value_is_loaded() {
    let mut runner = TestRunner::deterministic();
    let forum = forum::forums().new_tree(&mut runner).unwrap().current();
    let session = Session::new(&forum);
    let request = session.request("Post", &["newest_replies"; 16], Strategy::Json);
    assert_eq!(session.documents(&request).len(), forum.posts.len());
}

fn documents<T>(rows: &[T], document: impl Fn(&T) -> Value) -> Vec<Value> {
    rows.iter().map(document).collect()
}

fn ids(posts: &[&Post]) -> Vec<i64> {
    posts.iter().map(|post| post.id).collect()
}

fn first<T>(rows: Vec<T>, limit: u64, offset: Option<u64>) -> Vec<T> {
    let (limit, offset) =
        (usize::try_from(limit).unwrap(), usize::try_from(offset.unwrap_or(0)).unwrap());
    rows.into_iter().skip(offset).take(limit).collect()
}
