//! What identifies the instances of an entity, and what of it can be written.

#![cfg(feature = "json")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]
#![expect(clippy::needless_pass_by_value, reason = "`json!` makes values")]

use joinwright::Model;
use serde_json::{Value, json};

const DDL: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE mailbox (
        id INTEGER PRIMARY KEY,
        person_id INTEGER REFERENCES person (id),
        address TEXT
    );
    CREATE TABLE membership (
        person_id INTEGER REFERENCES person (id),
        club_id INTEGER REFERENCES club (id),
        PRIMARY KEY (person_id, club_id)
    );
    CREATE TABLE club (id INTEGER PRIMARY KEY, title TEXT);
    CREATE TABLE visit (person_id INTEGER, day TEXT);
";

/// What the answer says of the entity `E`, mapped as given.
fn mapped(entity: Value) -> Value {
    let request = json!({"model": {"ddl": DDL, "entity": {"E": entity}}}).to_string();
    let (model, request) = Model::from_request("request", &request);
    let answer = serde_json::to_value(model.answer(&request)).unwrap();
    assert_eq!(answer["diagnostics"], json!([]));
    answer["entities"][0].clone()
}

fn key(entity: Value) -> Vec<String> {
    let texts = mapped(entity)["primary_key"].as_array().unwrap().clone();
    texts.into_iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The tables, those that cannot be written in brackets.
fn tables(entity: Value) -> String {
    let tables = mapped(entity)["tables"].as_array().unwrap().clone();
    let table = |table: &Value| {
        let name = table["table"].as_str().unwrap();
        if table["writable"] == true { name.to_owned() } else { format!("({name})") }
    };
    tables.iter().map(table).collect::<Vec<_>>().join(" ")
}

fn read_only(entity: Value) -> Vec<String> {
    let attributes = mapped(entity)["attributes"].as_array().unwrap().clone();
    let read_only = attributes.into_iter().filter(|attribute| attribute["read_only"] == true);
    read_only.map(|attribute| attribute["name"].as_str().unwrap().to_owned()).collect()
}

const IDS: &str = "SELECT p.id AS id, m.id AS mailbox_id, name FROM person p, mailbox m";

#[test]
fn a_join_is_identified_by_the_keys_that_are_not_equal_to_another() {
    let two = "person JOIN mailbox ON person.id = mailbox.person_id";
    let own = json!({"mailbox_id": ["mailbox.id"]});
    assert_eq!(key(json!({"from": two, "attribute": own})), ["person.id", "mailbox.id"]);
    let three = "person JOIN membership ON membership.person_id = person.id \
                 JOIN club ON club.id = membership.club_id";
    let own = json!({
        "id": ["person.id", "membership.person_id"],
        "club_id": ["club.id", "membership.club_id"],
    });
    assert_eq!(key(json!({"from": three, "attribute": own})), ["person.id", "club.id"]);
}

#[test]
fn of_equal_keys_the_referred_one_stays_whichever_comes_first() {
    let linked = "membership JOIN person ON membership.person_id = person.id";
    let own = json!({"id": ["person.id", "membership.person_id"]});
    assert_eq!(key(json!({"from": linked, "attribute": own})), ["membership.club_id", "person.id"]);
}

#[test]
fn equality_goes_through_other_columns_and_filters() {
    let chained = "SELECT p.id AS p, q.id AS q FROM person p, person q, visit v \
                   WHERE p.id = v.person_id AND v.person_id = q.id";
    assert_eq!(key(json!({"select": chained, "alias": "e"})), ["e.p"]);
    let either = "SELECT p.id AS p, q.id AS q FROM person p, person q \
                  WHERE p.id = q.id OR p.name = q.name";
    assert_eq!(key(json!({"select": either, "alias": "e"})), ["e.p", "e.q"]);
}

#[test]
fn keys_are_carried_through_every_form() {
    let forms = [
        "SELECT * FROM person",
        "SELECT DISTINCT id, name FROM person",
        "SELECT id, count(*) AS n FROM person GROUP BY id",
        "SELECT id FROM (SELECT * FROM person) AS inner_person",
        "WITH p AS (SELECT id, name FROM person) SELECT id FROM p",
        "SELECT id FROM person UNION SELECT id FROM club",
        "SELECT id FROM person ORDER BY name LIMIT 3",
    ];
    for select in forms {
        assert_eq!(key(json!({"select": select, "alias": "e"})), ["e.id"], "{select}");
    }
    assert_eq!(key(json!({"from": "person AS e"})), ["e.id"]);
    assert_eq!(key(json!({"from": "person", "anonymous": true})), ["E.id"]);
}

#[test]
fn tables_are_written_whose_whole_key_is_mapped() {
    assert_eq!(tables(json!({"table": "membership"})), "membership");
    assert_eq!(tables(json!({"select": IDS, "alias": "e"})), "person mailbox");
    let hidden = json!({"select": "SELECT m.id, name FROM person p, mailbox m", "alias": "e"});
    assert_eq!(tables(hidden), "(person) mailbox");
    let linked = "SELECT club.id, person_id FROM club JOIN membership ON club.id = club_id";
    assert_eq!(tables(json!({"select": linked, "alias": "e"})), "club (membership)");
}

#[test]
fn a_row_of_a_union_does_not_tell_its_table() {
    let union = "SELECT id, name FROM person UNION ALL SELECT id, title FROM club";
    assert_eq!(tables(json!({"select": union, "alias": "e"})), "(person) (club)");
}

#[test]
fn what_is_computed_and_what_lacks_its_key_is_read_only() {
    let counted = "SELECT person.id, name, count(*) AS visits, max(visit.day) AS last \
                   FROM person JOIN visit ON visit.person_id = person.id \
                   GROUP BY person.id, name";
    assert_eq!(read_only(json!({"select": counted, "alias": "e"})), ["visits", "last"]);
    let hidden = json!({"select": "SELECT m.id, name FROM person p, mailbox m", "alias": "e"});
    assert_eq!(read_only(hidden), ["name"]);
    let own = json!({
        "loud": {"expression": "upper(person.name)"},
        "shout": {"synonym": "loud"},
        "called": {"synonym": "name"},
    });
    assert_eq!(read_only(json!({"table": "person", "attribute": own})), ["loud", "shout"]);
}

#[test]
fn a_version_check_has_its_column() {
    let versioned = json!({"table": "person", "version_id": "person.name"});
    assert_eq!(mapped(versioned)["version_id"], "person.name");
}

#[test]
fn expressions_may_name_one_another_in_any_order() {
    let own = json!({
        "loudest": {"expression": "E.loud || '!'"},
        "loud": {"expression": "upper(E.called)"},
        "called": {"synonym": "label"},
        "label": ["person.name"],
    });
    let entity = mapped(json!({"table": "person", "attribute": own}));
    let names = entity["attributes"].as_array().unwrap().iter();
    let names: Vec<_> = names.map(|attribute| attribute["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["loudest", "loud", "called", "id", "label"]);
}

#[test]
fn expressions_in_a_circle_are_told() {
    let own = json!({"a": {"expression": "E.b + 1"}, "b": {"expression": "E.a + 1"}});
    let entity = json!({"table": "person", "attribute": own});
    let request = json!({"model": {"ddl": DDL, "entity": {"E": entity}}}).to_string();
    let (model, _) = Model::from_request("request", &request);
    let told: Vec<_> = model.diagnostics().iter().map(|it| it.message.clone()).collect();
    assert_eq!(told, ["unknown column `E.a`", "unknown column `E.b`"]);
}
