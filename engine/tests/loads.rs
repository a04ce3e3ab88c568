//! Statements of whole models, where names or places meet.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use joinwright::Model;
use joinwright::plan::{self, Ordering, Request, Strategy};
use joinwright::render::{self, Labels, Style};

fn sql(model: &Model, load: Strategy, change: impl Fn(Request) -> Request) -> String {
    let (id, relationship, _) = model.relationships().next().unwrap();
    let request = change(Request::new(relationship.entity, vec![id], load));
    let plan = plan::plan(model.mapping(), model.resolution(), &request).unwrap();
    let style = Style { labels: Labels::Disambiguate, ..Style::default() };
    render::statement(&plan, model.mapping(), style).sql
}

#[test]
fn a_secondary_that_holds_the_target_is_selected_from_alone() {
    let model = Model::from_toml(
        "model.toml",
        r#"
        ddl = """
            CREATE TABLE d (id INTEGER PRIMARY KEY);
            CREATE TABLE b (id INTEGER PRIMARY KEY, d_id INTEGER REFERENCES d (id));
            CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b (id));
        """
        [entity.D]
        table = "d"
        [entity.A]
        table = "a"
        [entity.A.relationship.d]
        target = "D"
        secondary = "b JOIN d ON b.d_id = d.id"
        primaryjoin = "a.b_id = b.id"
        secondaryjoin = "d.id = b.d_id"
        uselist = false
        viewonly = true
        "#,
    );
    assert_eq!(
        sql(&model, Strategy::Has, |request| request),
        "SELECT a.id, a.b_id FROM a WHERE EXISTS (SELECT 1 FROM b JOIN d ON b.d_id = d.id \
         WHERE a.b_id = b.id AND d.id = b.d_id)"
    );
}

#[test]
fn made_up_names_are_not_those_of_tables() {
    let model = Model::from_toml(
        "model.toml",
        r#"
        ddl = """
            CREATE TABLE b (id INTEGER PRIMARY KEY);
            CREATE TABLE anon_1 (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b (id));
        """
        [entity.A]
        table = "anon_1"
        [entity.B]
        table = "b"
        [entity.B.relationship.a]
        target = "A"
        "#,
    );
    assert_eq!(
        sql(&model, Strategy::Subquery, |request| request),
        "SELECT anon_1.id AS anon_1_id, anon_1.b_id AS anon_1_b_id, anon_2.b_id AS anon_2_b_id \
         FROM (SELECT b.id AS b_id FROM b) AS anon_2 JOIN anon_1 ON anon_2.b_id = anon_1.b_id"
    );
}

/// Many instances may share the columns that are joined by.
#[test]
fn a_limit_counts_instances_and_not_their_distinct_columns() {
    let model = Model::from_toml(
        "model.toml",
        r#"
        ddl = """
            CREATE TABLE b (id INTEGER PRIMARY KEY);
            CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b (id));
        """
        [entity.B]
        table = "b"
        [entity.A]
        table = "a"
        [entity.A.relationship.b]
        target = "B"
        "#,
    );
    let limited = |request| Request { limit: Some(2), order_by: Ordering::PrimaryKey, ..request };
    let sql = sql(&model, Strategy::Subquery, limited);
    assert!(sql.contains(" FROM a ORDER BY a.id LIMIT "), "{sql}");
    assert!(sql.contains("SELECT DISTINCT anon_2."), "{sql}");
}
