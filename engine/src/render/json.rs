//! Values that are JSON: the rows of a sub-SELECT as an array, or its only row as an object.

use super::dialect::{Json, JsonFunctions, JsonOrder};
use super::writer::Writer;
use crate::plan::{Item, JsonShape, Scalar, Select, SelectId};

impl<'a> Writer<'a> {
    /// The rows of a sub-SELECT as JSON. One document stands in another, as deep as plans go.
    pub(super) fn json(&mut self, id: SelectId) {
        let Some(select) = self.plan.and_then(|plan| plan.select(id)) else { return };
        let shape = select.json.unwrap_or(JsonShape::Array);
        match (self.dialect.json, shape) {
            (Json::Functions(functions), JsonShape::Array) => self.array(select, functions),
            (Json::Functions(functions), JsonShape::Object) => {
                self.push("(SELECT ");
                self.object(select, functions);
                self.sources(select);
                self.order_by(select.order_by);
                self.limit(select);
                self.push(")");
            }
            (Json::ForPath, shape) => self.for_path(id, select, shape),
        }
    }

    fn array(&mut self, select: &Select<'a>, functions: &JsonFunctions) {
        let windowed = functions.order == JsonOrder::Window && !select.order_by.is_empty();
        self.push(functions.or_empty.0);
        self.push("(SELECT ");
        self.push(functions.array.0);
        self.object(select, functions);
        if !windowed {
            self.order_by(select.order_by);
        }
        self.push(functions.array.1);
        if windowed {
            // The frame is all rows, in order; the value is the same on each of them.
            self.push(" OVER (");
            self.ordered(select.order_by);
            self.push(" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)");
        }
        self.sources(select);
        self.push(if windowed { " LIMIT 1" } else { "" });
        self.push(")");
        self.push(functions.or_empty.1);
    }

    /// An object; one that is wider than a function takes is put together from several.
    fn object(&mut self, select: &Select<'a>, functions: &JsonFunctions) {
        let Some(plan) = self.plan else { return };
        let members: Vec<_> = plan.items(self.mapping, select).collect();
        match functions.wide {
            Some(wide) if members.len() > wide.members => {
                for (i, part) in members.chunks(wide.members.max(1)).enumerate() {
                    self.push(if i > 0 { wide.between } else { "" });
                    self.push(wide.object);
                    self.members(part, functions);
                    self.push(functions.object.1);
                }
            }
            _ => {
                self.push(functions.object.0);
                self.members(&members, functions);
                self.push(functions.object.1);
            }
        }
    }

    fn members(&mut self, members: &[Item], functions: &JsonFunctions) {
        for (i, item) in members.iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            self.push(functions.member.0);
            let key = item.label.map(|name| self.mapping.names.text(name));
            self.dialect.write_string(key.unwrap_or_default(), self.out);
            self.push(functions.member.1);
            let nested = matches!(item.value, Scalar::Json(_));
            let (before, after) = if nested { functions.nested } else { ("", "") };
            self.push(before);
            self.scalar(item.value);
            self.push(after);
        }
    }

    /// `FOR JSON` makes text of a sub-SELECT; `JSON_QUERY` says that the text is JSON. The words
    /// `ISNULL`, and not `COALESCE`: that one would run the sub-SELECT twice.
    fn for_path(&mut self, id: SelectId, select: &Select<'a>, shape: JsonShape) {
        let array = shape == JsonShape::Array;
        self.push(if array { "JSON_QUERY(ISNULL((SELECT " } else { "JSON_QUERY((SELECT " });
        self.top(select);
        self.items(id, select, super::select::Columns::Named);
        self.sources(select);
        self.order_by(select.order_by);
        self.push(" FOR JSON PATH, INCLUDE_NULL_VALUES");
        self.push(if array { "), '[]'))" } else { ", WITHOUT_ARRAY_WRAPPER))" });
    }
}
