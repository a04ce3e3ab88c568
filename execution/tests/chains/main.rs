//! Whole loads, each step in a way of its own, give the object graph that nested loops give.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed"
)]

mod host;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use host::{Host, Loaded};
use joinwright::base::EntityId;
use joinwright::entity::Load;
use joinwright::plan::{self, LoadRequest, Ordering, StepLoad};
use joinwright_execution::{
    Answer, Database, Facts, MySql, Postgres, Row, Sqlite, Value, config, hold,
};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
use world::{Key, RELATIONSHIPS, World, key};

/// Some value that a reference may have: of a row, of none, or NULL.
fn reference() -> impl Strategy<Value = Value> {
    prop_oneof![1 => Just(Value::Null), 4 => (0..6_i64).prop_map(Value::Integer)]
}

fn numbered(rows: Vec<Row>) -> Vec<Row> {
    let numbered = (1..).zip(rows).map(|(id, row)| [vec![Value::Integer(id)], row].concat());
    numbered.collect()
}

fn worlds() -> impl Strategy<Value = World> {
    let team = (0..3_i64, 0..3_i64);
    let person = (reference(), reference(), reference(), 1..3_i64);
    let person = person
        .prop_map(|(region, number, boss, town)| vec![region, number, boss, Value::Integer(town)]);
    let skill = reference().prop_map(|level| vec![level]);
    let link = (reference(), reference()).prop_map(|(person, skill)| vec![person, skill]);
    let many = 0..7_usize;
    (
        prop::collection::btree_set(team, many.clone()),
        prop::collection::vec(person, many.clone()),
        prop::collection::vec(skill, many),
        prop::collection::vec(link, 0..12),
    )
        .prop_map(|(teams, people, skills, links)| World {
            towns: numbered(vec![Vec::new(); 2]),
            teams: teams
                .into_iter()
                .map(|(a, b)| vec![Value::Integer(a), Value::Integer(b)])
                .collect(),
            people: numbered(people),
            skills: numbered(skills),
            links,
        })
}

/// A path of relationships, by their place in the list, and how each step is loaded.
fn paths() -> impl Strategy<Value = Vec<(usize, StepLoad)>> {
    let load = prop::sample::select(vec![
        StepLoad::As(Load::Joined),
        StepLoad::As(Load::Joined),
        StepLoad::As(Load::Selectin),
        StepLoad::As(Load::Selectin),
        StepLoad::As(Load::Subquery),
        StepLoad::As(Load::Select),
        StepLoad::As(Load::Immediate),
        StepLoad::Auto,
    ]);
    let step = (any::<prop::sample::Index>(), load);
    prop::collection::vec(step, 1..5).prop_map(|steps| {
        let mut path: Vec<(usize, StepLoad)> = Vec::new();
        for (index, load) in steps {
            let from = path.last().map(|(last, _)| RELATIONSHIPS[*last].2);
            let fits = |i: &usize| from.is_none_or(|from| RELATIONSHIPS[*i].0 == from);
            let next: Vec<_> = (0..RELATIONSHIPS.len()).filter(fits).collect();
            path.push((*index.get(&next), load));
        }
        path
    })
}

fn request(host: &Host<'_>, path: &[(usize, StepLoad)], limit: Option<u64>) -> LoadRequest {
    let (mapping, resolution) = (host.model.mapping(), host.model.resolution());
    let entity = |name: &str| -> EntityId { mapping.find_entity(name).unwrap() };
    let steps = path.iter().map(|(step, load)| {
        let (from, name, ..) = RELATIONSHIPS[*step];
        let name = mapping.names.find(name).unwrap();
        (resolution.find(mapping, entity(from), name).unwrap().into(), *load)
    });
    LoadRequest {
        path: steps.collect(),
        limit,
        order_by: Ordering::PrimaryKey,
        ..LoadRequest::new(entity(RELATIONSHIPS[path[0].0].0))
    }
}

/// Holds what a load gave against nested loops over the rows.
fn compare(
    world: &World,
    facts: Facts,
    path: &[(usize, StepLoad)],
    limit: Option<u64>,
    loaded: &Loaded,
) {
    let first = RELATIONSHIPS[path[0].0].0;
    let mut roots: Vec<Key> =
        world.rows(&first.to_lowercase()).iter().map(|it| key(first, it)).collect();
    roots.sort();
    roots.truncate(limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap()));
    let said = || format!("{path:?}\n{}", loaded.sql.join("\n"));
    assert_eq!(loaded.roots, roots, "{}", said());
    let mut parents: BTreeSet<Key> = roots.into_iter().collect();
    for ((step, _), links) in path.iter().zip(&loaded.links) {
        let (entity, name, target, order) = RELATIONSHIPS[*step];
        let rows = rows(world, entity);
        let mut children = BTreeSet::new();
        for parent in &parents {
            let found = links.get(parent).cloned().unwrap_or_default();
            let expected = world.related(entity, name, rows[parent]);
            let held: BTreeSet<_> = found.iter().cloned().collect();
            assert_eq!(held, expected, "{name} of {parent:?}\n{}", said());
            let targets = self::rows(world, target);
            let value = |row: &Row, (column, descending): &(usize, bool)| {
                facts.order_key(row[*column].clone(), *descending)
            };
            let keys = found.iter().map(|it| order.iter().map(|term| value(targets[it], term)));
            let order: Vec<_> = keys.map(Iterator::collect::<Vec<_>>).collect();
            assert!(order.is_sorted(), "{name} of {parent:?}: {found:?}\n{}", said());
            children.extend(expected);
        }
        assert!(links.keys().all(|it| parents.contains(it)), "{links:?}\n{}", said());
        parents = children;
    }
}

fn rows<'w>(world: &'w World, entity: &str) -> BTreeMap<Key, &'w Row> {
    let all = world.rows(&entity.to_lowercase()).iter();
    all.map(|row| (key(entity, row), row)).collect()
}

fn chains_on(database: Answer<Option<impl Database>>, share: u32) {
    let inputs = (worlds(), paths(), prop::option::of(0..4_u64));
    hold(database, config(300, share), &inputs, |database, (world, path, limit)| {
        let facts = database.facts();
        let mut host = Host::new(&world, database);
        let request = request(&host, &path, limit);
        compare(&world, facts, &path, limit, &host.load(&request));
        Ok(())
    });
}

#[test]
fn a_chain_of_strategies_loads_what_nested_loops_find_on_sqlite() {
    chains_on(Sqlite::open().map(Some), 1);
}

#[test]
fn a_chain_of_strategies_loads_what_nested_loops_find_on_postgres() {
    chains_on(Postgres::of_environment(), 4);
}

#[test]
fn a_chain_of_strategies_loads_what_nested_loops_find_on_mysql() {
    chains_on(MySql::of_environment(), 4);
}

/// A step that is left alone gives nothing, and says so.
#[test]
fn a_step_that_is_not_loaded_gives_nothing() {
    let people = [[Some(1), None, None, Some(2), Some(1)], [Some(2), None, None, None, Some(1)]];
    let people = people.map(|row| row.map(Value::from).to_vec()).to_vec();
    let world = World { people, towns: vec![vec![Value::Integer(1)]], ..World::default() };
    let mut database = Sqlite::open().unwrap();
    let mut host = Host::new(&world, &mut database);
    for load in [Load::None, Load::Raise, Load::RaiseOnSql] {
        let path = [(3, StepLoad::As(Load::Joined)), (5, StepLoad::As(load))];
        let request = request(&host, &path, None);
        let plan = plan::load(host.model.mapping(), host.model.resolution(), &request).unwrap();
        assert_eq!(plan.unloaded.len(), 1);
        assert_eq!((plan.unloaded[0].path.len(), plan.unloaded[0].load), (2, load));
        let loaded = host.load(&request);
        assert_eq!((loaded.sql.len(), loaded.links[0].len(), loaded.links[1].len()), (1, 1, 0));
    }
}
