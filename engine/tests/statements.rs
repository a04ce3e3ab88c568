//! Plans and statements over models built by hand.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

use joinwright::base::{ColumnId, Dialect, EntityId, Names, RelationshipId};
use joinwright::catalog::{Catalog, Key, KeyKind, Table, TableColumn};
use joinwright::entity::{Entity, Mapping, Relationship};
use joinwright::graph::{
    BinaryOperator, ColumnSource, Condition, Expr, JoinKind, Literal, OccurrenceIndex, OrderTerm,
    Query, Roles, SelectItem, UnaryOperator,
};
use joinwright::plan::{self, Ordering, Refusal, Request, Strategy};
use joinwright::render::{self, Labels, Placeholders, Statement, Style};
use joinwright::resolve::{Answer, Direction, Join, Resolution, Sided, SidedRoles};

struct Shop {
    mapping: Mapping,
    answers: Vec<Answer>,
}

impl Shop {
    /// One entity a table, called like it; the first column is the primary key.
    fn new(tables: &[(&str, &[&str])]) -> Self {
        let (mut names, mut catalog) = (Names::new(), Catalog::new());
        for (table, columns) in tables {
            let id = catalog.add_table(Table::new(names.intern(table)), &names);
            let ids: Vec<_> = columns
                .iter()
                .map(|column| catalog.add_column(id, TableColumn::new(names.intern(column))))
                .collect();
            catalog.add_key(id, Key::new(KeyKind::Primary, vec![ids[0]]));
        }
        let tables: Vec<_> = catalog.tables().map(|(id, table)| (id, table.name)).collect();
        let mut mapping = Mapping::new(Dialect::Ansi, names, catalog);
        for (table, name) in tables {
            let selectable = mapping.graph.table(table).unwrap();
            let mut entity = Entity::new(name, selectable);
            let key = mapping.graph.columns(selectable).next();
            entity.primary_key = key.unwrap().into();
            mapping.add_entity(entity);
        }
        Self { mapping, answers: Vec::new() }
    }

    fn entity(&self, name: &str) -> EntityId {
        self.mapping.find_entity(name).unwrap()
    }

    fn column(&self, path: &str) -> ColumnId {
        let (table, column) = path.split_once('.').unwrap();
        let entity = self.mapping.entity(self.entity(table));
        let name = self.mapping.names.find(column).unwrap();
        self.mapping.graph.find_column(entity.selectable, name).unwrap()
    }

    fn occurrence(&mut self, path: &str) -> joinwright::base::ExprId {
        let column = self.column(path);
        self.mapping.graph.add(Expr::Column(column), None)
    }

    fn equal(&self, left: &str, right: &str) -> Condition {
        Condition::of_equalities([(self.column(left), self.column(right))])
    }

    /// A relationship whose occurrences named in `local` are local and all others remote.
    fn relate(&mut self, from: &str, name: &str, to: &str, local: &[u32], on: Condition) {
        let (from, to) = (self.entity(from), self.entity(to));
        let name = self.mapping.names.intern(name);
        self.mapping.add_relationship(Relationship::new(from, name, to));
        self.answers.push(Answer {
            join: Some(Join::new(sided(on, local), None)),
            direction: Some(Direction::OneToMany),
            uselist: true,
            ..Answer::default()
        });
    }

    fn last(&mut self) -> (&mut Relationship, &mut Answer) {
        let id = self.mapping.relationships().len() - 1;
        let (id, _) = self.mapping.relationships().nth(id).unwrap();
        (self.mapping.relationship_mut(id), self.answers.last_mut().unwrap())
    }

    fn scalar(&mut self) {
        let (_, answer) = self.last();
        (answer.uselist, answer.direction) = (false, Some(Direction::ManyToOne));
    }

    fn request(&self, entity: &str, path: &[&str], load: Strategy) -> Request {
        let mut at = self.entity(entity);
        let mut ids = Vec::new();
        for step in path {
            let name = self.mapping.names.find(step).unwrap();
            let id = self.mapping.find_relationship(at, name).unwrap();
            at = self.mapping.relationship(id).target;
            ids.push(id);
        }
        Request::new(self.entity(entity), ids, load)
    }

    fn statement(&self, request: &Request, style: Style) -> Result<Statement, Refusal> {
        let resolution = Resolution::from_answers(self.answers.clone());
        let plan = plan::plan(&self.mapping, &resolution, request)?;
        Ok(render::statement(&plan, &self.mapping, style))
    }

    fn sql(&self, request: &Request, dialect: Dialect) -> String {
        let style = Style { dialect, labels: Labels::Disambiguate, ..Style::default() };
        self.statement(request, style).unwrap().sql
    }
}

fn sided(condition: Condition, local: &[u32]) -> Sided {
    let is_local = |index: &joinwright::graph::OccurrenceIndex| local.contains(&index.0);
    let indices: Vec<_> = condition.indexed().map(|(index, _)| index).collect();
    let roles = |local: bool| -> Roles {
        indices.iter().copied().filter(|index| is_local(index) == local).collect()
    };
    let roles = SidedRoles { remote: roles(false), local: roles(true), ..SidedRoles::default() };
    Sided::new(condition, roles)
}

/// Leads a join over a secondary, whose columns stand on the right.
fn over(answer: &mut Answer, on: Condition) {
    let remote = Roles::from_iter([OccurrenceIndex(1)]);
    let secondary = Sided::new(on, SidedRoles { remote, ..SidedRoles::default() });
    let primary = answer.join.as_ref().unwrap().primary().clone();
    answer.join = Some(Join::new(primary, Some(secondary)));
}

/// Customers with two addresses and many orders, orders with items over a secondary.
fn shop() -> Shop {
    let mut shop = Shop::new(&[
        ("address", &["id", "city"]),
        ("customer", &["id", "billing_id", "shipping_id"]),
        ("order", &["id", "customer_id"]),
        ("item", &["id", "name"]),
        ("order_item", &["order_id", "item_id"]),
    ]);
    let on = shop.equal("address.id", "customer.billing_id");
    shop.relate("customer", "billing", "address", &[1], on);
    shop.scalar();
    let on = shop.equal("customer.id", "order.customer_id");
    shop.relate("customer", "orders", "order", &[0], on);
    let on = shop.equal("order.id", "order_item.order_id");
    shop.relate("order", "items", "item", &[0], on);
    let on = shop.equal("item.id", "order_item.item_id");
    let between = shop.mapping.entity(shop.entity("order_item")).selectable;
    let (relationship, answer) = shop.last();
    relationship.arguments.secondary = Some(between.into());
    over(answer, on);
    shop
}

#[test]
fn a_joined_load_labels_by_table_and_column_and_lays_out_its_rows() {
    let shop = shop();
    let request = shop.request("customer", &["billing"], Strategy::Joined);
    let statement = shop.statement(&request, Style::default()).unwrap();
    assert_eq!(
        statement.sql,
        "SELECT customer.id AS customer_id, customer.billing_id AS customer_billing_id, \
         customer.shipping_id AS customer_shipping_id, address_1.id AS address_1_id, \
         address_1.city AS address_1_city FROM customer LEFT OUTER JOIN address AS address_1 \
         ON address_1.id = customer.billing_id"
    );
    let column = &statement.columns[3];
    assert_eq!((column.label.as_str(), column.primary_key), ("address_1_id", true));
    assert_eq!(column.entity, shop.entity("address"));
    assert_eq!(column.path, [shop.mapping.names.find("billing").unwrap()]);
}

#[test]
fn a_limit_over_a_collection_applies_to_the_parents() {
    let shop = shop();
    let mut request = shop.request("customer", &["orders"], Strategy::Joined);
    (request.limit, request.offset) = (Some(10), Some(5));
    request.order_by = Ordering::PrimaryKey;
    let columns = "anon_1.id, anon_1.billing_id, anon_1.shipping_id, order_1.id AS id_1, \
                   order_1.customer_id";
    let inner = "SELECT customer.id AS id, customer.billing_id AS billing_id, \
                 customer.shipping_id AS shipping_id FROM customer ORDER BY customer.id";
    let cases = [
        (Dialect::Postgres, "LIMIT $1 OFFSET $2", " AS"),
        (Dialect::MySql, "LIMIT ?, ?", " AS"),
        (Dialect::Oracle, "OFFSET :p1 ROWS FETCH FIRST :p2 ROWS ONLY", ""),
    ];
    for (dialect, limit, alias) in cases {
        let quote = if dialect == Dialect::MySql { '`' } else { '"' };
        assert_eq!(
            shop.sql(&request, dialect),
            format!(
                "SELECT {columns} FROM ({inner} {limit}){alias} anon_1 LEFT OUTER JOIN \
                 {quote}order{quote}{alias} order_1 ON anon_1.id = order_1.customer_id \
                 ORDER BY anon_1.id"
            )
        );
    }
}

#[test]
fn a_limit_over_single_values_applies_outside() {
    let shop = shop();
    let mut request = shop.request("customer", &["billing"], Strategy::Joined);
    request.limit = Some(3);
    let sql = shop.sql(&request, Dialect::Sqlite);
    assert!(sql.ends_with("ON address_1.id = customer.billing_id LIMIT ? OFFSET ?"), "{sql}");
    let sql = shop.sql(&request, Dialect::MsSql);
    assert!(sql.starts_with("SELECT TOP (@p1) customer.id, "), "{sql}");
}

#[test]
fn an_inner_join_after_an_outer_one_goes_inside_it() {
    let mut shop = shop();
    let on = shop.equal("customer.id", "order.customer_id");
    shop.relate("order", "customer", "customer", &[1], on);
    shop.scalar();
    shop.last().0.arguments.innerjoin = Some(true.into());
    let request = shop.request("customer", &["orders", "customer"], Strategy::Joined);
    let sql = shop.sql(&request, Dialect::Ansi);
    let from = sql.split_once(" FROM ").unwrap().1;
    assert_eq!(
        from,
        "customer LEFT OUTER JOIN (\"order\" AS order_1 JOIN customer AS customer_1 \
         ON customer_1.id = order_1.customer_id) ON customer.id = order_1.customer_id"
    );
}

#[test]
fn a_secondary_is_aliased_in_joins_and_listed_in_lazy_loads() {
    let shop = shop();
    let cases = [
        (
            Strategy::Join,
            "\"order\" JOIN order_item AS order_item_1 ON \"order\".id = order_item_1.order_id \
             JOIN item ON item.id = order_item_1.item_id",
        ),
        (
            Strategy::OuterJoin,
            "\"order\" LEFT OUTER JOIN (order_item AS order_item_1 JOIN item \
             ON item.id = order_item_1.item_id) ON \"order\".id = order_item_1.order_id",
        ),
        (
            Strategy::Lazy,
            "item, order_item WHERE :p1 = order_item.order_id AND item.id = order_item.item_id",
        ),
        (
            Strategy::LazyReverse,
            "\"order\", order_item WHERE \"order\".id = order_item.order_id \
             AND :p1 = order_item.item_id",
        ),
        (
            Strategy::WithParent,
            "item, order_item AS order_item_1 WHERE :p1 = order_item_1.order_id \
             AND item.id = order_item_1.item_id",
        ),
        (
            Strategy::Any,
            "\"order\" WHERE EXISTS (SELECT 1 FROM item, order_item \
             WHERE \"order\".id = order_item.order_id AND item.id = order_item.item_id)",
        ),
    ];
    for (load, expected) in cases {
        let sql = shop.sql(&shop.request("order", &["items"], load), Dialect::Ansi);
        assert_eq!(sql.split_once(" FROM ").unwrap().1, expected, "{}", load.name());
    }
}

#[test]
fn a_selectin_load_leaves_out_the_parent_where_it_can() {
    let shop = shop();
    let cases = [
        ("customer", "orders", "\"order\" WHERE \"order\".customer_id IN (:p1)", "customer.id"),
        ("customer", "billing", "address WHERE address.id IN (:p1)", "customer.billing_id"),
    ];
    for (entity, path, expected, key) in cases {
        let request = shop.request(entity, &[path], Strategy::Selectin);
        let statement = shop.statement(&request, Style::default()).unwrap();
        assert_eq!(statement.sql.split_once(" FROM ").unwrap().1, expected);
        assert_eq!(statement.parameters[0].columns, [shop.column(key)]);
    }
    let request = shop.request("order", &["items"], Strategy::Selectin);
    assert_eq!(
        shop.sql(&request, Dialect::MySql),
        "SELECT order_1.id, item.id AS id_1, item.name FROM `order` AS order_1 \
         INNER JOIN order_item AS order_item_1 ON order_1.id = order_item_1.order_id \
         INNER JOIN item ON item.id = order_item_1.item_id WHERE order_1.id IN (?)"
    );
}

#[test]
fn a_subquery_load_repeats_the_query_for_its_keys() {
    let shop = shop();
    let mut request = shop.request("customer", &["billing"], Strategy::Subquery);
    let rest = "AS anon_1 JOIN address ON address.id = anon_1.customer_billing_id";
    let columns = "address.id AS address_id, address.city AS address_city, \
                   anon_1.customer_billing_id AS anon_1_customer_billing_id";
    let inner = "SELECT DISTINCT customer.billing_id AS customer_billing_id FROM customer";
    let expected = format!("SELECT {columns} FROM ({inner}) {rest}");
    assert_eq!(shop.sql(&request, Dialect::Ansi), expected);
    request.limit = Some(2);
    let limited = "SELECT customer.billing_id AS customer_billing_id FROM customer LIMIT :p1";
    let distinct = format!(
        "SELECT DISTINCT anon_2.customer_billing_id AS anon_2_customer_billing_id \
         FROM ({limited}) AS anon_2"
    );
    let sql = shop.sql(&request, Dialect::Ansi);
    assert!(sql.contains(&format!(" FROM ({distinct}) AS anon_1 JOIN address ")), "{sql}");
}

#[test]
fn a_row_that_is_found_by_its_key_has_the_key_on_the_left() {
    let shop = shop();
    let request = shop.request("customer", &["billing"], Strategy::Lazy);
    let style = Style { labels: Labels::Disambiguate, ..Style::default() };
    let statement = shop.statement(&request, style).unwrap();
    assert_eq!(
        statement.sql,
        "SELECT address.id, address.city FROM address WHERE address.id = :p1"
    );
    assert_eq!(statement.parameters[0].column, Some(shop.column("customer.billing_id")));
}

#[test]
fn the_sides_of_a_self_referential_condition_are_told_by_their_roles() {
    let mut shop = Shop::new(&[("element", &["path"])]);
    let (remote, local) = (shop.occurrence("element.path"), shop.occurrence("element.path"));
    let graph = &mut shop.mapping.graph;
    let suffix = graph.add(Expr::Literal(Literal::String("/%".into())), None);
    let concat = BinaryOperator::Concat;
    let pattern = graph.add(Expr::Binary { operator: concat, left: local, right: suffix }, None);
    let like =
        Expr::Like { value: remote, pattern, escape: None, negated: false, insensitive: false };
    let root = graph.add(like, None);
    let on = Condition::of_expression(&shop.mapping.graph, root, []);
    let term = OrderTerm { expr: remote, descending: Some(true), nulls_first: None };
    shop.relate("element", "descendants", "element", &[1], on);
    shop.last().0.arguments.order_by.push(term);
    let join = shop.request("element", &["descendants"], Strategy::Join);
    assert_eq!(
        shop.sql(&join, Dialect::Ansi),
        "SELECT element.path FROM element JOIN element AS element_1 \
         ON element_1.path LIKE (element.path || '/%')"
    );
    let lazy = shop.request("element", &["descendants"], Strategy::Lazy);
    assert_eq!(
        shop.sql(&lazy, Dialect::MySql),
        "SELECT element.path FROM element WHERE element.path LIKE (concat(?, '/%')) \
         ORDER BY element.path DESC"
    );
}

#[test]
fn a_secondary_that_joins_tables_is_aliased_table_by_table() {
    let mut shop = Shop::new(&[
        ("a", &["id", "b_id"]),
        ("b", &["id", "d_id"]),
        ("c", &["id", "a_id", "d_id"]),
        ("d", &["id"]),
    ]);
    let table = |shop: &Shop, name: &str| shop.mapping.entity(shop.entity(name)).selectable;
    let on = [("b.d_id", "d.id"), ("c.d_id", "d.id")].map(|(left, right)| {
        let (left, right) = (shop.occurrence(left), shop.occurrence(right));
        let operator = BinaryOperator::Equal;
        shop.mapping.graph.add(Expr::Binary { operator, left, right }, None)
    });
    let (b, c, d) = (table(&shop, "b"), table(&shop, "c"), table(&shop, "d"));
    let bd = shop.mapping.graph.add_join(b, d, JoinKind::Inner, Some(on[0]));
    let secondary = shop.mapping.graph.add_join(bd, c, JoinKind::Inner, Some(on[1]));
    let pairs = [("a.b_id", "b.id"), ("a.id", "c.a_id")];
    let pairs = pairs.map(|(left, right)| (shop.column(left), shop.column(right)));
    shop.relate("a", "d", "d", &[0, 2], Condition::of_equalities(pairs));
    let on = shop.equal("d.id", "b.d_id");
    let (relationship, answer) = shop.last();
    relationship.arguments.secondary = Some(secondary.into());
    over(answer, on);
    let join = shop.request("a", &["d"], Strategy::Join);
    assert_eq!(
        shop.sql(&join, Dialect::Ansi),
        "SELECT a.id, a.b_id FROM a JOIN (b AS b_1 JOIN d AS d_1 ON b_1.d_id = d_1.id \
         JOIN c AS c_1 ON c_1.d_id = d_1.id) ON a.b_id = b_1.id AND a.id = c_1.a_id \
         JOIN d ON d.id = b_1.d_id"
    );
    let lazy = shop.request("a", &["d"], Strategy::Lazy);
    assert_eq!(
        shop.sql(&lazy, Dialect::Ansi),
        "SELECT d.id FROM b JOIN d ON b.d_id = d.id JOIN c ON c.d_id = d.id \
         WHERE :p1 = b.id AND :p2 = c.a_id AND d.id = b.d_id"
    );
}

/// `stuff.id = (SELECT stuff.id FROM stuff WHERE stuff.user_id = users.id LIMIT 1)`
fn latest(shop: &mut Shop) -> Condition {
    let [id, inner, from, to] =
        ["stuff.id", "stuff.id", "stuff.user_id", "users.id"].map(|path| shop.occurrence(path));
    let stuff = shop.mapping.entity(shop.entity("stuff")).selectable;
    let graph = &mut shop.mapping.graph;
    let operator = BinaryOperator::Equal;
    let filter = graph.add(Expr::Binary { operator, left: from, right: to }, None);
    let limit = graph.add(Expr::Literal(Literal::Number("1".into())), None);
    let query = graph.add_query(Query::Select {
        distinct: false,
        items: vec![SelectItem { expr: inner, label: None }],
        from: vec![stuff],
        filter: Some(filter),
        group_by: Vec::new(),
        having: None,
        order_by: Vec::new(),
        limit: Some(limit),
        offset: None,
    });
    let right = graph.add(Expr::Scalar(query), None);
    let root = graph.add(Expr::Binary { operator, left: id, right }, None);
    Condition::of_expression(graph, root, [])
}

#[test]
fn a_subquery_in_a_condition_keeps_its_own_columns() {
    let mut shop = Shop::new(&[("users", &["id"]), ("stuff", &["id", "user_id"])]);
    let on = latest(&mut shop);
    shop.relate("users", "latest", "stuff", &[3], on);
    let from = |load, dialect| {
        let sql = shop.sql(&shop.request("users", &["latest"], load), dialect);
        sql.split_once(" FROM ").unwrap().1.to_owned()
    };
    assert_eq!(
        from(Strategy::Lazy, Dialect::Sqlite),
        "stuff WHERE stuff.id = \
         (SELECT stuff.id FROM stuff WHERE stuff.user_id = ? LIMIT 1 OFFSET 0)"
    );
    assert_eq!(
        from(Strategy::Joined, Dialect::MsSql),
        "users LEFT OUTER JOIN stuff AS stuff_1 ON stuff_1.id = \
         (SELECT TOP 1 stuff_1.id FROM stuff AS stuff_1 WHERE stuff_1.user_id = users.id)"
    );
}

#[test]
fn an_entity_that_maps_a_query_is_selected_from_under_a_made_up_name() {
    let mut shop = Shop::new(&[("a", &["id"]), ("b", &["id", "a_id"])]);
    let [id, a_id] = ["b.id", "b.a_id"].map(|path| shop.occurrence(path));
    let b = shop.mapping.entity(shop.entity("b")).selectable;
    let columns = ["b.id", "b.a_id"].map(|path| shop.column(path));
    let names = columns.map(|column| shop.mapping.graph.column(column).name);
    let query = shop.mapping.graph.add_query(Query::Select {
        distinct: false,
        items: [id, a_id].map(|expr| SelectItem { expr, label: None }).to_vec(),
        from: vec![b],
        filter: None,
        group_by: Vec::new(),
        having: None,
        order_by: Vec::new(),
        limit: None,
        offset: None,
    });
    let sources = columns.map(ColumnSource::Alias);
    let shown = names.into_iter().zip(sources).collect();
    let selectable = shop.mapping.graph.add_subquery(query, None, shown);
    let entity = Entity::new(shop.mapping.names.intern("first"), selectable);
    shop.mapping.add_entity(entity);
    let on = shop.equal("a.id", "first.a_id");
    shop.relate("a", "firsts", "first", &[0], on);
    let query = "(SELECT b.id AS id, b.a_id AS a_id FROM b)";
    let sql = shop.sql(&shop.request("a", &["firsts"], Strategy::Joined), Dialect::Ansi);
    assert_eq!(
        sql,
        format!(
            "SELECT a.id, anon_1.id AS id_1, anon_1.a_id FROM a \
             LEFT OUTER JOIN {query} AS anon_1 ON a.id = anon_1.a_id"
        )
    );
    let sql = shop.sql(&shop.request("a", &["firsts"], Strategy::Lazy), Dialect::Oracle);
    assert_eq!(
        sql,
        format!("SELECT anon_1.id, anon_1.a_id FROM {query} anon_1 WHERE :p1 = anon_1.a_id")
    );
    let column = shop.column("first.a_id");
    assert_eq!(render::column_path(&shop.mapping, column), "first.a_id");
}

#[test]
fn parameters_that_have_no_name_are_counted_one_by_one() {
    let mut shop = shop();
    let pairs = [("order.id", "address.id"), ("order.id", "address.city")];
    let pairs = pairs.map(|(left, right)| (shop.column(left), shop.column(right)));
    shop.relate("order", "places", "address", &[0, 2], Condition::of_equalities(pairs));
    let request = shop.request("order", &["places"], Strategy::Lazy);
    let count = |dialect, placeholders| {
        let style = Style { dialect, placeholders, ..Style::default() };
        shop.statement(&request, style).unwrap().parameters.len()
    };
    assert_eq!(count(Dialect::Postgres, Placeholders::Dialect), 1);
    assert_eq!(count(Dialect::Sqlite, Placeholders::Dialect), 2);
    assert_eq!(count(Dialect::Sqlite, Placeholders::Named), 1);
}

#[test]
fn parentheses_keep_the_tree() {
    let mut shop = shop();
    let [id, city, billing] =
        ["address.id", "address.city", "customer.billing_id"].map(|path| shop.occurrence(path));
    let graph = &mut shop.mapping.graph;
    let mut binary =
        |operator, left, right| graph.add(Expr::Binary { operator, left, right }, None);
    let difference = binary(BinaryOperator::Minus, id, billing);
    let right = binary(BinaryOperator::Minus, id, difference);
    let left = binary(BinaryOperator::Plus, difference, city);
    let product = binary(BinaryOperator::Multiply, left, right);
    let equal = binary(BinaryOperator::Equal, product, id);
    let either = graph.add(Expr::Or([equal, equal].into()), None);
    let not = Expr::Unary { operator: UnaryOperator::Not, operand: either };
    let not = graph.add(not, None);
    let both = graph.add(Expr::And([not, either].into()), None);
    let text = |root| {
        let condition = Condition::of_expression(&shop.mapping.graph, root, []);
        render::condition(&shop.mapping, &condition, Dialect::Ansi)
    };
    let (d, c) = ("address.id - customer.billing_id", "address.city");
    let equal = format!("(({d}) + {c}) * (address.id - ({d})) = address.id");
    assert_eq!(text(both), format!("NOT ({equal} OR {equal}) AND ({equal} OR {equal})"));
}

#[test]
fn deep_conditions_do_not_exhaust_the_stack() {
    let mut shop = shop();
    let mut root = shop.occurrence("address.id");
    for _ in 0..200_000 {
        let not = Expr::Unary { operator: UnaryOperator::Minus, operand: root };
        root = shop.mapping.graph.add(not, None);
    }
    let condition = Condition::of_expression(&shop.mapping.graph, root, []);
    let text = render::condition(&shop.mapping, &condition, Dialect::Ansi);
    assert!(text.starts_with("-(-(-("));
}

#[test]
fn strategies_that_do_not_fit_are_refused() {
    let shop = shop();
    let refused = |request: &Request| shop.statement(request, Style::default()).unwrap_err();
    let (billing, orders) = (["billing"], ["orders"]);
    let any = shop.request("customer", &billing, Strategy::Any);
    assert_eq!(refused(&any), Refusal::AnyOnScalar(any.path[0].relationship));
    let has = shop.request("customer", &orders, Strategy::Has);
    assert_eq!(refused(&has), Refusal::HasOnCollection(has.path[0].relationship));
    let lazy = shop.request("customer", &["orders", "items"], Strategy::Lazy);
    assert_eq!(refused(&lazy), Refusal::PathTooLong(Strategy::Lazy));
    let mut foreign = shop.request("customer", &orders, Strategy::Join);
    foreign.entity = shop.entity("address");
    assert!(matches!(refused(&foreign), Refusal::UnknownRelationship { .. }));
    let mut incomplete = shop.request("customer", &orders, Strategy::Join);
    let mut broken = Shop { answers: shop.answers.clone(), ..shop };
    broken.answers[1].direction = None;
    incomplete.path.truncate(1);
    let id: RelationshipId = incomplete.path[0].relationship;
    let refused = broken.statement(&incomplete, Style::default()).unwrap_err();
    assert_eq!(refused, Refusal::IncompleteRelationship(id));
}
