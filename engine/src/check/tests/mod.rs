//! What the rules make of evidence made by hand.

mod world;

use world::{ADDRESS, CUSTOMER, World, evidence, span};

use crate::base::{ColumnId, Id, RelationshipId, Seldom};
use crate::entity::{self, Argument};
use crate::graph::{Condition, OccurrenceIndex};
use crate::report::{Applicability, Severity};
use crate::resolve::{
    Answer, BackrefConflict, Conflict, Direction, Evidence, InverseFault, InverseFaultKind, Join,
    Ledger, Overlap, Side, Sided, SidedRoles, Writer,
};
use crate::{parse, spec};

fn ambiguous(swapped: bool) -> World {
    let mut world = World::new(swapped);
    let mut answer = evidence(Evidence::AmbiguousForeignKeys(Side::Primary));
    answer.searches.push(world.ledger());
    world.relate(CUSTOMER, "billing_address", ADDRESS, answer);
    world
}

#[test]
fn ambiguous_keys_are_ranked_labelled_and_mended() {
    let world = ambiguous(false);
    let found = world.only();
    assert_eq!(
        found.message,
        "join of `Customer.billing_address` is ambiguous: 2 foreign keys fit"
    );
    assert_eq!(world.labelled(&found), ["billing_address", "billing_key", "shipping_key"]);
    assert_eq!(
        found.help.as_deref(),
        Some(
            "add `foreign_keys = [\"customer.billing_address_id\"]` \
             or `foreign_keys = [\"customer.shipping_address_id\"]`"
        )
    );
    let fixes: Vec<_> = found.fixes.iter().map(|fix| fix.applicability).collect();
    assert_eq!(fixes, [Applicability::Safe, Applicability::Unsafe]);
    assert_eq!(
        found.fixes[0].edits[0].insert,
        "\nforeign_keys = [\"customer.billing_address_id\"]"
    );
}

#[test]
fn the_order_of_foreign_keys_shows_nowhere() {
    let (one, other) = (ambiguous(false).only(), ambiguous(true).only());
    assert_eq!(
        (one.message, one.labels, one.help, one.fixes),
        (other.message, other.labels, other.help, other.fixes)
    );
}

#[test]
fn a_choice_that_may_bring_up_more_is_not_safe() {
    let mut world = ambiguous(false);
    let reverse = world.mapping.names.intern("customers");
    let id = world.mapping.relationships().next().unwrap().0;
    world.mapping.relationship_mut(id).arguments.back_populates = Some(reverse.into());
    let safe = |fix: &crate::report::Fix| fix.applicability == Applicability::Safe;
    assert!(!world.only().fixes.iter().any(safe));
}

#[test]
fn lists_of_ignored_codes_count_where_they_stand() {
    let code = || Seldom::new(vec!["ambiguous_foreign_keys".to_owned().into()]);
    let mut world = ambiguous(false);
    world.policy.ignore = code().to_vec();
    assert_eq!(world.check(), []);

    let mut world = ambiguous(false);
    let customer = world.entity(CUSTOMER);
    world.mapping.entity_mut(customer).ignore = code();
    assert_eq!(world.check(), []);

    let mut world = ambiguous(false);
    let id = world.mapping.relationships().next().unwrap().0;
    world.mapping.relationship_mut(id).ignore = code();
    assert_eq!(world.check(), []);

    let mut world = ambiguous(false);
    let address = world.entity(ADDRESS);
    world.mapping.entity_mut(address).ignore = code();
    let found: Vec<_> = world.check().iter().map(|found| found.code.name).collect();
    assert_eq!(found, ["ambiguous_foreign_keys", "unused_ignore"]);
}

#[test]
fn what_cannot_be_read_is_never_ignored() {
    let mut world = World::new(false);
    world.policy.ignore = vec!["sql_syntax".to_owned().into(), "no_such_code".to_owned().into()];
    let message = "Expected an expression.".to_owned();
    let span = span(&world.sources, "true");
    world.sql.push(parse::Defect { kind: parse::DefectKind::Syntax { message }, span });
    let found: Vec<_> =
        world.check().into_iter().map(|found| (found.code.name, found.message)).collect();
    assert_eq!(
        found,
        [
            ("sql_syntax", "syntax error in SQL: expected an expression".to_owned()),
            ("unknown_code", "`ignore` lists `no_such_code`, which is no code".to_owned()),
            ("unused_ignore", "`ignore` of `sql_syntax` silences nothing".to_owned())
        ]
    );
}

#[test]
fn a_near_name_is_a_safe_fix_where_it_needs_no_escaping() {
    let misnamed = |nearest: &str| {
        let mut world = World::new(false);
        let kind = entity::DefectKind::UnknownTable {
            written: "custmer".into(),
            nearest: Some(nearest.into()),
        };
        let span = Some(span(&world.sources, "custmer"));
        let entity = Some(world.entity(CUSTOMER));
        world.entities.push(entity::Defect { kind, entity, relationship: None, span });
        world.only()
    };
    let found = misnamed("customer");
    assert_eq!(found.subject.entity.as_deref(), Some("Customer"));
    assert_eq!(found.help.as_deref(), Some("write `customer`"));
    assert_eq!(found.fixes[0].applicability, Applicability::Safe);
    assert_eq!(found.fixes[0].edits[0].insert, "customer");
    assert!(misnamed("cust\"mer").fixes.is_empty());
}

/// A join in which one column refers to another.
fn refers(id: ColumnId, foreign: ColumnId) -> Join {
    let referring = std::iter::once(OccurrenceIndex(1)).collect();
    let roles = SidedRoles { foreign: referring, ..SidedRoles::default() };
    Join::new(Sided::new(Condition::of_equalities([(id, foreign)]), roles), None)
}

/// `Customer.billing_address` and `Address.customers` write one column.
fn overlapping(swapped: bool) -> World {
    let mut world = World::new(false);
    let (source, column) =
        (world.column("address.id"), world.column("customer.billing_address_id"));
    let [many, one] = [Direction::ManyToOne, Direction::OneToMany].map(|direction| Answer {
        direction: Some(direction),
        join: Some(refers(source, column)),
        ..Answer::default()
    });
    let ids = if swapped {
        let second = world.relate(ADDRESS, "customers", CUSTOMER, one);
        [world.relate(CUSTOMER, "billing_address", ADDRESS, many), second]
    } else {
        let first = world.relate(CUSTOMER, "billing_address", ADDRESS, many);
        [first, world.relate(ADDRESS, "customers", CUSTOMER, one)]
    };
    let mut writers = ids.map(|relationship| Writer { relationship, source });
    writers.sort_by_key(|writer| writer.relationship);
    let (overlap, writers) = (Overlap::SameSource, writers.to_vec());
    world.conflicts.push(Conflict { column, writers, overlap });
    world
}

#[test]
fn overlapping_writes_are_told_once_and_without_order() {
    let overlaps = |world: &World| -> Vec<_> {
        let found = world.check().into_iter();
        found.filter(|found| found.code.name == "overlapping_sync_targets").collect()
    };
    let world = overlapping(false);
    let all = overlaps(&world);
    let [found] = all.as_slice() else { panic!("{all:#?}") };
    assert_eq!(
        found.message,
        "`Address.customers` and `Customer.billing_address` both write \
         `customer.billing_address_id`"
    );
    assert_eq!(found.subject.relationship.as_deref(), Some("customers"));
    assert_eq!(world.labelled(found), ["customers", "billing_address", "billing_key"]);
    assert_eq!(
        found.help.as_deref(),
        Some(
            "add `back_populates = \"billing_address\"` to `Address.customers` \
             and `back_populates = \"customers\"` to `Customer.billing_address`, \
             add `viewonly = true` to all but the one that writes \
             or add `overlaps = [\"billing_address\"]` to `Address.customers`"
        )
    );
    assert_eq!(all, overlaps(&overlapping(true)));
}

#[test]
fn ends_of_one_direction_are_told_once() {
    let mut world = World::new(false);
    let end = |other: u32| {
        let other = Some(RelationshipId::from_index(other));
        let mut answer = evidence(Evidence::Inverse(InverseFault {
            other,
            kind: InverseFaultKind::SameDirection,
        }));
        answer.direction = Some(Direction::OneToMany);
        answer
    };
    let (first, second) = (end(1), end(0));
    world.relate(CUSTOMER, "parent", CUSTOMER, first);
    world.relate(CUSTOMER, "children", CUSTOMER, second);
    let id = world.column("customer.id");
    let foreign = world.column("customer.billing_address_id");
    for answer in &mut world.answers {
        answer.join = Some(refers(id, foreign));
    }
    let found = world.only();
    assert_eq!(
        found.message,
        "`Customer.children` and its reverse `Customer.parent` are both one-to-many"
    );
    let help = found.help.unwrap();
    assert!(help.contains("`remote_side = [\"customer.id\"]`"), "{help}");
}

#[test]
fn all_evidence_of_a_relationship_is_worded() {
    let mut world = World::new(false);
    let name = world.mapping.names.intern("customers");
    let column = world.column("customer.billing_address_id");
    let other = Some(RelationshipId::from_index(0));
    let inverse = |kind| Evidence::Inverse(InverseFault { other, kind });
    let all = [
        Evidence::AmbiguousForeignKeys(Side::Primary),
        Evidence::NoForeignKeys(Side::Primary),
        Evidence::SecondaryjoinWithoutSecondary,
        Evidence::NoRelevantForeignColumns(Side::Primary),
        Evidence::NoSimpleEquality(Side::Primary),
        Evidence::AmbiguousDirection { parent: vec![column], target: vec![column] },
        Evidence::UndeterminedDirection { foreign: vec![column] },
        Evidence::NoLocalRemotePairs,
        Evidence::RemoteColumnIsLocal(vec![column]),
        Evidence::NonSimpleRemote,
        Evidence::BackrefAndBackPopulates,
        Evidence::ViewonlySyncBackref,
        Evidence::BackrefConflict(BackrefConflict::Attribute),
        Evidence::SecondaryjoinOnPlainBackref,
        inverse(InverseFaultKind::Unknown { name, nearest: None }),
        inverse(InverseFaultKind::NotARelationship { name }),
        inverse(InverseFaultKind::WrongTarget { leads_to: world.entity(CUSTOMER) }),
        inverse(InverseFaultKind::SameDirection),
        inverse(InverseFaultKind::ViewonlySyncBackref),
        Evidence::DeleteOrphanOnManySide,
        Evidence::DeleteOrphanWithoutDelete,
        Evidence::PassiveDeletesAllWithDelete,
        Evidence::ViewonlyWithWriteOption(vec!["active_history"]),
        Evidence::ViewonlyWithWriteCascade(vec!["delete".into()]),
    ];
    let id = world.relate(CUSTOMER, "billing_address", ADDRESS, Answer::default());
    let arguments = &mut world.mapping.relationship_mut(id).arguments;
    arguments.back_populates = Some(name.into());
    arguments.cascade = Some(Argument::from(vec!["delete".to_owned()]));
    arguments.backref = Some(Box::new(entity::Backref {
        name: name.into(),
        arguments: entity::Arguments::default(),
    }));
    for evidence in all {
        let mut answer = Answer { direction: Some(Direction::ManyToOne), ..Answer::default() };
        answer.searches.push(world.ledger());
        answer.evidence.push(evidence.clone());
        let severity = if evidence.is_fatal() { Severity::Error } else { Severity::Warning };
        world.answers = vec![answer];
        let found = world.only();
        assert_eq!(found.code.severity, severity, "{evidence:?}");
        assert!(found.help.is_some(), "{evidence:?}");
        assert!(!found.labels.is_empty(), "{evidence:?}");
    }
}

#[test]
fn a_condition_can_be_guessed_from_names() {
    let mut world = World::new(false);
    let mut answer = evidence(Evidence::NoForeignKeys(Side::Primary));
    answer.searches.push(Ledger { candidates: Vec::new(), ..world.ledger() });
    world.relate(CUSTOMER, "billing_address", ADDRESS, answer);
    let found = world.only();
    assert_eq!(
        found.help.as_deref(),
        Some("add `primaryjoin = \"address.id = foreign(customer.billing_address_id)\"`")
    );
    assert_eq!(found.fixes[0].applicability, Applicability::Unsafe);
}

#[test]
fn a_condition_without_foreign_columns_offers_those_outside_keys_first() {
    let mut world = World::new(false);
    let pair = (world.column("address.id"), world.column("customer.billing_address_id"));
    let answer = evidence(Evidence::NoRelevantForeignColumns(Side::Primary));
    let id = world.relate(CUSTOMER, "billing_address", ADDRESS, answer);
    let condition = Condition::of_equalities([pair]);
    world.mapping.relationship_mut(id).arguments.primaryjoin = Some(Box::new(condition.into()));
    assert_eq!(
        world.only().help.as_deref(),
        Some(
            "add `foreign_keys = [\"customer.billing_address_id\"]` \
             or `foreign_keys = [\"address.id\"]`"
        )
    );
}

#[test]
fn all_defects_of_entities_are_worded() {
    use entity::DefectKind::*;
    let (written, nearest) = (|| "x".to_owned(), None::<String>);
    let all = [
        UnknownEntity { written: written(), nearest: nearest.clone() },
        UnknownTable { written: written(), nearest: nearest.clone() },
        ColumnNotInSelectable { written: written(), nearest: nearest.clone() },
        UnknownColumn { written: written(), owner: written(), nearest: nearest.clone() },
        UnqualifiedColumn { written: written(), candidates: vec![written()] },
        UnknownAttribute { written: written(), nearest: nearest.clone() },
        CombinedColumns { attribute: written(), columns: vec![written(); 2], inherited: false },
        CombinedColumns { attribute: written(), columns: vec![written(); 2], inherited: true },
        SynonymCycle { path: vec!["B".into(), "A".into()] },
        DuplicateEntity { name: written(), first: None },
        InheritanceCycle { path: vec!["B".into(), "A".into()] },
        NoPrimaryKey { selectable: Some(written()), candidates: vec![written()] },
        SecondaryIsEntity { written: written(), table: Some(written()) },
        InheritCondition { parent: written(), candidates: Vec::new() },
        InheritCondition { parent: written(), candidates: vec![(written(), None); 2] },
        UnknownCascade { written: written(), nearest: nearest.clone() },
        MissingIdentity { root: written() },
        DuplicateIdentity { identity: written(), entities: vec![(written(), None); 2] },
        AbstractWithoutDiscriminator { root: written() },
        NotInHierarchy { written: written() },
        ConcreteWithoutSelectable { entities: vec![written()] },
        PolymorphicLoadOfConcrete,
    ];
    let mut codes = Vec::new();
    for kind in all {
        let mut world = World::new(false);
        let entity = Some(world.entity(CUSTOMER));
        world.entities.push(entity::Defect { kind, entity, relationship: None, span: None });
        codes.push(world.only().code.name);
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 21, "two kinds share a code: {codes:?}");
}

#[test]
fn all_defects_of_sql_are_worded_but_for_what_declares_nothing() {
    use parse::{DefectKind::*, ScopeErrorKind};
    let x = || "x".to_owned();
    let name = |error| Name { written: x(), error, nearest: None };
    let dangling =
        |table_missing| DanglingKey { table: x(), missing: x(), nearest: None, table_missing };
    let unsupported = |relevant| Unsupported { what: x(), message: x(), relevant };
    let all = [
        (Syntax { message: x() }, Some("sql_syntax")),
        (NotUtf8 { byte: 0xe9 }, Some("not_utf8")),
        (unsupported(true), Some("unsupported_statement")),
        (unsupported(false), None),
        (TooDeep { unit: "levels", limit: 40 }, Some("too_deep")),
        (name(ScopeErrorKind::UnknownTable), Some("unknown_table")),
        (name(ScopeErrorKind::UnknownColumn { owner: x() }), Some("unknown_column")),
        (name(ScopeErrorKind::AmbiguousColumn { candidates: vec![x()] }), Some("ambiguous_column")),
        (name(ScopeErrorKind::Unqualified), Some("unqualified_column")),
        (DuplicateTable { table: x(), first: None }, Some("duplicate_table")),
        (DuplicateColumn { column: x(), first: None }, Some("duplicate_column")),
        (dangling(true), Some("unknown_table")),
        (dangling(false), Some("unknown_column")),
        (
            UnmatchedForeignKey { table: x(), referred: x(), columns: 1, referred_columns: 2 },
            Some("unmatched_foreign_key"),
        ),
    ];
    for (kind, code) in all {
        let mut world = World::new(false);
        let span = span(&world.sources, "true");
        world.sql.push(parse::Defect { kind, span });
        let found: Vec<_> = world.check().iter().map(|found| found.code.name).collect();
        assert_eq!(found, code.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn all_defects_of_a_document_are_worded() {
    use spec::DefectKind::*;
    let x = || "x".to_owned();
    let all = [
        (Syntax { message: x() }, "document_syntax"),
        (UnknownKey { key: "tabel".into(), owner: "entity", known: &["table"] }, "unknown_key"),
        (WrongType { key: x(), expected: "a string", found: "a list" }, "wrong_type"),
        (UnknownValue { key: x(), written: x(), known: &["select"] }, "unknown_value"),
        (MissingKey { owner: "relationship", name: x(), keys: &["target"] }, "missing_key"),
        (DuplicateKey { key: x(), first: None }, "duplicate_key"),
        (TooDeep { limit: 64 }, "too_deep"),
    ];
    for (kind, code) in all {
        let mut world = World::new(false);
        let span = span(&world.sources, "true");
        world.document.push(spec::Defect { kind, span });
        assert_eq!(world.only().code.name, code);
    }
}
