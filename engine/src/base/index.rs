//! Finding what stands in an arena by a key of its own.

use std::fmt;
use std::hash::{BuildHasher, Hash};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// Ids by a key that their items hold: a map that keeps no key a second time.
///
/// Each call is told how the key of an id is read, which has to be the same way at each. An item whose
/// key is changed is not found any more.
///
/// ```
/// use joinwright::base::{Arena, Index, TableId};
/// let (mut tables, mut by_name) = (Arena::<TableId, &str>::new(), Index::default());
/// let customer = tables.push("customer");
/// assert_eq!(by_name.insert(customer, |id| tables[id]), None);
/// assert_eq!(by_name.find(&"customer", |id| tables[id]), Some(customer));
/// assert_eq!(by_name.find(&"order", |id| tables[id]), None);
/// ```
#[derive(Clone)]
pub struct Index<I> {
    ids: HashTable<I>,
}

impl<I: Copy> Index<I> {
    /// The id whose item has this key.
    pub fn find<K: Hash + Eq>(&self, key: &K, key_of: impl Fn(I) -> K) -> Option<I> {
        self.ids.find(hash(key), |id| key_of(*id) == *key).copied()
    }

    /// Adds an id, unless one with its key is there: the first keeps its place, and is returned.
    pub fn insert<K: Hash + Eq>(&mut self, id: I, key_of: impl Fn(I) -> K) -> Option<I> {
        match self.entry(id, key_of) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(vacant) => {
                vacant.insert(id);
                None
            }
        }
    }

    /// Adds an id. One with its key loses its place, and is returned.
    pub fn replace<K: Hash + Eq>(&mut self, id: I, key_of: impl Fn(I) -> K) -> Option<I> {
        match self.entry(id, key_of) {
            Entry::Occupied(mut known) => Some(std::mem::replace(known.get_mut(), id)),
            Entry::Vacant(vacant) => {
                vacant.insert(id);
                None
            }
        }
    }

    /// Makes room for further ids.
    pub fn reserve<K: Hash>(&mut self, additional: usize, key_of: impl Fn(I) -> K) {
        self.ids.reserve(additional, |id| hash(&key_of(*id)));
    }

    fn entry<K: Hash + Eq>(&mut self, id: I, key_of: impl Fn(I) -> K) -> Entry<'_, I> {
        let key = key_of(id);
        self.ids.entry(hash(&key), |other| key_of(*other) == key, |other| hash(&key_of(*other)))
    }
}

fn hash(key: &impl Hash) -> u64 {
    FxBuildHasher.hash_one(key)
}

impl<I> Default for Index<I> {
    fn default() -> Self {
        Self { ids: HashTable::new() }
    }
}

impl<I> fmt::Debug for Index<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("len", &self.ids.len()).finish_non_exhaustive()
    }
}
