//! Which columns face which, and what does a flush copy?
//!
//! Rules: `SQLAlchemy`'s `_JoinCondition._setup_pairs`.

use super::answer::{Join, Pair, Pairs, Sided};
use super::setting::Setting;
use crate::graph::Product;

/// The pairs of a join.
pub(super) fn pairs(setting: &Setting<'_>, join: &Join) -> Pairs {
    let mut pairs = Pairs::default();
    gather(setting, &join.primary, &mut pairs.local_remote, &mut pairs.synchronize);
    if let Some(secondary) = &join.secondary {
        let synchronize = &mut pairs.secondary_synchronize;
        gather(setting, secondary, &mut pairs.local_remote, synchronize);
    }
    pairs
}

fn gather(
    setting: &Setting<'_>,
    sided: &Sided,
    local_remote: &mut Vec<Pair>,
    synchronize: &mut Vec<Pair>,
) {
    let add = |list: &mut Vec<Pair>, pair: Option<Pair>| {
        list.extend(pair.filter(|pair| !list.contains(pair)));
    };
    for product in &sided.condition.products {
        add(local_remote, facing(setting, sided, *product));
        add(synchronize, copied(setting, sided, *product));
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
