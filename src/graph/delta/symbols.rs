//! Names of labels and types as small numbers.

use rustc_hash::FxHashMap;

use crate::text::Name;

/// A label or a type of one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

impl Symbol {
    /// As a position in a column.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names and their numbers, in the order they came.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    names: Vec<Name>,
    numbers: FxHashMap<Name, Symbol>,
}

impl Symbols {
    /// The number of `name`, if it has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Symbol> {
        self.numbers.get(name).copied()
    }

    /// The name of a symbol of this graph.
    #[must_use]
    pub fn name(&self, symbol: Symbol) -> &Name {
        &self.names[symbol.index()]
    }

    /// Every symbol with its name, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (Symbol, &Name)> {
        (0..).map(Symbol).zip(&self.names)
    }

    /// The number of `name`, a new one where it has none.
    pub(super) fn intern(&mut self, name: &str) -> Symbol {
        if let Some(known) = self.get(name) {
            return known;
        }
        let symbol = Symbol(u32::try_from(self.names.len()).expect("names are fewer than bytes of a statement"));
        let name = Name::from(name);
        self.names.push(name.clone());
        self.numbers.insert(name, symbol);
        symbol
    }
}
