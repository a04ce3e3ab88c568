//! In which order a database has values.

use std::cmp::Reverse;

use crate::database::Facts;
use crate::value::Value;

/// A value as an order compares it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum OrderKey {
    /// By itself.
    Ascending((bool, Value)),
    /// The other way round.
    Descending(Reverse<(bool, Value)>),
}

impl Facts {
    /// A value as an order that says nothing of NULL compares it.
    pub fn order_key(self, value: Value, descending: bool) -> OrderKey {
        let key = ((value == Value::Null) == self.nulls_last, value);
        if descending { OrderKey::Descending(Reverse(key)) } else { OrderKey::Ascending(key) }
    }
}
