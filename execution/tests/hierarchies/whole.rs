//! Whole loads over a hierarchy, held against nested loops over the people.

use std::collections::BTreeSet;

use joinwright::entity::Load;
use joinwright::plan::{LoadRequest, LoadSubclass, Ordering, StepLoad};
use joinwright_execution::Value;
use proptest::prelude::{Strategy, any, prop};
use proptest::sample::Index;

use super::loading::{Loaded, Loading};
use super::people::{KINDS, Object};
use super::runner::Runner;
use super::shape::{Link, Shape};

/// A whole load, whatever the shape: what it starts from, its steps, and how each is loaded.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    start: Index,
    steps: Vec<(Index, StepLoad)>,
    limit: Option<u64>,
    defaults: bool,
    /// Whether the rows of engineers are completed where nothing else does it.
    engineers: bool,
}

/// Loads of up to four steps.
pub(crate) fn wholes() -> impl Strategy<Value = Whole> {
    let load = prop::sample::select(vec![
        StepLoad::As(Load::Joined),
        StepLoad::As(Load::Selectin),
        StepLoad::As(Load::Subquery),
        StepLoad::As(Load::Select),
        StepLoad::As(Load::Immediate),
        StepLoad::Auto,
    ]);
    let steps = prop::collection::vec((any::<Index>(), load), 0..5);
    let limit = prop::option::weighted(0.3, 0..5_u64);
    (any::<Index>(), steps, limit, any::<bool>(), any::<bool>()).prop_map(
        |(start, steps, limit, defaults, engineers)| Whole {
            start,
            steps,
            limit,
            defaults,
            engineers,
        },
    )
}

const ENTITIES: [&str; 5] = ["Company", "Person", "Engineer", "Manager", "Machine"];

impl Whole {
    fn entity(&self) -> &'static str {
        self.start.get::<&str>(&ENTITIES)
    }

    /// The relationships that it follows in a shape; it ends where none leads on.
    fn links(&self, shape: Shape) -> Vec<(Link, StepLoad)> {
        let (mut at, mut links) = (self.entity(), Vec::new());
        for (index, load) in &self.steps {
            let all = shape.relationships().into_iter();
            let next: Vec<_> = all.filter(|link| has(shape, at, link.entity)).collect();
            if next.is_empty() {
                break;
            }
            let link = *index.get(&next);
            links.push((link, *load));
            at = link.of_type.unwrap_or(link.target);
        }
        links
    }
}

/// Whether the instances of an entity have the relationships of another.
fn has(shape: Shape, entity: &str, of: &str) -> bool {
    let inherits = shape != Shape::Concrete && KINDS.contains(&entity);
    entity == of || inherits && of == "Person"
}

/// The entity that is loaded at each depth.
fn levels(whole: &Whole, links: &[(Link, StepLoad)]) -> Vec<&'static str> {
    let targets = links.iter().map(|(link, _)| link.target);
    std::iter::once(whole.entity()).chain(targets).collect()
}

impl Runner<'_> {
    /// Whether a whole load gives what nested loops find.
    pub(crate) fn compare_whole(&mut self, whole: &Whole) -> Result<(), String> {
        let links = whole.links(self.shape);
        let request = self.whole_request(whole, &links);
        let loaded = Loading::load(&self.engine, &mut *self.database, self.rewrite, &request)?;
        let compared = self.compare_loaded(whole, &links, &loaded);
        compared.map_err(|what| format!("{what}\n{links:?}\n{}", loaded.sql.join("\n")))
    }

    fn whole_request(&self, whole: &Whole, links: &[(Link, StepLoad)]) -> LoadRequest {
        let find = |name| self.engine.mapping().find_entity(name).unwrap();
        let engineers = whole.engineers && self.shape != Shape::Concrete;
        let depths = levels(whole, links).into_iter().enumerate();
        let people = depths.filter(|(_, entity)| engineers && *entity == "Person");
        LoadRequest {
            path: links.iter().map(|(link, load)| (self.step(*link), *load)).collect(),
            limit: whole.limit,
            order_by: Ordering::PrimaryKey,
            defaults: whole.defaults,
            subclasses: people
                .map(|(depth, _)| LoadSubclass { depth, entity: find("Engineer") })
                .collect(),
            ..LoadRequest::new(find(whole.entity()))
        }
    }

    fn compare_loaded(
        &self,
        whole: &Whole,
        links: &[(Link, StepLoad)],
        loaded: &Loaded,
    ) -> Result<(), String> {
        let mut roots = self.firm.objects(whole.entity());
        roots.sort_by_key(|(_, id)| *id);
        roots.truncate(whole.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap()));
        equal("the objects", &loaded.roots, &roots)?;
        self.compare_attributes(loaded, whole.entity(), &roots, &self.completed(whole, None))?;
        if whole.defaults && self.shape == Shape::JoinedFurther && whole.entity() == "Person" {
            self.compare_unasked(&roots, loaded)?;
        }
        let (mut path, mut parents, mut only) = (Vec::new(), roots, None);
        for (link, _) in links {
            path.push(link.name.to_owned());
            let held = loaded.links.get(&path).cloned().unwrap_or_default();
            let mut children = BTreeSet::new();
            parents.retain(|(kind, _)| only.is_none_or(|only| kind == only));
            for parent in &parents {
                let expected: BTreeSet<_> = self.related(parent, *link).into_iter().collect();
                let found = held.get(parent).cloned().unwrap_or_default();
                equal(&format!("{path:?} of {parent:?}"), &found, &expected)?;
                children.extend(expected);
            }
            for (stranger, found) in held.iter().filter(|(it, _)| !parents.contains(it)) {
                let expected = self.related(stranger, *link).into_iter().collect();
                equal(&format!("{path:?} of {stranger:?}, unasked"), found, &expected)?;
            }
            parents = children.into_iter().collect();
            only = link.of_type;
            let completed = self.completed(whole, link.of_type);
            self.compare_attributes(loaded, link.target, &parents, &completed)?;
        }
        Ok(())
    }

    /// What engineers lead to, loaded because they say so themselves.
    fn compare_unasked(&self, people: &[Object], loaded: &Loaded) -> Result<(), String> {
        let machines = self.shape.relationships().into_iter().find(|it| it.name == "machines");
        let held = loaded.links.get(&vec!["machines".to_owned()]).cloned().unwrap_or_default();
        for engineer in people.iter().filter(|(kind, _)| kind == "Engineer") {
            let expected = self.related(engineer, machines.unwrap()).into_iter().collect();
            let found = held.get(engineer).cloned().unwrap_or_default();
            equal(&format!("machines of {engineer:?}"), &found, &expected)?;
        }
        Ok(())
    }

    /// The entities whose own attributes come with people.
    fn completed(&self, whole: &Whole, of_type: Option<&'static str>) -> Vec<&'static str> {
        match self.shape {
            Shape::Joined => {
                let asked = whole.engineers.then_some("Engineer");
                asked.into_iter().chain(of_type).collect()
            }
            _ => KINDS.to_vec(),
        }
    }

    /// Objects have the attributes that are theirs, and no others' values.
    fn compare_attributes(
        &self,
        loaded: &Loaded,
        entity: &str,
        objects: &[Object],
        completed: &[&str],
    ) -> Result<(), String> {
        for object in objects {
            let own: &[&str] = match object.0.as_str() {
                "Company" => &["id"],
                "Machine" => &["id", "engineer_id"],
                kind if kind == entity || completed.contains(&kind) => match kind {
                    "Person" if self.shape != Shape::Single => &["id", "company_id", "boss_id"],
                    _ => &["id", "company_id", "boss_id", "skill"],
                },
                _ => &["id", "company_id", "boss_id"],
            };
            for name in own {
                let found = loaded.attributes.get(object).and_then(|it| it.get(*name));
                let expected = Value::from(self.firm.value(object, name));
                equal(&format!("{name} of {object:?}"), &found, &Some(&expected))?;
            }
        }
        Ok(())
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(
    what: &str,
    loaded: &T,
    expected: &T,
) -> Result<(), String> {
    if loaded == expected {
        return Ok(());
    }
    Err(format!("{what}: loaded {loaded:?}, expected {expected:?}"))
}
