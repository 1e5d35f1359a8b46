//! What names mean at one place of a statement, and what is known of their types.

use crate::query::value::Types;
use crate::text::Name;

/// What an expression may yield: a set of types, and for lists what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// The types.
    pub set: Types,
    /// What its lists hold, where that is known.
    pub element: Option<Box<Self>>,
}

impl Type {
    /// Nothing is known.
    pub const ANY: Self = Self::of(Types::ANY);

    /// One of `set`.
    #[must_use]
    pub const fn of(set: Types) -> Self {
        Self { set, element: None }
    }

    /// A list of `element`.
    #[must_use]
    pub fn list(element: Self) -> Self {
        Self { set: Types::LIST, element: Some(Box::new(element)) }
    }

    /// What the lists among it hold.
    #[must_use]
    pub fn element(&self) -> Self {
        self.element.as_deref().cloned().unwrap_or(Self::ANY)
    }

    /// One or the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let element = match (self.element, other.element) {
            (Some(left), Some(right)) => Some(Box::new(left.or(*right))),
            (Some(only), None) if !other.set.meets(Types::LIST) => Some(only),
            (None, Some(only)) if !self.set.meets(Types::LIST) => Some(only),
            _ => None,
        };
        Self { set: self.set | other.set, element }
    }

    /// Whether it may be one of `set`, or null.
    #[must_use]
    pub const fn may_be(&self, set: Types) -> bool {
        set.or(Types::NULL).meets(self.set)
    }

    /// Whether it may be a list of relationships, as `[r*]` binds it.
    #[must_use]
    pub fn may_be_relationships(&self) -> bool {
        let list = self.set.meets(Types::LIST)
            && self.element.as_ref().is_none_or(|element| element.may_be(Types::RELATIONSHIP));
        list || self.set == Types::NULL
    }
}

/// The variables that can be used at one place, in the order they were bound.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    variables: Vec<(Name, Type)>,
}

impl Scope {
    /// The type of `name`, if it is bound.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Type> {
        self.variables.iter().rev().find(|(known, _)| &**known == name).map(|(_, found)| found)
    }

    /// Binds `name`, instead of what it meant before.
    pub fn bind(&mut self, name: Name, bound: Type) {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, bound));
    }

    /// The same scope with one more name.
    #[must_use]
    pub fn with(&self, name: &Name, bound: Type) -> Self {
        let mut inner = self.clone();
        inner.bind(name.clone(), bound);
        inner
    }

    /// Names and types in the order they were bound.
    pub fn iter(&self) -> impl Iterator<Item = &(Name, Type)> {
        self.variables.iter()
    }

    /// Whether nothing is bound.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    /// This scope, and what `other` binds on top.
    #[must_use]
    pub fn under(&self, other: &Self) -> Self {
        let mut all = self.clone();
        for (name, bound) in other.iter() {
            all.bind(name.clone(), bound.clone());
        }
        all
    }

    /// Bound names spelt nearly as `name`.
    #[must_use]
    pub fn similar(&self, name: &str) -> Option<&Name> {
        let near = |known: &&(Name, Type)| {
            known.0.eq_ignore_ascii_case(name) || (name.len() > 2 && strsim::osa_distance(&known.0, name) == 1)
        };
        self.variables.iter().find(near).map(|(known, _)| known)
    }
}
