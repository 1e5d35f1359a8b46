//! The procedures that `CALL` knows: one table for the engine's own and for those that a test registers.
//!
//! The engine's own only say how they are called; [`Body`] tells which one it is, and
//! `execute::call` runs it on the graph.

use std::collections::BTreeMap;

use super::value::{Types, Value};
use crate::text::Name;

/// A procedure: how it is called and what it gives.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// The dotted name.
    pub name: Name,
    /// What it takes.
    pub inputs: Vec<Field>,
    /// How many of the inputs may be left out, from the end.
    pub optional: usize,
    /// What it gives, one value each a row.
    pub outputs: Vec<Field>,
    /// What it does.
    pub body: Body,
}

/// An argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its types.
    pub types: Types,
}

/// What a procedure does.
#[derive(Clone, Debug)]
pub enum Body {
    /// Gives the rows whose first values equal the arguments.
    Table(Vec<Vec<Value>>),
    /// `search(text)`: full text over notes.
    Search,
    /// `paths(a, b, k)`: what connects two nodes.
    Paths,
    /// `paths.cheapest(a, b)`: the path of least cost.
    CheapestPath,
    /// `concept(name)`: nodes that a name stands for.
    Concept,
    /// `neighbours(name, depth)`: nodes around one.
    Neighbours,
    /// `evidence(relationship)`: where notes say so.
    Evidence,
    /// `db.labels()`.
    Labels,
    /// `db.relationshipTypes()`.
    RelationshipTypes,
    /// `db.propertyKeys()`.
    PropertyKeys,
    /// `db.schema.visualization()`.
    Schema,
    /// `dbms.components()`.
    Components,
}

impl Field {
    /// A field of any of `types`.
    #[must_use]
    pub fn new(name: &str, types: Types) -> Self {
        Self { name: name.into(), types }
    }

    /// What an argument may be: a float takes an integer.
    #[must_use]
    pub const fn accepts(&self) -> Types {
        if self.types.contains(Types::FLOAT) { self.types.or(Types::INTEGER) } else { self.types }
    }
}

impl Procedure {
    fn new(name: &str, inputs: &[(&str, Types)], optional: usize, outputs: &[(&str, Types)], body: Body) -> Self {
        let fields = |list: &[(&str, Types)]| list.iter().map(|(name, types)| Field::new(name, *types)).collect();
        Self { name: name.into(), inputs: fields(inputs), optional, outputs: fields(outputs), body }
    }

    /// Whether it gives no values.
    #[must_use]
    pub const fn is_void(&self) -> bool {
        self.outputs.is_empty()
    }

    /// The inputs that must be given.
    #[must_use]
    pub fn required_inputs(&self) -> &[Field] {
        &self.inputs[..self.inputs.len().saturating_sub(self.optional)]
    }

    /// The names of its results.
    #[must_use]
    pub fn output_names(&self) -> Vec<&str> {
        self.outputs.iter().map(|output| &*output.name).collect()
    }

    /// How it is called, as `paths(from :: Node or String, to :: Node or String) :: (path :: Path)`.
    #[must_use]
    pub fn signature(&self) -> String {
        let list = |fields: &[Field]| {
            fields.iter().map(|field| format!("{} :: {}", field.name, field.types)).collect::<Vec<_>>().join(", ")
        };
        format!("{}({}) :: ({})", self.name, list(&self.inputs), list(&self.outputs))
    }
}

/// The procedures that can be called, by name.
#[derive(Clone, Debug, Default)]
pub struct Procedures {
    table: BTreeMap<String, Procedure>,
}

impl Procedures {
    /// Those that every graph has.
    #[must_use]
    pub fn built_in() -> Self {
        let mut procedures = Self::default();
        for procedure in general() {
            procedures.register(procedure);
        }
        procedures
    }

    /// Those that a graph made of notes has.
    #[must_use]
    pub fn of_notes() -> Self {
        let mut procedures = Self::built_in();
        for procedure in notes() {
            procedures.register(procedure);
        }
        procedures
    }

    /// Adds a procedure, instead of one of the same name.
    pub fn register(&mut self, procedure: Procedure) {
        self.table.insert(procedure.name.to_lowercase(), procedure);
    }

    /// The procedure of that name, in any case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Procedure> {
        self.table.get(name.to_lowercase().as_str())
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Procedure> {
        self.table.values()
    }

    /// The name spelt nearest to `name`.
    #[must_use]
    pub fn similar(&self, name: &str) -> Option<&Name> {
        let lower = name.to_lowercase();
        let near = |known: &&Procedure| {
            let known = known.name.to_lowercase();
            strsim::osa_distance(&known, &lower) <= 2 || known.rsplit('.').next() == Some(&lower)
        };
        self.iter().find(near).map(|known| &known.name)
    }
}

const NAMED: Types = Types::NODE.or(Types::STRING);

fn general() -> Vec<Procedure> {
    let text = |name| [(name, Types::STRING)];
    vec![
        Procedure::new("db.labels", &[], 0, &text("label"), Body::Labels),
        Procedure::new("db.relationshipTypes", &[], 0, &text("relationshipType"), Body::RelationshipTypes),
        Procedure::new("db.propertyKeys", &[], 0, &text("propertyKey"), Body::PropertyKeys),
        Procedure::new(
            "db.schema.visualization",
            &[],
            0,
            &[("from", Types::STRING), ("type", Types::STRING), ("to", Types::STRING), ("count", Types::INTEGER)],
            Body::Schema,
        ),
        Procedure::new(
            "dbms.components",
            &[],
            0,
            &[("name", Types::STRING), ("versions", Types::LIST), ("edition", Types::STRING)],
            Body::Components,
        ),
    ]
}

fn notes() -> Vec<Procedure> {
    let path = [("path", Types::PATH), ("cost", Types::FLOAT)];
    vec![
        Procedure::new(
            "search",
            &[("text", Types::STRING)],
            0,
            &[
                ("note", Types::NODE),
                ("path", Types::STRING),
                ("title", Types::STRING),
                ("line", Types::INTEGER),
                ("score", Types::FLOAT),
                ("snippet", Types::STRING),
            ],
            Body::Search,
        ),
        Procedure::new("paths", &[("from", NAMED), ("to", NAMED), ("k", Types::INTEGER)], 1, &path, Body::Paths),
        Procedure::new("paths.cheapest", &[("from", NAMED), ("to", NAMED)], 0, &path, Body::CheapestPath),
        Procedure::new(
            "concept",
            &[("name", Types::STRING)],
            0,
            &[("concept", Types::NODE), ("name", Types::STRING), ("exact", Types::BOOLEAN)],
            Body::Concept,
        ),
        Procedure::new(
            "neighbours",
            &[("name", NAMED), ("depth", Types::INTEGER)],
            1,
            &[("node", Types::NODE), ("distance", Types::INTEGER)],
            Body::Neighbours,
        ),
        Procedure::new(
            "evidence",
            &[("relationship", Types::RELATIONSHIP)],
            0,
            &[
                ("note", Types::STRING),
                ("line", Types::INTEGER),
                ("column", Types::INTEGER),
                ("quote", Types::STRING),
                ("rule", Types::STRING),
                ("confidence", Types::INTEGER),
            ],
            Body::Evidence,
        ),
    ]
}
