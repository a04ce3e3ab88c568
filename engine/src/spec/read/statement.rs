//! Requests and the statements they ask for.

use super::Reader;
use crate::base::Dialect;
use crate::spec::document::Text;
use crate::spec::request::{LoadSpec, Request, StatementSpec};
use crate::spec::value::{Kind, Table, Value};
use crate::text::Span;

const REQUEST_KEYS: &[&str] = &["id", "model", "statements"];
const STATEMENT_KEYS: &[&str] = &[
    "entity",
    "load",
    "path",
    "dialect",
    "limit",
    "offset",
    "order_by",
    "innerjoin",
    "aliased",
    "negate",
    "defer",
    "undefer",
    "undefer_group",
    "selectin_polymorphic",
    "labels",
    "placeholders",
    "profile",
    "defaults",
];
const PROFILES: &[&str] = &["sqlalchemy_2_1"];
/// What one statement can be, and what each step of a whole load can be.
const STRATEGIES: &[&str] = &[
    "select",
    "lazy",
    "lazy_reverse",
    "join",
    "outerjoin",
    "joined",
    "selectin",
    "subquery",
    "any",
    "has",
    "contains",
    "with_parent",
    "top_n",
    "json",
    "immediate",
    "none",
    "raise",
    "raise_on_sql",
    "auto",
];

impl Reader {
    pub(super) fn request(&mut self, table: Table, span: Span, text: &str) -> Request {
        self.require(&table, ("request", "", span), &["model"]);
        let mut request = Request::default();
        for (key, value) in table.into_entries() {
            match key.text() {
                "id" => {
                    let id = text.get(value.span.start as usize..value.span.end as usize);
                    request.id = id.map(str::to_owned);
                }
                "model" => {
                    let model = self.table(key.text(), value).map(|table| self.model(table));
                    request.model = model.unwrap_or_default();
                }
                "statements" => request.statements = self.statements(&key, value),
                _ => self.unknown_key(&key, "request", REQUEST_KEYS),
            }
        }
        request
    }

    fn statements(&mut self, key: &Text, value: Value) -> Vec<StatementSpec> {
        let items = self.list(key.text(), value, "a list of statements").into_iter();
        items.map(|item| self.statement(key, item)).collect()
    }

    fn statement(&mut self, key: &Text, value: Value) -> StatementSpec {
        let span = value.span;
        let mut spec = StatementSpec::new(span);
        let Kind::Table(table) = value.kind else {
            self.wrong_type(key.text(), &value, "a table");
            return spec;
        };
        self.require(&table, ("statement", "", span), &["entity"]);
        self.require(&table, ("statement", "", span), &["load"]);
        for (key, value) in table.into_entries() {
            self.statement_key(&mut spec, &key, value);
        }
        spec
    }

    fn load(&mut self, key: &Text, value: Value) -> Option<LoadSpec> {
        let Kind::Array(steps) = value.kind else {
            return self.word(key, value, STRATEGIES).map(LoadSpec::One);
        };
        let steps = steps.into_iter().map(|step| self.word(key, step, STRATEGIES));
        // All of them are read, so that each wrong one is told.
        let steps: Vec<_> = steps.collect();
        steps.into_iter().collect::<Option<_>>().map(LoadSpec::Steps)
    }

    fn statement_key(&mut self, spec: &mut StatementSpec, key: &Text, value: Value) {
        match key.text() {
            "entity" => spec.entity = self.text(key, value),
            "load" => spec.load = self.load(key, value),
            "path" => spec.path = self.texts(key, value),
            "dialect" => spec.dialect = self.word(key, value, Dialect::NAMES),
            "limit" => spec.limit = self.count(key, &value),
            "offset" => spec.offset = self.count(key, &value),
            "order_by" => spec.order_by = self.terms(key, value),
            "innerjoin" => spec.innerjoin = self.flag(key, &value),
            "aliased" => spec.aliased = self.flag(key, &value),
            "negate" => spec.negate = self.flag(key, &value),
            "defer" => spec.defer = self.texts(key, value),
            "undefer" => spec.undefer = self.texts(key, value),
            "undefer_group" => spec.undefer_group = self.texts(key, value),
            "selectin_polymorphic" => spec.selectin_polymorphic = self.texts(key, value),
            "labels" => spec.labels = self.word(key, value, &["table_column", "disambiguate"]),
            "placeholders" => spec.placeholders = self.word(key, value, &["dialect", "named"]),
            "profile" => spec.profile = self.word(key, value, PROFILES),
            "defaults" => spec.defaults = self.flag(key, &value),
            _ => self.unknown_key(key, "statement", STATEMENT_KEYS),
        }
    }
}
