//! A relationship: how it joins, why, and the SQL that loads it.

use std::fmt::Write as _;

use crate::answer::explain;
use crate::base::RelationshipId;
use crate::editor::Editor;
use crate::entity::{Load, Relationship};
use crate::plan::{Request, Strategy, plan};
use crate::render::{Style, statement};

impl Editor<'_> {
    pub(super) fn relationship_text(&self, id: RelationshipId) -> String {
        let (mapping, resolution) = (self.subject.mapping, self.subject.resolution);
        let mut text = format!("```text\n{}```\n", explain(mapping, resolution, id));
        let relationship = resolution.relationship(mapping, id);
        if let Some((strategy, sql)) = self.load(id, relationship) {
            let _ = write!(text, "\n{}:\n\n```sql\n{sql}\n```\n", strategy.name());
        }
        text
    }

    /// The statement that its own load strategy comes to.
    fn load(&self, id: RelationshipId, relationship: &Relationship) -> Option<(Strategy, String)> {
        let (mapping, resolution) = (self.subject.mapping, self.subject.resolution);
        let load = relationship.arguments.load.map(|load| load.value).unwrap_or_default();
        let strategy = strategy(load);
        let request = Request::new(relationship.entity, vec![id], strategy);
        let plan = plan(mapping, resolution, &request).ok()?;
        let style = Style { dialect: mapping.dialect, ..Style::default() };
        Some((strategy, statement(&plan, mapping, style).sql))
    }
}

/// The statement that best shows how rows are found.
fn strategy(load: Load) -> Strategy {
    match load {
        Load::Joined => Strategy::Joined,
        Load::Selectin => Strategy::Selectin,
        Load::Subquery => Strategy::Subquery,
        _ => Strategy::Lazy,
    }
}
