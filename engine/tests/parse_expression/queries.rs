//! FROM clauses, queries, and the names they bring into scope.

use joinwright::base::Dialect;
use joinwright::graph::{ColumnSource, SelectableKind};
use joinwright::parse::Grammar;

use crate::world::{World, in_dialect, tree};

fn from(text: &str) -> String {
    let read = World::new().clause(text, &Grammar::of(Dialect::Ansi));
    assert_eq!(read.defects, [], "{text}");
    read.shown
}

fn query(text: &str) -> String {
    let read = World::new().query(text, &Grammar::of(Dialect::Ansi));
    assert_eq!(read.defects, [], "{text}");
    read.shown
}

#[test]
fn tables_are_shared_and_aliases_are_not() {
    let mut world = World::new();
    let ansi = Grammar::of(Dialect::Ansi);
    let (first, _) = world.clause_id("a", &ansi);
    let (second, _) = world.clause_id("\"a\"", &ansi);
    assert_eq!(first, second);
    let (alias, _) = world.clause_id("a AS a", &ansi);
    assert_ne!(first, alias);
    let alias = alias.unwrap();
    assert_eq!(world.graph.selectable(alias).kind, SelectableKind::Alias(first.unwrap()));
}

#[test]
fn from_clauses_join() {
    assert_eq!(from("s1.c"), "c");
    assert_eq!(from("a JOIN b ON a.id = b.a_id"), "(a join b on (a.id Equal b.a_id))");
    assert_eq!(
        from("a LEFT OUTER JOIN b ON a.id = b.a_id"),
        "(a left join b on (a.id Equal b.a_id))"
    );
    assert_eq!(from("a RIGHT JOIN b ON a.id = b.a_id"), "(b left join a on (a.id Equal b.a_id))");
    assert_eq!(from("a FULL JOIN b ON a.id = b.a_id"), "(a full join b on (a.id Equal b.a_id))");
    assert_eq!(from("a CROSS JOIN b"), "(a cross join b)");
    assert_eq!(from("a, b"), "(a cross join b)");
    assert_eq!(
        from("a JOIN b USING (id, x)"),
        "(a join b on and((a.id Equal b.id), (a.x Equal b.x)))"
    );
    assert_eq!(
        from("a JOIN (b JOIN node ON b.id = node.id) ON a.id = b.a_id"),
        "(a join (b join node on (b.id Equal node.id)) on (a.id Equal b.a_id))"
    );
    assert_eq!(from("E JOIN b ON E.key = b.a_id"), "(a join b on (a.id Equal b.a_id))");
    assert_eq!(
        from("node AS p JOIN node c ON p.id = c.parent_id"),
        "(node as p join node as c on (p.id Equal c.parent_id))"
    );
}

#[test]
fn subqueries_have_columns() {
    assert_eq!(
        from("(SELECT a.id AS aid, b.id FROM a JOIN b ON a.id = b.a_id) AS sub"),
        "[select a.id as aid, b.id from (a join b on (a.id Equal b.a_id))] as sub"
    );
    assert_eq!(
        from(
            "a JOIN (SELECT max(b.id) AS m, b.a_id FROM b GROUP BY b.a_id) AS t ON t.a_id = a.id AND t.m > 1"
        ),
        "(a join [select max(b.id) as m, b.a_id from b group b.a_id] as t on and((t.a_id Equal a.id), (t.m Greater 1)))"
    );
}

#[test]
fn a_query_keeps_the_lineage_of_plain_columns() {
    let mut world = World::new();
    let text = "SELECT a.id, a.x AS ax, count(b.id), a.x + 1, count(*) FROM a, b";
    let (id, defects) = world.query_id(text, &Grammar::of(Dialect::Ansi));
    assert_eq!(defects, []);
    let columns: Vec<_> = world.graph.columns(id.unwrap()).collect();
    let columns: Vec<_> = columns.iter().map(|column| world.graph.column(*column)).collect();
    let names: Vec<_> = columns.iter().map(|column| world.names.text(column.name)).collect();
    assert_eq!(names, ["id", "ax", "count_1", "anon_1", "count_2"]);
    let plain = columns.iter().filter(|column| matches!(column.source, ColumnSource::Alias(_)));
    assert_eq!(plain.count(), 2);
}

#[test]
fn queries_are_read_whole() {
    assert_eq!(
        query(
            "SELECT DISTINCT a.x FROM a WHERE a.y = 1 GROUP BY a.x HAVING count(*) > 1 ORDER BY a.x DESC LIMIT 5 OFFSET 2"
        ),
        "[select distinct a.x from a where (a.y Equal 1) group a.x having (count(*) Greater 1) order a.x desc limit 5 offset 2] as ?"
    );
    assert_eq!(query("SELECT * FROM a"), "[select a.id, a.x, a.y, a.name from a] as ?");
    assert_eq!(
        query("SELECT b.* FROM a, node AS b"),
        "[select b.id, b.parent_id, b.path from a, node as b] as ?"
    );
    assert_eq!(
        query("SELECT a.x FROM a FETCH FIRST 3 ROWS ONLY"),
        "[select a.x from a limit 3] as ?"
    );
    assert_eq!(
        query("SELECT a.x + 1 AS s FROM a ORDER BY s"),
        "[select (a.x Plus 1) as s from a order (a.x Plus 1)] as ?"
    );
}

#[test]
fn queries_combine() {
    assert_eq!(
        query("SELECT a.id FROM a UNION ALL SELECT b.id FROM b EXCEPT (SELECT node.id FROM node)"),
        "[((select a.id from a) Union all (select b.id from b)) Except (select node.id from node)] as ?"
    );
    assert_eq!(
        query("SELECT a.id FROM a UNION SELECT b.id FROM b ORDER BY id LIMIT 1"),
        "[select ?.id from [(select a.id from a) Union (select b.id from b)] as ? order ?.id limit 1] as ?"
    );
    assert_eq!(
        query("WITH big(n) AS (SELECT a.id FROM a WHERE a.x > 9) SELECT big.n FROM big"),
        "[select big.n from [select a.id from a where (a.x Greater 9)] as big] as ?"
    );
}

#[test]
fn each_query_of_a_union_has_a_scope_of_its_own() {
    assert_eq!(
        query("SELECT id FROM a UNION SELECT id FROM b"),
        "[(select a.id from a) Union (select b.id from b)] as ?"
    );
}

#[test]
fn rows_of_values_are_queries() {
    assert_eq!(
        from("(VALUES (1, 'x'), (2, 'y')) AS v (n, t) JOIN a ON a.id = v.n"),
        "([(select 1 as column1, 'x' as column2) Union all \
         (select 2 as column1, 'y' as column2)] as v join a on (a.id Equal v.n))"
    );
}

#[test]
fn a_lateral_query_names_what_stands_before_it() {
    assert_eq!(
        from("a JOIN LATERAL (SELECT b.id FROM b WHERE b.a_id = a.id) AS l ON TRUE"),
        "(a join [select b.id from b where (b.a_id Equal a.id)] as l on true)"
    );
}

#[test]
fn a_join_under_a_name_is_selected_from() {
    assert_eq!(
        from("(a JOIN b ON a.id = b.a_id) AS j"),
        "[select a.id as a_id_1, a.x as a_x, a.y, a.name as a_name, b.id as b_id, b.a_id, \
         b.x as b_x, b.name as b_name from (a join b on (a.id Equal b.a_id))] as j"
    );
}

#[test]
fn the_nearest_from_clause_gives_a_name_its_meaning() {
    assert_eq!(
        tree("EXISTS (SELECT 1 FROM node AS a WHERE a.parent_id = b.id)"),
        "exists(select 1 from node as a where (a.parent_id Equal b.id))"
    );
    assert_eq!(
        tree("a.x = (SELECT max(x) FROM b WHERE a_id = a.id)"),
        "(a.x Equal (select max(b.x) from b where (b.a_id Equal a.id)))"
    );
    assert_eq!(
        tree(
            "EXISTS (SELECT 1 FROM a AS o WHERE EXISTS (SELECT 1 FROM b WHERE b.a_id = o.id AND name = 'x'))"
        ),
        "exists(select 1 from a as o where exists(select 1 from b where and((b.a_id Equal o.id), (b.name Equal 'x'))))"
    );
}

#[test]
fn aliases_fold_as_the_dialect_does() {
    let mut world = World::new();
    let read = world.clause("a AS N JOIN b ON n.id = b.a_id", &in_dialect(Dialect::Postgres));
    assert_eq!(read.shown, "(a as n join b on (n.id Equal b.a_id))");
    let read = world.clause("a AS N JOIN b ON n.ID = b.a_id", &in_dialect(Dialect::MySql));
    assert_eq!(read.shown, "(a as N join b on (N.id Equal b.a_id))");
}

#[test]
fn wrong_names_are_told_once_and_the_rest_stays() {
    let mut world = World::new();
    let ansi = Grammar::of(Dialect::Ansi);
    let read = world.clause("a JOIN s1.nope AS n ON n.id = a.id AND a.zz = 1", &ansi);
    assert_eq!(read.shown, "a");
    assert_eq!(world.underlined(&read.defects), ["nope", "zz"]);
    let read = world.query(
        "SELECT id FROM a, b WHERE n.pat = 1 AND EXISTS (SELECT 1 FROM node AS n WHERE n.pat = 2)",
        &ansi,
    );
    assert_eq!(world.underlined(&read.defects), ["id", "n", "pat"]);
}

#[test]
fn order_by_terms_have_directions() {
    let mut world = World::new();
    let read =
        world.order_by("a.x DESC NULLS LAST, lower(b.name), a.id ASC", &Grammar::of(Dialect::Ansi));
    assert_eq!(read.shown, "a.x desc nulls last, lower(b.name), a.id asc");
    assert_eq!(read.defects, []);
}

#[test]
fn a_recursive_query_keeps_its_name() {
    let step = "SELECT node.id FROM node JOIN up AS u ON node.id = u.id";
    let read = |rest: &str| {
        query(&format!("WITH RECURSIVE up AS (SELECT id FROM node UNION ALL {step}){rest}"))
    };
    let up = "up(id) from [select node.id from node] \
              by all [select node.id from (node join up as u on (node.id Equal u.id))]";
    assert_eq!(read(" SELECT id FROM up"), format!("[with {up} select up.id from up] as ?"));
    // Another query of the same WITH still stands where it is named.
    assert_eq!(
        read(", two AS (SELECT id FROM up) SELECT id FROM two"),
        format!("[with {up} select two.id from [select up.id from up] as two] as ?")
    );
    assert_eq!(
        read(" SELECT id FROM up UNION SELECT id FROM node"),
        format!("[with {up} (select up.id from up) Union (select node.id from node)] as ?")
    );
}

#[test]
fn a_query_that_does_not_name_itself_is_not_recursive() {
    assert_eq!(
        query(
            "WITH RECURSIVE up AS (SELECT id FROM node UNION SELECT id FROM a) SELECT id FROM up"
        ),
        "[select up.id from [(select node.id from node) Union (select a.id from a)] as up] as ?"
    );
}

#[test]
fn a_recursive_query_takes_no_name_of_a_table() {
    let text =
        "WITH RECURSIVE a AS (SELECT id FROM node UNION ALL SELECT id + 1 FROM a) SELECT id FROM a";
    let read = World::new().query(text, &Grammar::of(Dialect::Postgres));
    let told: Vec<_> = read.defects.iter().map(|defect| format!("{:?}", defect.kind)).collect();
    assert!(told.iter().any(|it| it.contains("called like a table")), "{told:?}");
}

#[test]
fn the_word_recursive_is_not_said_everywhere() {
    let text = "WITH up AS (SELECT id FROM node UNION ALL SELECT id + 1 FROM up) SELECT id FROM up";
    for dialect in [Dialect::MsSql, Dialect::Oracle] {
        let read = World::new().query(text, &Grammar::of(dialect));
        assert!(read.defects.is_empty(), "{:?}", read.defects);
        assert!(read.shown.starts_with("[with up(id) from"), "{}", read.shown);
        let union = text.replace(" ALL", "");
        assert_eq!(World::new().query(&union, &Grammar::of(dialect)).defects.len(), 1);
    }
    assert_eq!(World::new().query(text, &Grammar::of(Dialect::Postgres)).defects.len(), 1);
}
