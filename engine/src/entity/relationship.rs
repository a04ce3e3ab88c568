//! Relationships as they are declared.

use crate::base::{Blank, ColumnId, EntityId, Name, Seldom, SelectableId, reads_as};
use crate::graph::{Condition, OrderTerm};
use crate::spec::document::Text;
use crate::text::Span;

/// The options of a cascade, abbreviations included, in the order of the alphabet.
pub const CASCADES: [&str; 8] =
    ["all", "delete", "delete-orphan", "expunge", "merge", "none", "refresh-expire", "save-update"];

/// A relationship from one entity to another, as declared.
///
/// ```
/// use joinwright::base::{EntityId, Id, Names};
/// use joinwright::entity::Relationship;
/// let (customer, address) = (EntityId::from_index(0), EntityId::from_index(1));
/// let mut names = Names::new();
/// let mut billing = Relationship::new(customer, names.intern("billing_address"), address);
/// billing.arguments.viewonly = Some(true.into());
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Relationship {
    /// The entity it is declared on: the parent.
    pub entity: EntityId,
    /// Its name there.
    pub name: Name,
    /// The entity it leads to.
    pub target: EntityId,
    /// Its arguments.
    pub arguments: Arguments,
    /// What is known of the text that declares it; it reads as fields of its own.
    pub written: Seldom<Written>,
}

/// What is known of the text that declares a relationship; a host that declares it without one
/// mostly knows nothing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Written {
    /// Where it is declared.
    pub span: Option<Span>,
    /// Where `target` is written.
    pub target_span: Option<Span>,
    /// Where a further argument can be written, as a line of its own.
    pub insert_at: Option<Span>,
    /// An argument could not be understood, so nothing can be said of the relationship; a defect
    /// says why.
    pub unreadable: bool,
    /// A key or value of it was not understood and left out, so that it may say less than was meant.
    pub doubtful: bool,
    /// The codes it asks not to be told about.
    pub ignore: Seldom<Vec<Argument<String>>>,
}

/// A value with the place where it is written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Argument<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Option<Span>,
}

/// What a relationship can be told. An argument that is not given is `None` or empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Arguments {
    /// The columns to count as foreign.
    pub foreign_keys: Seldom<Vec<Argument<ColumnId>>>,
    /// The relationship on the target that is its reverse.
    pub back_populates: Option<Argument<Name>>,
    /// How it is loaded unless a load says otherwise.
    pub load: Option<Argument<Load>>,
    /// The arguments that few relationships are given; they read as fields of its own.
    pub options: Seldom<Options>,
}

/// The arguments that few relationships are given.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Options {
    /// How the parent joins the target, or the secondary.
    pub primaryjoin: Option<Box<Argument<Condition>>>,
    /// How the secondary joins the target.
    pub secondaryjoin: Option<Box<Argument<Condition>>>,
    /// What stands between parent and target.
    pub secondary: Option<Argument<SelectableId>>,
    /// The columns to count as remote.
    pub remote_side: Seldom<Vec<Argument<ColumnId>>>,
    /// Whether it holds many.
    pub uselist: Option<Argument<bool>>,
    /// Whether it is never written.
    pub viewonly: Option<Argument<bool>>,
    /// The reverse relationship to make.
    pub backref: Option<Box<Backref>>,
    /// Relationships whose writes may overlap with its own.
    pub overlaps: Seldom<Vec<Argument<Name>>>,
    /// The order in which a collection is loaded.
    pub order_by: Seldom<Vec<OrderTerm>>,
    /// The arguments that hardly any relationship is given; they read as fields of its own.
    pub rare: Seldom<RareOptions>,
}

/// The arguments that hardly any relationship is given.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RareOptions {
    /// Whether changes reach the reverse.
    pub sync_backref: Option<Argument<bool>>,
    /// Whether a joined load of it may drop parents.
    pub innerjoin: Option<Argument<bool>>,
    /// How deep a self-referential joined load goes.
    pub join_depth: Option<Argument<u32>>,
    /// Whether a selectin load may leave the parent table out.
    pub omit_join: Option<Argument<bool>>,
    /// What is done to related instances along with their parent.
    pub cascade: Option<Argument<Vec<String>>>,
    /// Whether a related instance has one parent at most.
    pub single_parent: Option<Argument<bool>>,
    /// Whether its key is written by a statement of its own.
    pub post_update: Option<Argument<bool>>,
    /// What is left to the database on delete: `true`, `false` or `all`.
    pub passive_deletes: Option<Argument<String>>,
    /// Whether the database cascades changes of keys.
    pub passive_updates: Option<Argument<bool>>,
    /// Whether the old value is loaded on change.
    pub active_history: Option<Argument<bool>>,
}

/// The reverse relationship that a `backref` asks for.
#[derive(Clone, PartialEq, Debug)]
pub struct Backref {
    /// Its name on the target.
    pub name: Argument<Name>,
    /// Arguments of its own; the others it takes from the relationship that makes it.
    pub arguments: Arguments,
}

/// A load strategy, as a relationship's default.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Load {
    /// One SELECT when it is first asked for.
    #[default]
    Select,
    /// With the parent, in one SELECT.
    Joined,
    /// One further SELECT for all parents, by their keys.
    Selectin,
    /// One further SELECT for all parents, by the query that loaded them.
    Subquery,
    /// One SELECT a parent, at once.
    Immediate,
    /// Never: asking raises.
    Raise,
    /// Never, if SQL were needed for it.
    RaiseOnSql,
    /// Never: it is empty.
    None,
    /// Only written.
    WriteOnly,
    /// As a query.
    Dynamic,
}

impl Load {
    /// All strategies.
    pub const ALL: [Self; 10] = [
        Self::Select,
        Self::Joined,
        Self::Selectin,
        Self::Subquery,
        Self::Immediate,
        Self::Raise,
        Self::RaiseOnSql,
        Self::None,
        Self::WriteOnly,
        Self::Dynamic,
    ];

    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Joined => "joined",
            Self::Selectin => "selectin",
            Self::Subquery => "subquery",
            Self::Immediate => "immediate",
            Self::Raise => "raise",
            Self::RaiseOnSql => "raise_on_sql",
            Self::None => "none",
            Self::WriteOnly => "write_only",
            Self::Dynamic => "dynamic",
        }
    }

    /// The strategy of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|load| load.name() == name)
    }

    /// Whether a query can ask for it; the others are properties of a mapped attribute.
    pub fn can_be_asked(self) -> bool {
        !matches!(self, Self::WriteOnly | Self::Dynamic)
    }
}

impl Relationship {
    /// A relationship without arguments.
    pub fn new(entity: EntityId, name: Name, target: EntityId) -> Self {
        Self { entity, name, target, arguments: Arguments::default(), written: Seldom::default() }
    }

    /// Its entity and its name there.
    pub(super) fn path(&self) -> (EntityId, Name) {
        (self.entity, self.name)
    }

    /// Gives back the memory of what is not said.
    pub(super) fn shrink(&mut self) {
        let Arguments { foreign_keys, back_populates: _, load: _, options } = &mut self.arguments;
        foreign_keys.shrink_list();
        if let Some(options) = options.given_mut() {
            options.remote_side.shrink_list();
            options.overlaps.shrink_list();
            options.order_by.shrink_list();
            options.rare.shrink();
        }
        options.shrink();
        self.written.shrink();
    }

    /// Whether it is never written.
    pub fn is_viewonly(&self) -> bool {
        self.arguments.viewonly.is_some_and(|viewonly| viewonly.value)
    }

    /// Whether it asks for a reverse, by `back_populates` or `backref`.
    pub fn names_reverse(&self) -> bool {
        self.arguments.back_populates.is_some() || self.arguments.backref.is_some()
    }
}

impl<T> From<T> for Argument<T> {
    fn from(value: T) -> Self {
        Self { value, span: None }
    }
}

impl Argument<String> {
    /// A text of a document.
    pub fn of_text(text: &Text) -> Self {
        Self::at(text.text().to_owned(), text.whole())
    }
}

impl<T> Argument<T> {
    /// A value with its place.
    pub fn at(value: T, span: impl Into<Option<Span>>) -> Self {
        Self { value, span: span.into() }
    }
}

impl Blank for Written {
    const BLANK: &'static Self = &Self {
        span: None,
        target_span: None,
        insert_at: None,
        unreadable: false,
        doubtful: false,
        ignore: Seldom::BLANK,
    };
}

impl Blank for Options {
    const BLANK: &'static Self = &Self {
        primaryjoin: None,
        secondaryjoin: None,
        secondary: None,
        remote_side: Seldom::BLANK,
        uselist: None,
        viewonly: None,
        backref: None,
        overlaps: Seldom::BLANK,
        order_by: Seldom::BLANK,
        rare: Seldom::BLANK,
    };
}

impl Blank for RareOptions {
    const BLANK: &'static Self = &Self {
        sync_backref: None,
        innerjoin: None,
        join_depth: None,
        omit_join: None,
        cascade: None,
        single_parent: None,
        post_update: None,
        passive_deletes: None,
        passive_updates: None,
        active_history: None,
    };
}

reads_as!(
    Relationship.written: Written,
    Arguments.options: Options,
    Options.rare: RareOptions,
);
