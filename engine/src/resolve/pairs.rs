//! Which columns face which, and what does a flush copy?
//!
//! Rules: `SQLAlchemy`'s `_JoinCondition._setup_pairs`.

use super::answer::{Join, Pair, Pairs, Sided};
use super::setting::Setting;
use crate::base::Few;
use crate::graph::Product;

/// The pairs of a join.
pub(super) fn pairs(setting: &Setting<'_>, join: &Join) -> Pairs {
    let copied = |sided: &Sided| {
        Few::distinct(sided.condition.products().filter_map(|it| copied(setting, sided, it)))
    };
    Pairs {
        local_remote: Few::distinct(join.sides().flat_map(|sided| {
            sided.condition.products().filter_map(|it| facing(setting, sided, it))
        })),
        synchronize: copied(&join.primary),
        secondary_synchronize: join.secondary.as_deref().map(copied).unwrap_or_default(),
    }
}

fn facing(setting: &Setting<'_>, sided: &Sided, product: Product) -> Option<Pair> {
    let (near, far) =
        match (sided.remote.contains(product.left), sided.remote.contains(product.right)) {
            (false, true) => (product.left, product.right),
            (true, false) => (product.right, product.left),
            _ => return None,
        };
    let (near, far) = (sided.condition.column(near)?, sided.condition.column(far)?);
    setting.is_mapped(near).then_some((near, far))
}

fn copied(setting: &Setting<'_>, sided: &Sided, product: Product) -> Option<Pair> {
    let (source, target) = if sided.foreign.contains(product.right) {
        (product.left, product.right)
    } else if sided.foreign.contains(product.left) {
        (product.right, product.left)
    } else {
        return None;
    };
    let (source, target) = (sided.condition.column(source)?, sided.condition.column(target)?);
    let reachable = setting.is_mapped(source) && setting.is_mapped(target);
    (product.equality && reachable).then_some((source, target))
}
