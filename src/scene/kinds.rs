//! Which colour and symbol each kind has.

use crate::store::{EventStore, NameId};
use crate::style::{Rgba, Style, Symbol};

/// The look of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindLook {
    /// The colour that the file asks for, if it does.
    own_color: Option<Rgba>,
    place: usize,
    /// Its symbol.
    pub symbol: Symbol,
}

impl KindLook {
    /// Its place in the order of kinds.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Its colour in a theme; a file's own colour is kept where it can be seen on the theme's ground.
    pub fn color(&self, style: &Style) -> Rgba {
        let own = self.own_color.filter(|color| color.contrast(style.lane) >= 3.0);
        own.unwrap_or_else(|| style.kind_color(self.place))
    }
}

/// The looks of all kinds of a store. Made once a store.
#[derive(Clone, Debug, Default)]
pub struct KindLooks {
    of_kind: Vec<KindLook>,
}

impl KindLooks {
    /// Gives every kind its look: what its table row asks for, else by its place: the tables' order first, then most events first.
    pub fn of(store: &EventStore) -> Self {
        let names = &store.names().kinds;
        let rows: Vec<_> = store.tables().iter().flat_map(|tables| &tables.kinds).collect();
        let mut counts = vec![0_usize; names.len()];
        for event in 0..store.len() as u32 {
            if let Some(kind) = store.kind(crate::store::EventId(event)) {
                counts[kind.0 as usize] += 1;
            }
        }
        let mut order: Vec<NameId> = names.iter().map(|(id, _)| id).collect();
        let listed = |id: NameId| rows.iter().position(|row| row.id == names.get(id)).unwrap_or(usize::MAX);
        order.sort_by_key(|id| (listed(*id), std::cmp::Reverse(counts[id.0 as usize]), *id));
        let mut of_kind = vec![KindLook { own_color: None, place: 0, symbol: Symbol::Circle }; names.len()];
        for (place, id) in order.into_iter().enumerate() {
            let row = rows.iter().find(|row| row.id == names.get(id));
            let own_color = row.and_then(|row| Rgba::parse(&row.color));
            let symbol = row.and_then(|row| Symbol::from_name(&row.shape)).unwrap_or_else(|| Symbol::at(place));
            of_kind[id.0 as usize] = KindLook { own_color, place, symbol };
        }
        Self { of_kind }
    }

    /// The look of a kind; events without a kind are plain circles.
    pub fn look(&self, kind: Option<NameId>) -> KindLook {
        let plain = KindLook { own_color: None, place: 0, symbol: Symbol::Circle };
        kind.and_then(|kind| self.of_kind.get(kind.0 as usize).copied()).unwrap_or(plain)
    }
}
