//! A forum: composite keys, NULLs in them, a secondary with an order, posts that answer posts.

use joinwright_execution::{Facts, Row, Value};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use serde_json::{Value as Json, json};

pub(crate) const MODEL: &str = r#"
    dialect = "sqlite"
    ddl = """
        CREATE TABLE thread (forum VARCHAR(30), number INTEGER, PRIMARY KEY (forum, number));
        CREATE TABLE post (
            id INTEGER PRIMARY KEY, forum VARCHAR(30), thread INTEGER, answers INTEGER, written INTEGER,
            "it's" TEXT,
            FOREIGN KEY (forum, thread) REFERENCES thread (forum, number),
            FOREIGN KEY (answers) REFERENCES post (id)
        );
        CREATE TABLE label (id INTEGER PRIMARY KEY);
        CREATE TABLE thread_label (
            forum VARCHAR(30), thread INTEGER, label INTEGER REFERENCES label (id), rank INTEGER,
            FOREIGN KEY (forum, thread) REFERENCES thread (forum, number)
        );
    """
    [entity.Thread]
    table = "thread"
    order_by = "thread.forum, thread.number"
    [entity.Thread.relationship.posts]
    target = "Post"
    order_by = "post.written DESC, post.id"
    [entity.Thread.relationship.labels]
    target = "Label"
    secondary = "thread_label"
    order_by = "thread_label.rank, label.id DESC"
    [entity.Post]
    table = "post"
    order_by = "post.id"
    [entity.Post.relationship.thread_]
    target = "Thread"
    [entity.Post.relationship.replies]
    target = "Post"
    remote_side = ["post.answers"]
    [entity.Post.relationship.newest_replies]
    target = "Post"
    remote_side = ["post.answers"]
    order_by = "post.id DESC"
    viewonly = true
    [entity.Post.relationship.answered]
    target = "Post"
    remote_side = ["post.id"]
    [entity.Label]
    table = "label"
"#;

#[derive(Clone, Debug)]
pub(crate) struct Forum {
    /// In the order of their keys.
    pub(crate) threads: Vec<Thread>,
    /// In the order of their keys.
    pub(crate) posts: Vec<Post>,
    pub(crate) links: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Thread {
    forum: &'static str,
    number: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) id: i64,
    forum: Option<&'static str>,
    thread: Option<i64>,
    answers: Option<i64>,
    written: Option<i64>,
    text: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    thread: Thread,
    label: i64,
    rank: Option<i64>,
}

pub(crate) const LABELS: i64 = 3;
const FORUMS: [&str; 2] = ["a", "it's \"b\\"];

pub(crate) fn forums() -> impl Strategy<Value = Forum> {
    let threads = vec(any::<bool>(), 4).prop_map(|chosen| {
        let all = FORUMS
            .into_iter()
            .flat_map(|forum| (1..=2).map(move |number| Thread { forum, number }));
        all.zip(chosen).filter(|(_, chosen)| *chosen).map(|(thread, _)| thread).collect::<Vec<_>>()
    });
    threads
        .prop_flat_map(|threads| (Just(threads.clone()), posts(), links(threads)))
        .prop_map(|(threads, posts, links)| Forum { threads, posts, links })
}

fn posts() -> impl Strategy<Value = Vec<Post>> {
    let forum = select(vec![None, Some(FORUMS[0]), Some(FORUMS[1])]);
    let text = select(vec!["", "plain", "it's", "\"quoted\" \\ back", "größe 🦀\n"]);
    let post = (forum, optional(1..=2_i64), optional(1..=6_i64), optional(0..3_i64), text);
    vec(post, 0..7).prop_map(|posts| {
        let numbered = (1..).zip(posts);
        let post = |(id, (forum, thread, answers, written, text))| Post {
            id,
            forum,
            thread,
            answers,
            written,
            text: String::from(text),
        };
        numbered.map(post).collect()
    })
}

fn links(threads: Vec<Thread>) -> impl Strategy<Value = Vec<Link>> {
    let most = if threads.is_empty() { 0 } else { 8 };
    let thread =
        select(if threads.is_empty() { vec![Thread { forum: "", number: 0 }] } else { threads });
    let link = (thread, 1..=LABELS, optional(0..3_i64));
    vec(link.prop_map(|(thread, label, rank)| Link { thread, label, rank }), 0..=most)
}

fn optional(range: impl Strategy<Value = i64> + 'static) -> impl Strategy<Value = Option<i64>> {
    proptest::option::weighted(0.8, range)
}

impl Forum {
    pub(crate) fn posts_of(&self, thread: &Thread, facts: Facts) -> Vec<&Post> {
        let own =
            |post: &&Post| post.forum == Some(thread.forum) && post.thread == Some(thread.number);
        let mut posts: Vec<_> = self.posts.iter().filter(own).collect();
        posts.sort_by_key(|post| (facts.order_key(post.written.into(), true), post.id));
        posts
    }

    pub(crate) fn labels_of(&self, thread: &Thread, facts: Facts) -> Vec<i64> {
        let mut links: Vec<_> = self.links.iter().filter(|link| link.thread == *thread).collect();
        links.sort_by_key(|link| {
            (facts.order_key(link.rank.into(), false), std::cmp::Reverse(link.label))
        });
        links.into_iter().map(|link| link.label).collect()
    }

    pub(crate) fn replies_to(&self, post: &Post) -> Vec<&Post> {
        self.posts.iter().filter(|other| other.answers == Some(post.id)).collect()
    }

    pub(crate) fn answered_by(&self, post: &Post) -> Option<&Post> {
        self.posts.iter().find(|other| Some(other.id) == post.answers)
    }

    pub(crate) fn thread_of(&self, post: &Post) -> Option<&Thread> {
        let own = |thread: &&Thread| {
            Some(thread.forum) == post.forum && Some(thread.number) == post.thread
        };
        self.threads.iter().find(own)
    }
}

impl Thread {
    pub(crate) fn row(&self) -> Row {
        vec![text(self.forum), Value::Integer(self.number)]
    }

    pub(crate) fn json(&self) -> Json {
        json!({"forum": self.forum, "number": self.number})
    }
}

impl Post {
    pub(crate) fn row(&self) -> Row {
        vec![
            Value::Integer(self.id),
            self.forum.map_or(Value::Null, text),
            self.thread.into(),
            self.answers.into(),
            self.written.into(),
            text(&self.text),
        ]
    }

    pub(crate) fn json(&self) -> Json {
        json!({
            "id": self.id,
            "forum": self.forum,
            "thread": self.thread,
            "answers": self.answers,
            "written": self.written,
            "it's": self.text,
        })
    }
}

impl Link {
    pub(crate) fn row(&self) -> Row {
        let mut row = self.thread.row();
        row.extend([Value::Integer(self.label), self.rank.into()]);
        row
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
