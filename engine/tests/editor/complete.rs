use joinwright::editor::Completion;
use joinwright::report::Severity;
use joinwright::spec::Format;

use crate::stage::{DDL, MODEL, Stage};

fn completions(stage: &Stage) -> Vec<Completion> {
    let (source, offset) = stage.cursor;
    stage.editor().complete(source, offset)
}

/// What could be written behind [`MODEL`], in whose last relationship nothing but `text` stands.
fn labels(text: &str) -> Vec<String> {
    let stage = stage(text);
    completions(&stage).into_iter().map(|it| it.label).collect()
}

fn stage(text: &str) -> Stage {
    let before = MODEL.split("target = \"Address\"\nprimaryjoin").next().unwrap();
    Stage::new(&format!("{before}{text}\n\n[entity.Node]\ntable = 'node'\n"), DDL)
}

/// The document after the completion of this label.
fn completed(stage: &Stage, label: &str) -> String {
    let found = completions(stage);
    let labels: Vec<_> = found.iter().map(|it| it.label.as_str()).collect();
    let chosen = found.iter().find(|it| it.label == label);
    assert!(chosen.is_some(), "{label} is not in {labels:?}");
    stage.edited(&[chosen.unwrap().edit()])
}

#[test]
fn keys_are_those_that_are_not_there_yet() {
    let found = labels("target = 'Address'\n$0");
    assert!(found.contains(&"primaryjoin".to_owned()), "{found:?}");
    assert!(!found.contains(&"target".to_owned()) && !found.contains(&"table".to_owned()));
    assert!(labels("pri$0").contains(&"primaryjoin".to_owned()));
    assert!(completed(&stage("pri$0"), "primaryjoin").contains("\nprimaryjoin = \n"));
    assert!(completed(&stage("pri$0 = ''"), "primaryjoin").contains("\nprimaryjoin = ''\n"));
    assert!(labels("backref = {na$0").contains(&"name".to_owned()));
    assert!(labels("# $0").is_empty());
}

#[test]
fn headers_take_what_is_there_and_what_tables_suggest() {
    assert_eq!(labels("[$0"), ["entity"]);
    assert_eq!(labels("[entity.$0"), ["Address", "Customer", "Node"]);
    let document = "schema = ['schema.sql']\n[entity.$0]\n";
    let found = completions(&Stage::new(document, DDL));
    let found: Vec<_> = found.iter().map(|it| (it.label.as_str(), it.detail.as_str())).collect();
    let suggested = [
        ("Address", "for table address"),
        ("Customer", "for table customer"),
        ("Node", "for table node"),
    ];
    assert_eq!(found, suggested);
    assert_eq!(labels("[entity.Customer.$0]"), ["attribute", "relationship"]);
    assert_eq!(labels("[entity.Address.relationship.$0]"), ["customer"]);
    assert_eq!(labels("[entity.Node.relationship.pa$0]"), ["node", "parent"]);
}

#[test]
fn values_are_offered_with_and_without_quotes() {
    assert_eq!(labels("target = '$0'"), ["Address", "Customer", "Node"]);
    assert!(completed(&stage("target = 'Ad$0'"), "Address").contains("target = 'Address'\n"));
    assert!(completed(&stage("target = $0"), "Address").contains("target = \"Address\"\n"));
    assert!(completed(&stage("target = Ad$0"), "Address").contains("target = \"Address\"\n"));
    assert!(completed(&stage("target = 'Ad$0"), "Address").contains("target = 'Address\n"));
    assert!(labels("load = '$0'").contains(&"selectin".to_owned()));
    assert_eq!(labels("viewonly = $0"), ["false", "true"]);
    assert_eq!(labels("viewonly = t$0"), ["false", "true"]);
    assert!(labels("ignore = ['no_f$0']").contains(&"no_foreign_keys".to_owned()));
    assert_eq!(labels("secondary = '$0'"), ["address", "customer", "node"]);
    assert!(labels("target = 'x'$0").is_empty());
}

#[test]
fn sql_names_are_completed_part_by_part() {
    let found = labels("target = 'Address'\nprimaryjoin = 'Customer.id = $0'");
    for name in ["Address", "Customer", "address", "customer", "foreign", "remote"] {
        assert!(found.contains(&name.to_owned()), "{name} is not in {found:?}");
    }
    let found = labels("target = 'Address'\nprimaryjoin = 'Customer.$0'");
    assert_eq!(found, ["billing_id", "id", "shipping_id", "title"]);
    let marked = stage("target = 'Address'\nprimaryjoin = \"'\\u00e9' = address.ci$0 AND\"");
    assert!(completed(&marked, "city").contains("\"'\\u00e9' = address.city AND\""));
    let found = labels("target = 'Address'\nforeign_keys = ['address.$0']");
    assert_eq!(found, ["city", "id"]);
}

#[test]
fn an_alias_is_completed_by_what_it_stands_for() {
    let text = "[entity.A]\nfrom = 'node AS up JOIN node down ON down.$0'\n";
    let stage = Stage::new(&format!("schema = ['schema.sql']\n{text}"), DDL);
    let found: Vec<_> = completions(&stage).into_iter().map(|it| it.label).collect();
    assert_eq!(found, ["id", "parent_id", "path"]);
}

#[test]
fn whole_conditions_and_keys_come_from_foreign_keys() {
    let conditions = ["address.id = customer.billing_id", "address.id = customer.shipping_id"];
    for join in ["primaryjoin = '$0'", "primaryjoin = $0", "primaryjoin = 'addr$0'"] {
        assert_eq!(labels(&format!("target = 'Address'\n{join}"))[..2], conditions, "{join}");
    }
    let text = completed(&stage("target = 'Address'\nprimaryjoin = 'addr$0'"), conditions[0]);
    assert!(text.contains("primaryjoin = 'address.id = customer.billing_id'\n"), "{text}");
    let keys = ["customer.billing_id", "customer.shipping_id"];
    for value in ["['$0']", "$0", "[$0]", "['', $0]"] {
        assert_eq!(labels(&format!("target = 'Address'\nforeign_keys = {value}"))[..2], keys);
    }
    let own = "target = 'Node'\n[entity.Node.relationship.up]\ntarget = 'Node'\nprimaryjoin = '$0'";
    let expected = ["node.id = remote(node.parent_id)", "remote(node.id) = node.parent_id"];
    assert_eq!(labels(own)[..2], expected);
}

#[test]
fn every_whole_condition_resolves() {
    let model = MODEL.split("primaryjoin").next().unwrap();
    let found = completions(&Stage::new(&format!("{model}primaryjoin = '$0'\n"), DDL));
    for completion in found.iter().filter(|it| it.label.contains('=')) {
        let stage = Stage::new(&format!("{model}primaryjoin = '{}'\n", completion.insert), DDL);
        let found = stage.model.diagnostics();
        let broken = found.iter().any(|it| it.code.severity == Severity::Error);
        assert!(!broken, "{}", completion.insert);
    }
}

#[test]
fn a_reverse_is_one_that_leads_back() {
    let text = "target = 'Address'\n[entity.Address.relationship.payers]\ntarget = 'Customer'\n\
                back_populates = '$0'";
    assert_eq!(labels(text), ["billing", "shipping"]);
}

#[test]
fn ddl_completes_what_keys_refer_to() {
    let at = |marked: &str| {
        let found = completions(&Stage::at(marked));
        found.into_iter().map(|it| it.label).collect::<Vec<_>>()
    };
    assert_eq!(at("REFERENCES addr$0ess (id)"), ["address", "customer", "node"]);
    assert_eq!(at("REFERENCES address (i$0d)"), ["city", "id"]);
    assert!(at("city TE$0XT").is_empty());
    let ddl = format!("{DDL}CREATE TABLE line (id INT, a INT, PRIMARY KEY ($0));");
    let found = completions(&Stage::new(MODEL, &ddl));
    assert_eq!(found.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(), ["a", "id"]);
}

#[test]
fn json_is_completed_in_its_own_form() {
    let text = |text: &str| Stage::of(text, "", Format::Json);
    let stage = text(r#"{"dialect": "ansi", "co$0": 1}"#);
    let found = completions(&stage);
    let chosen = found.iter().find(|it| it.label == "comparison_operators").unwrap();
    assert_eq!(stage.edited(&[chosen.edit()]), r#"{"dialect": "ansi", "comparison_operators": 1}"#);
    let found = completions(&text(r#"{"dialect": "$0"}"#));
    assert!(found.iter().any(|it| it.label == "postgres"));
}

#[test]
fn cascades_are_offered_one_by_one() {
    assert_eq!(labels("target = 'Address'\ncascade = '$0'")[..2], ["all", "delete"]);
    let after = completed(&stage("target = 'Address'\ncascade = \"all, $0\""), "delete-orphan");
    assert!(after.contains("cascade = \"all, delete-orphan\""), "{after}");
}

#[test]
fn only_aliases_that_can_be_named_are_offered() {
    let pair = "[entity.Pair]\nfrom = 'node AS up JOIN node AS down ON down.parent_id = up.id'\n\
                [entity.Own]\nalias = 'own'\nselect = 'SELECT n.id FROM node AS n WHERE $1'\n";
    let text = |condition: &str, own: &str| {
        let text = format!("target = 'Address'\nprimaryjoin = '{condition}'\n{pair}");
        labels(&text.replace("$1", own))
    };
    let has = |found: &[String], name: &str| found.iter().any(|it| it == name);
    let found = text("Customer.id = $0", "n.id > 0");
    assert!(has(&found, "up") && has(&found, "own") && !has(&found, "n"), "{found:?}");
    assert_eq!(found[..2], ["Address", "Customer"]);
    assert!(has(&text("", "n.id > $0"), "n"));
}

#[test]
fn an_index_names_a_table_and_its_columns() {
    let at = |marked: &str| {
        let ddl = DDL.replace(&marked.replace("$0", ""), marked);
        completions(&Stage::new(MODEL, &ddl)).into_iter().map(|it| it.label).collect::<Vec<_>>()
    };
    assert_eq!(at("customer_name ON $0customer"), ["address", "customer", "node"]);
    assert_eq!(at("ON customer ($0name"), ["billing_id", "id", "name", "shipping_id"]);
}
