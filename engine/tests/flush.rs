//! The order of writes over models by chance: whatever is not broken on purpose is obeyed.

mod random_model;

use joinwright::Model;
use joinwright::resolve::write_order;
use proptest::prelude::*;
use random_model::{AS_MADE, models};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_come_behind_those_they_refer_to(random in models()) {
        let model = Model::from_toml("model.toml", &random.document(AS_MADE));
        let (mapping, resolution) = (model.mapping(), model.resolution());
        let order = write_order(mapping, resolution);
        let place = |table| order.tables.iter().position(|other| *other == table);
        let waits = |key| order.cycles.iter().flat_map(|it| &it.breaks).any(|it| it.key == key);
        for (at, table) in order.tables.iter().enumerate() {
            for key in &mapping.catalog().table(*table).foreign_keys {
                let referred = mapping.catalog().foreign_key(key).referred_table;
                let before = place(referred).is_none_or(|referred| referred < at);
                prop_assert!(before || referred == *table || waits(key), "{:?}", random);
            }
        }
        for cycle in &order.cycles {
            prop_assert!(cycle.tables.len() > 1 && !cycle.breaks.is_empty());
            prop_assert!(cycle.breaks.iter().all(|it| cycle.keys.contains(&it.key)));
        }
    }
}
