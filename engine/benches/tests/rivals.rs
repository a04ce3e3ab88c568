//! The others write the statements that are compared: sea-query the same text, quotes aside.

use joinwright::base::Dialect;
use joinwright::plan::plan;
use joinwright::render::{Style, statement};
use joinwright_benches::{library, rivals};

#[test]
fn sea_query_writes_the_same_text() {
    let model = library::model();
    let style = Style { dialect: Dialect::Postgres, ..Style::default() };
    for case in library::COMPARED {
        let request = case.request(&model).unwrap();
        let plan = plan(model.mapping(), model.resolution(), &request).unwrap();
        let own = statement(&plan, model.mapping(), style).sql;
        let theirs = rivals::sea::statement(case.name).unwrap().replace('"', "");
        assert_eq!(theirs.replace("LEFT JOIN", "LEFT OUTER JOIN"), own, "{}", case.name);
    }
}

#[test]
fn diesel_joins_the_same_tables() {
    for case in library::COMPARED {
        let text = rivals::diesel::statement(case.name).unwrap();
        let joins = text.matches("JOIN").count();
        let expected = match case.name {
            "joined 1" | "secondary" => 1,
            "joined 2" => 2,
            "joined 3" => 3,
            _ => 0,
        };
        assert_eq!(joins, expected, "{text}");
    }
}
