//! The types a value may have, and sets of them for checking before anything runs.

use std::fmt;
use std::ops::BitOr;

use super::Value;
use crate::query::temporal::Temporal;

/// A set of types: what an argument takes, or what an expression may yield.
///
/// ```
/// use quipu::query::value::Types;
/// assert!(Types::NUMBER.meets(Types::INTEGER | Types::STRING));
/// assert!(!Types::NUMBER.meets(Types::STRING));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Types(u16);

impl Types {
    /// No type.
    pub const NONE: Self = Self(0);
    /// `null`.
    pub const NULL: Self = Self(1);
    /// True and false.
    pub const BOOLEAN: Self = Self(1 << 1);
    /// Integers.
    pub const INTEGER: Self = Self(1 << 2);
    /// Floats.
    pub const FLOAT: Self = Self(1 << 3);
    /// Strings.
    pub const STRING: Self = Self(1 << 4);
    /// Lists.
    pub const LIST: Self = Self(1 << 5);
    /// Maps.
    pub const MAP: Self = Self(1 << 6);
    /// Nodes.
    pub const NODE: Self = Self(1 << 7);
    /// Relationships.
    pub const RELATIONSHIP: Self = Self(1 << 8);
    /// Paths.
    pub const PATH: Self = Self(1 << 9);
    /// Dates.
    pub const DATE: Self = Self(1 << 10);
    /// Times of day without offset.
    pub const LOCAL_TIME: Self = Self(1 << 11);
    /// Times of day with offset.
    pub const TIME: Self = Self(1 << 12);
    /// Dates with times of day, without zone.
    pub const LOCAL_DATE_TIME: Self = Self(1 << 13);
    /// Points in time.
    pub const DATE_TIME: Self = Self(1 << 14);
    /// Durations.
    pub const DURATION: Self = Self(1 << 15);
    /// Integers and floats.
    pub const NUMBER: Self = Self(Self::INTEGER.0 | Self::FLOAT.0);
    /// Nodes and relationships.
    pub const ENTITY: Self = Self(Self::NODE.0 | Self::RELATIONSHIP.0);
    /// Every date and time, but no duration.
    pub const INSTANT: Self =
        Self(Self::DATE.0 | Self::LOCAL_TIME.0 | Self::TIME.0 | Self::LOCAL_DATE_TIME.0 | Self::DATE_TIME.0);
    /// Every date, time and duration.
    pub const TEMPORAL: Self = Self(Self::INSTANT.0 | Self::DURATION.0);
    /// Every type.
    pub const ANY: Self = Self(u16::MAX);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a value of `self` may be one of `other`. `null` alone does not count: use
    /// [`accepts`](Self::accepts) to check an argument.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether an argument that takes `self` may be given an expression that yields `given`;
    /// `null` is taken everywhere.
    #[must_use]
    pub const fn accepts(self, given: Self) -> bool {
        self.or(Self::NULL).meets(given) || given.0 == 0
    }

    /// Whether every type of `other` is in it.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    const NAMED: [(Self, &'static str); 19] = [
        (Self::ANY, "Any"),
        (Self::TEMPORAL, "Temporal"),
        (Self::NUMBER, "Number"),
        (Self::NULL, "Null"),
        (Self::BOOLEAN, "Boolean"),
        (Self::INTEGER, "Integer"),
        (Self::FLOAT, "Float"),
        (Self::STRING, "String"),
        (Self::LIST, "List"),
        (Self::MAP, "Map"),
        (Self::NODE, "Node"),
        (Self::RELATIONSHIP, "Relationship"),
        (Self::PATH, "Path"),
        (Self::DATE, "Date"),
        (Self::LOCAL_TIME, "LocalTime"),
        (Self::TIME, "Time"),
        (Self::LOCAL_DATE_TIME, "LocalDateTime"),
        (Self::DATE_TIME, "DateTime"),
        (Self::DURATION, "Duration"),
    ];
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

/// `Integer, Float or String`.
impl fmt::Display for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = *self;
        let mut names = Vec::new();
        for (set, name) in Self::NAMED {
            if set.0 != 0 && rest.contains(set) {
                names.push(name);
                rest.0 &= !set.0;
            }
        }
        match names.split_last() {
            None => f.write_str("nothing"),
            Some((last, [])) => f.write_str(last),
            Some((last, others)) => write!(f, "{} or {last}", others.join(", ")),
        }
    }
}

impl fmt::Debug for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Types({self})")
    }
}

impl Value {
    /// The type of this value, as a set of one.
    #[must_use]
    pub const fn types(&self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Boolean(_) => Types::BOOLEAN,
            Self::Integer(_) => Types::INTEGER,
            Self::Float(_) => Types::FLOAT,
            Self::String(_) => Types::STRING,
            Self::List(_) => Types::LIST,
            Self::Map(_) => Types::MAP,
            Self::Node(_) => Types::NODE,
            Self::Relationship(_) => Types::RELATIONSHIP,
            Self::Path(_) => Types::PATH,
            Self::Temporal(temporal) => match temporal {
                Temporal::Date(_) => Types::DATE,
                Temporal::LocalTime(_) => Types::LOCAL_TIME,
                Temporal::Time(_) => Types::TIME,
                Temporal::LocalDateTime(_) => Types::LOCAL_DATE_TIME,
                Temporal::DateTime(_) => Types::DATE_TIME,
                Temporal::Duration(_) => Types::DURATION,
            },
        }
    }

    /// The name of its type for messages, as `Integer`.
    #[must_use]
    pub fn type_name(&self) -> String {
        self.types().to_string()
    }
}
