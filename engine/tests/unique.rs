//! What the keys prove of how many rows stand on the other side.

use joinwright::Model;
use joinwright::resolve::at_most_one;

/// The kinds of the keys that prove at most one row for `Owner.things`.
fn proof(index: &str, condition: &str) -> Option<Vec<&'static str>> {
    let model = Model::from_toml(
        "model.toml",
        &format!(
            "ddl = '''
            CREATE TABLE owner (id INTEGER PRIMARY KEY);
            CREATE TABLE thing (
                id INTEGER PRIMARY KEY,
                owner_id INTEGER NOT NULL,
                place INTEGER,
                live BOOLEAN
            );
            {index};
            '''
            [entity.Owner]
            table = 'owner'
            [entity.Owner.relationship.things]
            target = 'Thing'
            primaryjoin = \"Owner.id = foreign(Thing.owner_id){condition}\"
            viewonly = true
            [entity.Thing]
            table = 'thing'"
        ),
    );
    assert_eq!(model.relationships().count(), 1, "{index}");
    let (_, relationship, answer) = model.relationships().next()?;
    assert!(answer.is_complete(), "{:?}", answer.evidence);
    let proof = at_most_one(model.mapping(), relationship, answer)?;
    let catalog = model.mapping().catalog();
    Some(proof.keys.iter().map(|key| catalog.key(*key).as_str()).collect())
}

#[test]
fn a_unique_index_proves_what_its_columns_are_fixed_to() {
    let index = "CREATE UNIQUE INDEX i ON thing (owner_id, place)";
    assert_eq!(proof(index, ""), None);
    assert_eq!(proof(index, " AND Thing.place = 1"), Some(vec!["unique key"]));
    assert_eq!(proof(index, " AND Thing.place = Owner.id"), Some(vec!["unique key"]));
    assert_eq!(proof(index, " AND Thing.place > 1"), None);
    assert_eq!(proof(index, " AND Thing.place = Thing.id"), None);
    assert_eq!(proof(index, " AND (Thing.place = 1 OR Thing.place = 2)"), None);
    assert_eq!(proof("CREATE INDEX i ON thing (owner_id)", ""), None);
}

#[test]
fn a_partial_index_proves_it_where_the_condition_implies_its_own() {
    let index = |test: &str| format!("CREATE UNIQUE INDEX i ON thing (owner_id) WHERE {test}");
    let partial = Some(vec!["partial unique index"]);
    assert_eq!(proof(&index("live"), ""), None);
    assert_eq!(proof(&index("live"), " AND Thing.live = TRUE"), partial);
    assert_eq!(proof(&index("live"), " AND Thing.live = FALSE"), None);
    assert_eq!(proof(&index("NOT live"), " AND Thing.live = FALSE"), partial);
    assert_eq!(proof(&index("((place = 1) AND live)"), " AND Thing.place = 1"), None);
    assert_eq!(proof(&index("((place)::int = 1)"), " AND Thing.place = 1"), partial);
    assert_eq!(proof(&index("owner_id IS NOT NULL"), ""), partial);
    for other in
        ["place > 1", "live OR place = 1", "NOT (place = 1)", "place IN (1)", "place IS NULL"]
    {
        assert_eq!(proof(&index(other), " AND Thing.place = 1"), None, "{other}");
    }
}
