//! What an ORM is told besides the SQL: what feeds what, and what belongs to whom.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use joinwright::Model;
use joinwright::plan::{self, Request, Strategy};
use joinwright::render::{self, Statement, Style};

fn statement(model: &Model, path: &str, load: Strategy) -> Statement {
    let (mapping, resolution) = (model.mapping(), model.resolution());
    let mut names = path.split('.');
    let first = mapping.find_entity(names.next().unwrap()).unwrap();
    let mut entity = first;
    let steps = names.map(|name| {
        let id = resolution.find(mapping, entity, mapping.names.find(name).unwrap()).unwrap();
        entity = resolution.relationship(mapping, id).target;
        id
    });
    let request = Request::new(first, steps.collect(), load);
    let plan = plan::plan(mapping, resolution, &request).unwrap();
    render::statement(&plan, mapping, Style::default())
}

/// Rooms, the bookings that may be of one, and the rooms near a room: of its house or of none.
fn hotel() -> Model {
    Model::from_toml(
        "model.toml",
        r#"
        ddl = """
            CREATE TABLE room (
                house INTEGER, number INTEGER, PRIMARY KEY (house, number)
            );
            CREATE TABLE booking (
                id INTEGER PRIMARY KEY, house INTEGER, number INTEGER, low INTEGER, high INTEGER,
                FOREIGN KEY (house, number) REFERENCES room (house, number)
            );
        """
        [entity.Room]
        table = "room"
        [entity.Room.relationship.bookings]
        target = "Booking"
        back_populates = "room"
        [entity.Room.relationship.near]
        target = "Room"
        viewonly = true
        primaryjoin = """
            foreign(remote(Room.number)) BETWEEN Room.number - 1 AND Room.number + 1
            AND (remote(Room.house) = Room.house OR remote(Room.house) IS NULL)
        """
        [entity.Booking]
        table = "booking"
        [entity.Booking.attribute.storey_and_door]
        columns = ["booking.number"]
        [entity.Booking.relationship.room]
        target = "Room"
        back_populates = "bookings"
        "#,
    )
}

fn skipped(statement: &Statement, model: &Model) -> Vec<(String, bool)> {
    let parameters = statement.parameters.iter();
    let named = parameters.map(|it| {
        let columns = it.column.iter().chain(&it.columns);
        let columns: Vec<_> = columns.map(|it| render::column_path(model.mapping(), *it)).collect();
        (columns.join(", "), it.skip_if_null)
    });
    named.collect()
}

#[test]
fn a_reference_with_a_null_part_leads_nowhere() {
    let model = hotel();
    let all = |names: &[&str]| names.iter().map(|it| ((*it).to_owned(), true)).collect::<Vec<_>>();
    for load in [Strategy::Lazy, Strategy::WithParent] {
        let lazy = statement(&model, "Booking.room", load);
        assert_eq!(skipped(&lazy, &model), all(&["booking.house", "booking.number"]));
    }
    let reverse = statement(&model, "Booking.room", Strategy::LazyReverse);
    assert_eq!(skipped(&reverse, &model), all(&["room.house", "room.number"]));
    let several = statement(&model, "Booking.room", Strategy::Selectin);
    assert_eq!(skipped(&several, &model), all(&["booking.house, booking.number"]));
}

#[test]
fn a_parameter_that_may_be_null_is_told_apart() {
    let model = hotel();
    let near = statement(&model, "Room.near", Strategy::Lazy);
    let (number, house) = (("room.number".to_owned(), true), ("room.house".to_owned(), false));
    assert_eq!(skipped(&near, &model), [number, house]);
}

#[test]
fn a_statement_says_which_steps_it_loads_and_whom_it_is_run_for() {
    let model = hotel();
    let mapping = model.mapping();
    let text = |statement: &Statement| {
        let step = |it: &render::LoadedStep| {
            let path: Vec<_> = it.path.iter().map(|name| mapping.names.text(*name)).collect();
            (path.join("."), mapping.entity_name(it.entity).to_owned(), it.uselist)
        };
        statement.steps.iter().map(step).collect::<Vec<_>>()
    };
    let joined = statement(&model, "Room.bookings.room", Strategy::Joined);
    assert_eq!(joined.given, None);
    let bookings = ("bookings".to_owned(), "Booking".to_owned(), true);
    let room = ("bookings.room".to_owned(), "Room".to_owned(), false);
    assert_eq!(text(&joined), [bookings.clone(), room]);

    let selectin = statement(&model, "Room.bookings", Strategy::Selectin);
    assert_eq!(selectin.given, mapping.find_entity("Room"));
    assert_eq!(text(&selectin), [bookings]);

    let exists = statement(&model, "Room.bookings", Strategy::Any);
    assert_eq!((exists.given, text(&exists)), (None, Vec::new()));
}

#[test]
fn a_result_column_says_which_column_its_attribute_shows() {
    let model = hotel();
    let booking = statement(&model, "Booking", Strategy::Select);
    let shown = |it: &render::ResultColumn| {
        let column = render::column_path(model.mapping(), it.column.unwrap());
        (model.mapping().names.text(it.attribute).to_owned(), column)
    };
    let renamed = booking.columns.iter().map(shown).find(|(attribute, _)| attribute.contains('_'));
    assert_eq!(renamed.unwrap().1, "booking.number");
    assert_eq!(booking.columns[0].position, 0);
}
