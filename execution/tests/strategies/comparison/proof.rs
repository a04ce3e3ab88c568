//! How each strategy is proven: what it must load along a path.

use std::ops::RangeInclusive;

use joinwright::plan::{Request, Strategy};
use joinwright_execution::Row;

use super::{Check, Checked, Loaded, Part, limited, objects};
use crate::model::Relationship;
use crate::oracle::related;

/// How a strategy is proven.
pub(super) struct Proof {
    strategy: Strategy,
    /// How long the paths are that it loads along.
    pub(super) lengths: RangeInclusive<usize>,
    by: fn(&mut Check<'_, '_>, Strategy) -> Checked,
}

/// A new strategy is one more line.
#[rustfmt::skip]
pub(super) const PROOFS: [Proof; 13] = [
    Proof { strategy: Strategy::Select, lengths: 0..=0, by: |check, it| check.select(it) },
    Proof { strategy: Strategy::Lazy, lengths: 1..=1, by: |check, it| check.lazy(it) },
    Proof { strategy: Strategy::WithParent, lengths: 1..=1, by: |check, it| check.lazy(it) },
    Proof { strategy: Strategy::LazyReverse, lengths: 1..=1, by: |check, it| check.reverse(it) },
    Proof { strategy: Strategy::Selectin, lengths: 1..=1, by: |check, it| check.selectin(it) },
    Proof { strategy: Strategy::TopN, lengths: 1..=1, by: |check, it| check.top_n(it) },
    Proof { strategy: Strategy::Subquery, lengths: 1..=1, by: |check, it| check.subquery(it) },
    Proof { strategy: Strategy::Any, lengths: 1..=1, by: |check, it| check.exists(it, true) },
    Proof { strategy: Strategy::Has, lengths: 1..=1, by: |check, it| check.exists(it, false) },
    Proof { strategy: Strategy::Contains, lengths: 1..=1, by: |check, it| check.contains(it) },
    Proof { strategy: Strategy::Join, lengths: 1..=3, by: |check, it| check.join(it) },
    Proof { strategy: Strategy::OuterJoin, lengths: 1..=3, by: |check, it| check.outer_join(it) },
    Proof { strategy: Strategy::Joined, lengths: 1..=3, by: |check, it| check.joined(it) },
];

impl Proof {
    pub(super) fn run(&self, check: &mut Check<'_, '_>) -> Checked {
        (self.by)(check, self.strategy)
    }
}

impl<'m> Check<'m, '_> {
    fn select(&mut self, strategy: Strategy) -> Checked {
        let rows = self.model.tables[self.source].rows.iter();
        let rows = rows.map(|row| vec![Some(row.clone())]).collect();
        self.expect(&self.request(strategy), rows)
    }

    fn lazy(&mut self, strategy: Strategy) -> Checked {
        let (request, step) = (self.request(strategy), self.steps[0]);
        for source in &self.model.tables[step.source].rows {
            let loaded = self.load(&request, (step.source, &[source]))?;
            let expected = self.related(step, source);
            self.same(&request, &loaded.sql, objects(&loaded.rows), expected)?;
            if strategy == Strategy::Lazy {
                self.in_order(&request, &loaded, loaded.rows.iter(), 0)?;
            }
        }
        Ok(())
    }

    fn reverse(&mut self, strategy: Strategy) -> Checked {
        let (request, step) = (self.request(strategy), self.steps[0]);
        let sources = &self.model.tables[step.source].rows;
        for target in &self.model.tables[step.target].rows {
            let ways = |source| {
                let all = related(self.model, step, source).into_iter();
                all.filter(|it| *it == target).map(move |_| vec![Some(source.clone())])
            };
            let expected = sources.iter().flat_map(ways).collect();
            let loaded = self.load(&request, (step.target, &[target]))?;
            self.same(&request, &loaded.sql, objects(&loaded.rows), expected)?;
        }
        Ok(())
    }

    fn selectin(&mut self, strategy: Strategy) -> Checked {
        self.all_at_once(&self.request(strategy))
    }

    /// With a limit that nobody reaches; `per_parent` has those that count.
    fn top_n(&mut self, strategy: Strategy) -> Checked {
        let request = Request { limit: Some(1_000), ..self.request(strategy) };
        self.all_at_once(&request)
    }

    fn all_at_once(&mut self, request: &Request) -> Checked {
        let given: Vec<_> = self.model.tables[self.source].rows.iter().collect();
        if given.is_empty() {
            return Ok(());
        }
        let loaded = self.load(request, (self.source, &given))?;
        self.each_parent(request, &loaded, &given)
    }

    fn subquery(&mut self, strategy: Strategy) -> Checked {
        for part in [Part::ALL, self.part()] {
            let request = self.limited(strategy, part);
            let loaded = self.load(&request, (self.source, &[]))?;
            self.each_parent(&request, &loaded, &limited(self.by_key(), part))?;
        }
        Ok(())
    }

    /// The rows that match each parent are those that belong to it.
    fn each_parent(&mut self, request: &Request, loaded: &Loaded, given: &[&'m Row]) -> Checked {
        for source in given {
            let own: Vec<_> = loaded.matches.iter().map(|column| source[*column].clone()).collect();
            let matching = loaded.rows.iter().filter(|row| row.matches == own);
            let found = matching.clone().map(|row| row.objects.clone()).collect();
            self.same(request, &loaded.sql, found, self.related(self.steps[0], source))?;
            self.in_order(request, loaded, matching, 0)?;
        }
        Ok(())
    }

    fn exists(&mut self, strategy: Strategy, of_collections: bool) -> Checked {
        let step = self.steps[0];
        if self.is_collection(step) != of_collections {
            return Ok(());
        }
        for negate in [false, true] {
            let request = Request { negate, ..self.request(strategy) };
            let fits = |row: &&Row| related(self.model, step, row).is_empty() == negate;
            let rows = self.model.tables[step.source].rows.iter().filter(fits);
            let expected = rows.map(|row| vec![Some(row.clone())]).collect();
            self.expect(&request, expected)?;
        }
        Ok(())
    }

    fn contains(&mut self, strategy: Strategy) -> Checked {
        let step = self.steps[0];
        if !self.is_collection(step) {
            return Ok(());
        }
        for (negate, target) in [false, true].into_iter().flat_map(|negate| {
            self.model.tables[step.target].rows.iter().map(move |target| (negate, target))
        }) {
            let request = Request { negate, ..self.request(strategy) };
            let holds = |row: &&Row| related(self.model, step, row).contains(&target) != negate;
            let rows = self.model.tables[step.source].rows.iter().filter(holds);
            let expected = rows.map(|row| vec![Some(row.clone())]).collect();
            let loaded = self.load(&request, (step.target, &[target]))?;
            self.same(&request, &loaded.sql, objects(&loaded.rows), expected)?;
        }
        Ok(())
    }

    fn join(&mut self, strategy: Strategy) -> Checked {
        for (part, aliased) in [(Part::ALL, false), (self.part(), true)] {
            let request = Request { aliased, ..self.limited(strategy, part) };
            let all = self.all_chains(&self.by_key(), &[(false, &self.steps)]);
            let first = |chain: super::Objects| chain[..1].to_vec();
            let expected = limited(all, part).into_iter().map(first).collect();
            self.expect(&request, expected)?;
        }
        Ok(())
    }

    fn outer_join(&mut self, strategy: Strategy) -> Checked {
        let request = self.request(strategy);
        let groups: Vec<_> = self.steps.chunks(1).map(|step| (true, step)).collect();
        let all = self.all_chains(&self.by_key(), &groups);
        let expected = all.into_iter().map(|chain| chain[..1].to_vec()).collect();
        self.expect(&request, expected)
    }

    fn joined(&mut self, strategy: Strategy) -> Checked {
        for innerjoin in [None, Some(false), Some(true)] {
            for part in [Part::ALL, self.part()] {
                let request = Request { innerjoin, ..self.limited(strategy, part) };
                self.joined_part(&request, part)?;
            }
        }
        Ok(())
    }

    /// A limit counts instances where a collection is joined, else rows; the two are the same
    /// unless a relationship is said to lead to one and leads to more.
    fn joined_part(&mut self, request: &Request, part: Part) -> Checked {
        let steps = self.steps.clone();
        let groups = groups(&steps, request.innerjoin);
        let collection = steps.iter().any(|step| self.is_collection(step));
        let parents = if collection { limited(self.by_key(), part) } else { self.by_key() };
        let all = self.all_chains(&parents, &groups);
        let several = all.windows(2).any(|pair| pair[0][0] == pair[1][0]);
        if part != Part::ALL && !collection && several {
            return Ok(());
        }
        let expected = if collection { all } else { limited(all, part) };
        let loaded = self.load(request, (self.source, &[]))?;
        self.same(request, &loaded.sql, objects(&loaded.rows), expected)?;
        for parent in parents {
            let own = loaded.rows.iter().filter(|row| row.objects[0].as_ref() == Some(parent));
            self.in_order(request, &loaded, own, 1)?;
        }
        Ok(())
    }
}

/// Inner joins right of an outer one belong to it.
fn groups<'s, 'm>(
    steps: &'s [&'m Relationship],
    innerjoin: Option<bool>,
) -> Vec<(bool, &'s [&'m Relationship])> {
    let is_outer = |step: &Relationship| !innerjoin.unwrap_or(step.innerjoin);
    let mut groups: Vec<(bool, &[&Relationship])> = Vec::new();
    let mut start = 0;
    for end in 1..=steps.len() {
        let optional = is_outer(steps[start]);
        let belongs = |next: &&Relationship| optional && !is_outer(next);
        if !steps.get(end).is_some_and(belongs) {
            groups.push((optional, &steps[start..end]));
            start = end;
        }
    }
    groups
}
