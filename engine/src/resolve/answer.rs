//! What is known of a relationship.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::catalog_facts::CatalogFacts;
use super::facts::Facts;
use super::ignoring::Ignoring;
use super::inverse::InverseFault;
use super::join::Ledger;
use super::sided::Sided;
use super::writes::Conflict;
use crate::base::{Blank, ColumnId, EntityId, Few, Id, Name, RelationshipId, Seldom, reads_as};
use crate::entity::{Mapping, Relationship};

/// From the parent's point of view: how many rows may stand on the other side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// The target refers to the parent.
    OneToMany,
    /// The parent refers to the target.
    ManyToOne,
    /// A secondary refers to both.
    ManyToMany,
}

impl Direction {
    /// `one-to-many`, `many-to-one` or `many-to-many`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneToMany => "one-to-many",
            Self::ManyToOne => "many-to-one",
            Self::ManyToMany => "many-to-many",
        }
    }
}

/// Which of a relationship's two conditions is meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// `primaryjoin`: from the parent, to the target or the secondary.
    Primary,
    /// `secondaryjoin`: from the secondary to the target.
    Secondary,
}

/// Two columns that belong together.
pub type Pair = (ColumnId, ColumnId);

/// How a relationship joins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Join {
    /// To the target: `primaryjoin`.
    Direct(Sided),
    /// Over a secondary: `primaryjoin` and `secondaryjoin`.
    Over(Box<[Sided; 2]>),
}

/// What is known of one relationship. What follows from it is told by the functions of this room:
/// [`reasons`](super::reasons), [`at_most_one`](super::at_most_one), [`uses`](super::uses),
/// [`ends`](super::ends), [`Cascade::of`](super::Cascade::of).
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The conditions with their roles; absent where none could be determined.
    pub join: Option<Join>,
    /// The direction; absent where evidence says why.
    pub direction: Option<Direction>,
    /// Whether it holds many.
    pub uselist: bool,
    /// The relationship that is its reverse, where there is just one; [`reverse`](Self::reverse) lists
    /// any number.
    pub only_reverse: Option<RelationshipId>,
    /// What is wrong or out of the ordinary, which is mostly nothing; it reads as fields of the
    /// answer.
    pub trouble: Seldom<Trouble>,
}

/// What is wrong with an answer, or out of the ordinary.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trouble {
    /// How a join was looked for that could not be told; [`searches`](super::searches) makes the
    /// ledgers of those that could.
    pub searches: Vec<Ledger>,
    /// What went wrong.
    pub evidence: Vec<Evidence>,
    /// The relationships that are its reverse, by path, where there are several.
    pub reverses: Vec<RelationshipId>,
}

/// Why an answer is missing, or is probably not what was meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// Several foreign keys fit; the ledger of this side lists them.
    AmbiguousForeignKeys(Side),
    /// No foreign key fits; the ledger of this side lists what was looked at.
    NoForeignKeys(Side),
    /// `secondaryjoin` without `secondary`.
    SecondaryjoinWithoutSecondary,
    /// The condition has no foreign column.
    NoRelevantForeignColumns(Side),
    /// The condition has foreign columns, but no `=` through which a flush could write them.
    NoSimpleEquality(Side),
    /// Foreign columns stand on both sides.
    AmbiguousDirection {
        /// Those of the parent.
        parent: Vec<ColumnId>,
        /// Those of the target.
        target: Vec<ColumnId>,
    },
    /// Foreign columns stand on neither side.
    UndeterminedDirection {
        /// The foreign columns.
        foreign: Vec<ColumnId>,
    },
    /// No comparison holds a local column against a remote one.
    NoLocalRemotePairs,
    /// Columns are remote, but only the parent has them.
    RemoteColumnIsLocal(Vec<ColumnId>),
    /// A comparison of a condition over one table has something else than a column on a side, so
    /// that its remote side cannot be told.
    NonSimpleRemote,
    /// `backref` and `back_populates` together.
    BackrefAndBackPopulates,
    /// `viewonly` and `sync_backref` together.
    ViewonlySyncBackref,
    /// The backref's name is taken on the target.
    BackrefConflict(BackrefConflict),
    /// The backref has a `secondaryjoin`, but there is no secondary.
    SecondaryjoinOnPlainBackref,
    /// Something is wrong between the relationship and its reverse.
    Inverse(InverseFault),
    /// `delete-orphan` where the target may have other parents.
    DeleteOrphanOnManySide,
    /// `delete-orphan` without `delete`.
    DeleteOrphanWithoutDelete,
    /// `passive_deletes = "all"` with a `delete` cascade.
    PassiveDeletesAllWithDelete,
    /// These write options on a viewonly relationship.
    ViewonlyWithWriteOption(Vec<&'static str>),
    /// It is only written or queried, never loaded as a whole, but holds one.
    WriteOnlyOnScalar,
    /// It is a collection, but the keys prove that it holds one at most.
    CollectionOfOne,
    /// It is said to hold one, but these columns, which the join fixes, are no key.
    ScalarOfMany(Vec<ColumnId>),
    /// These write cascades on a viewonly relationship.
    ViewonlyWithWriteCascade(Vec<String>),
}

/// What already has the name a backref asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BackrefConflict {
    /// A declared relationship.
    Relationship(RelationshipId),
    /// Nothing, but the backref of this one asks for it too.
    Rival(RelationshipId),
    /// An attribute of the target.
    Attribute,
}

/// The answers for all relationships of a mapping, those made by backrefs included.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// Relationships made by backrefs, with the relationship that made each.
    pub(super) made: Vec<(Relationship, RelationshipId)>,
    pub(super) made_by_owner: FxHashMap<(EntityId, Name), RelationshipId>,
    /// By relationship id: first the declared ones, then those made.
    pub(super) answers: Vec<Answer>,
    /// Columns that several relationships write.
    pub conflicts: Vec<Conflict>,
    catalog_facts: OnceLock<CatalogFacts>,
    pub(super) facts: OnceLock<Facts>,
    pub(super) ignoring: OnceLock<Ignoring>,
}

reads_as!(Answer.trouble: Trouble);

impl Blank for Trouble {
    const BLANK: &'static Self =
        &Self { searches: Vec::new(), evidence: Vec::new(), reverses: Vec::new() };
}

impl Evidence {
    /// Whether the relationship cannot be used.
    pub fn is_fatal(&self) -> bool {
        !matches!(
            self,
            Self::RemoteColumnIsLocal(_)
                | Self::NonSimpleRemote
                | Self::DeleteOrphanWithoutDelete
                | Self::CollectionOfOne
                | Self::ScalarOfMany(_)
                | Self::ViewonlyWithWriteOption(_)
                | Self::ViewonlyWithWriteCascade(_)
        )
    }
}

impl Answer {
    /// Whether nothing is missing: the relationship can be loaded.
    pub fn is_complete(&self) -> bool {
        self.direction.is_some() && !self.evidence.iter().any(Evidence::is_fatal)
    }

    /// The relationships that are its reverse, by path.
    pub fn reverse(&self) -> &[RelationshipId] {
        match &self.only_reverse {
            Some(only) => std::slice::from_ref(only),
            None => &self.trouble.reverses,
        }
    }

    /// Says which relationships are its reverse, by path.
    pub(super) fn set_reverse(&mut self, all: &[RelationshipId]) {
        let (only, several) = match all {
            [only] => (Some(*only), &[][..]),
            several => (None, several),
        };
        self.only_reverse = only;
        if self.trouble.reverses != several {
            self.trouble.reverses = several.to_vec();
        }
    }

    /// The columns on the parent's side, each once.
    pub fn local_columns(&self) -> Few<ColumnId> {
        self.join.as_ref().map(Join::local_columns).unwrap_or_default()
    }

    /// The columns on the far side, each once.
    pub fn remote_columns(&self) -> Few<ColumnId> {
        self.join.as_ref().map(Join::remote_columns).unwrap_or_default()
    }

    /// The columns that hold a reference, each once.
    pub fn foreign_columns(&self) -> Few<ColumnId> {
        self.join.as_ref().map(Join::foreign_columns).unwrap_or_default()
    }

    /// (local, remote) columns that a comparison holds against each other.
    pub fn local_remote(&self) -> Few<Pair> {
        self.join.as_ref().map(Join::local_remote).unwrap_or_default()
    }

    /// (source, target) columns: what a flush copies for the primaryjoin.
    pub fn synchronize(&self) -> Few<Pair> {
        Few::distinct(self.copied())
    }

    /// The same, one for each comparison.
    pub(super) fn copied(&self) -> impl Iterator<Item = Pair> + '_ {
        self.join.iter().flat_map(|join| join.primary().copied())
    }

    /// (source, target) columns: what a flush copies for the secondaryjoin.
    pub fn secondary_synchronize(&self) -> Few<Pair> {
        let secondary = self.join.as_ref().and_then(Join::secondary);
        secondary.map(Sided::synchronize).unwrap_or_default()
    }

    /// Whether the relationship joins as it is declared; the way in which it is to be loaded may
    /// still be wrong.
    pub(super) fn is_joined(&self) -> bool {
        let of_load = |evidence: &Evidence| *evidence == Evidence::WriteOnlyOnScalar;
        let mut evidence = self.evidence.iter();
        self.direction.is_some() && evidence.all(|it| !it.is_fatal() || of_load(it))
    }
}

impl Resolution {
    /// The answers for the declared relationships, by id, without any made by backrefs.
    pub fn from_answers(answers: Vec<Answer>) -> Self {
        Self { answers, ..Self::default() }
    }

    /// The answer for a relationship.
    pub fn answer(&self, id: RelationshipId) -> Option<&Answer> {
        self.answers.get(id.index())
    }

    /// What the tables of the mapping come to by themselves; found out when it is first asked for,
    /// since a relationship that is declared anew changes nothing of it.
    pub fn catalog_facts(&self, mapping: &Mapping) -> &CatalogFacts {
        self.catalog_facts.get_or_init(|| CatalogFacts::of(mapping))
    }

    /// What the answers come to, taken together; found out when it is first asked for, and kept up
    /// with a relationship that is declared anew.
    pub fn facts(&self, mapping: &Mapping) -> &Facts {
        self.facts.get_or_init(|| Facts::of(mapping, self))
    }

    /// Who asks not to be told of something; found out and kept up as [`facts`](Self::facts) are.
    pub fn ignoring(&self, mapping: &Mapping) -> &Ignoring {
        self.ignoring.get_or_init(|| Ignoring::of(mapping))
    }

    /// All relationships with their answers, by id.
    pub fn relationships<'r>(
        &'r self,
        mapping: &'r Mapping,
    ) -> impl Iterator<Item = (RelationshipId, &'r Relationship, &'r Answer)> {
        let declared = mapping.relationships().map(|(_, relationship)| relationship);
        let all = declared.chain(self.made.iter().map(|(relationship, _)| relationship));
        all.zip(&self.answers).enumerate().map(|(i, (relationship, answer))| {
            (RelationshipId::from_index(u32::try_from(i).unwrap_or(u32::MAX)), relationship, answer)
        })
    }

    /// A relationship, declared or made.
    pub fn relationship<'r>(
        &'r self,
        mapping: &'r Mapping,
        id: RelationshipId,
    ) -> &'r Relationship {
        let declared = mapping.relationships().len();
        match id.index().checked_sub(declared).and_then(|i| self.made.get(i)) {
            Some((relationship, _)) => relationship,
            None => mapping.relationship(id),
        }
    }

    /// The relationship whose backref made this one.
    pub fn made_by(&self, mapping: &Mapping, id: RelationshipId) -> Option<RelationshipId> {
        let made = id.index().checked_sub(mapping.relationships().len())?;
        self.made.get(made).map(|(_, maker)| *maker)
    }

    /// The relationship of this name on an entity or one it inherits from.
    pub fn find(&self, mapping: &Mapping, entity: EntityId, name: Name) -> Option<RelationshipId> {
        let find = |owner| {
            let declared = mapping.find_relationship(owner, name);
            declared.or_else(|| self.made_by_owner.get(&(owner, name)).copied())
        };
        let inherited = || mapping.relationship_owners(entity).into_iter().find_map(find);
        find(mapping.primary_of(entity)).or_else(inherited)
    }
}
