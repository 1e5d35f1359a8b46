//! The operators. Each reads rows of its inputs and gives rows.

use super::{Expr, Reach, Tally};
use crate::query::aggregate::Aggregate;
use crate::query::ast::Direction;
use crate::query::procedure::Procedure;
use crate::text::Name;

/// An operator with its inputs.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) operator: Operator,
    pub(crate) inputs: Vec<Self>,
    /// Its arguments in the words of the query.
    pub(crate) detail: String,
    /// Rows expected.
    pub(crate) estimate: f64,
    /// Its number in the statement, for `PROFILE`.
    pub(crate) id: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Operator {
    /// The one row that the plan is opened with.
    Argument,
    /// A row for each node that `access` finds.
    NodeScan {
        slot: usize,
        access: Access,
    },
    /// A row for each relationship of a node.
    Expand(ExpandStep),
    /// The ends of a relationship that is bound.
    Ends(ExpandStep),
    /// A row for each walk along relationships.
    VariableExpand(VariableStep),
    /// The shortest paths between two nodes.
    ShortestPath(ShortestStep),
    /// Rows for which the predicate is true.
    Filter(Expr),
    /// Rows with more slots filled.
    Project(Vec<(usize, Expr)>),
    /// New rows of these slots alone.
    Narrow(Vec<usize>),
    /// New rows of keys and aggregates, one a group.
    Aggregate {
        keys: Vec<Expr>,
        calls: Vec<AggregateCall>,
    },
    /// Counts of a pattern's rows by keys, without the rows.
    Tally(Box<Tally>),
    /// How many nodes stand at the end of a chain.
    Reach(Box<Reach>),
    /// Each row once.
    Distinct,
    /// Rows in order; only the first `limit` of them where that is known.
    Sort {
        keys: Vec<(Expr, bool)>,
        limit: Option<Expr>,
    },
    /// All rows but the first.
    Skip(Expr),
    /// The first rows; `exhaust` reads the others too, for what they write.
    Limit {
        count: Expr,
        exhaust: bool,
    },
    /// A row for each element of a list.
    Unwind {
        list: Expr,
        slot: usize,
    },
    /// Rows of the second input for each row of the first; where there are none, the row with nulls.
    Optional {
        slots: Vec<usize>,
    },
    /// Rows of all inputs; `order` brings the columns of each into that of the first.
    Union {
        order: Vec<Vec<usize>>,
    },
    /// A row for each row of a procedure: which result goes to which slot.
    Call {
        procedure: Procedure,
        arguments: Vec<Expr>,
        outputs: Vec<(usize, usize)>,
    },
    Create(Vec<CreateStep>),
    /// What the second input finds, else what is created.
    Merge {
        create: Vec<CreateStep>,
        on_create: Vec<Set>,
        on_match: Vec<Set>,
    },
    Set(Vec<Set>),
    Remove(Vec<Remove>),
    Delete {
        detach: bool,
        expressions: Vec<Expr>,
    },
    /// Reads all rows and gives none.
    Exhaust,
}

/// How nodes are found.
#[derive(Clone, Debug)]
pub(crate) enum Access {
    /// All of them.
    All,
    /// Those with a label.
    Label(Name),
    /// Those whose property may equal a value; the filter behind decides.
    Property { key: Name, value: Expr, label: Option<Name> },
}

/// One relationship from a bound node.
#[derive(Clone, Debug)]
pub(crate) struct ExpandStep {
    pub(crate) from: usize,
    pub(crate) relationship: usize,
    pub(crate) to: usize,
    /// As seen from `from`.
    pub(crate) direction: Direction,
    pub(crate) types: TypeRule,
    /// Whether `from` is bound; always true of `Expand`.
    pub(crate) from_bound: bool,
    /// Whether `to` is bound.
    pub(crate) to_bound: bool,
    /// Slots of relationships that it must differ from.
    pub(crate) unique: Vec<usize>,
}

/// Which types match.
#[derive(Clone, Debug)]
pub(crate) enum TypeRule {
    /// Every type.
    All,
    /// Every type but the bookkeeping ones.
    Relations,
    /// These.
    Named(Vec<Name>),
}

/// Any number of relationships in a row.
#[derive(Clone, Debug)]
pub(crate) struct VariableStep {
    pub(crate) step: ExpandStep,
    pub(crate) min: u64,
    pub(crate) max: u64,
    /// Whether the walk goes against the pattern, so that the list is turned round.
    pub(crate) reversed: bool,
    /// Properties that each relationship must have.
    pub(crate) properties: Vec<(Name, Expr)>,
    /// Whether the list is bound and only checked.
    pub(crate) bound: bool,
}

/// The shortest walks between two bound nodes.
#[derive(Clone, Debug)]
pub(crate) struct ShortestStep {
    pub(crate) step: VariableStep,
    /// All of them, or one.
    pub(crate) all: bool,
    pub(crate) fit: PathFit,
}

/// What `WHERE` asks of the paths of a search.
#[derive(Clone, Debug, Default)]
pub(crate) struct PathFit {
    /// Of each node: what does not hold it is not passed.
    pub(crate) nodes: Vec<EachFit>,
    /// Of each relationship.
    pub(crate) relationships: Vec<EachFit>,
    /// Of its length, which is at most the value, or less where that is said.
    pub(crate) lengths: Vec<LengthFit>,
    /// Of all of it: paths are tried by length until one holds it.
    pub(crate) whole: Vec<Expr>,
    /// The slot of the path, and the path, for those.
    pub(crate) path: Option<(usize, Expr)>,
}

/// What each node or relationship in `slot` must be.
#[derive(Clone, Debug)]
pub(crate) struct EachFit {
    pub(crate) slot: usize,
    pub(crate) predicate: Expr,
    /// What the predicate must come to.
    pub(crate) truth: bool,
}

/// A longest length.
#[derive(Clone, Debug)]
pub(crate) struct LengthFit {
    pub(crate) most: Expr,
    /// Whether that length itself is too long.
    pub(crate) exclusive: bool,
}

impl PathFit {
    /// Whether nothing is asked that a path must be looked at for.
    pub(crate) const fn is_free(&self) -> bool {
        self.nodes.is_empty() && self.relationships.is_empty() && self.whole.is_empty()
    }
}

/// One aggregate of a group.
#[derive(Clone, Debug)]
pub(crate) struct AggregateCall {
    pub(crate) aggregate: Aggregate,
    pub(crate) distinct: bool,
    pub(crate) arguments: Vec<Expr>,
}

/// One thing that `CREATE` makes, in order.
#[derive(Clone, Debug)]
pub(crate) enum CreateStep {
    Node { slot: usize, labels: Vec<Name>, properties: Option<Expr> },
    Relationship { slot: usize, relationship_type: Name, start: usize, end: usize, properties: Option<Expr> },
    Path { slot: usize, start: usize, steps: Vec<usize> },
}

/// One item of `SET`.
#[derive(Clone, Debug)]
pub(crate) enum Set {
    Property {
        owner: Expr,
        key: Name,
        value: Expr,
    },
    /// `replace` removes what the map has not.
    Properties {
        owner: Expr,
        value: Expr,
        replace: bool,
    },
    Labels {
        owner: Expr,
        labels: Vec<Name>,
    },
}

/// One item of `REMOVE`.
#[derive(Clone, Debug)]
pub(crate) enum Remove {
    Property { owner: Expr, key: Name },
    Labels { owner: Expr, labels: Vec<Name> },
}

impl Plan {
    /// The plan that gives its one argument row.
    pub(crate) const fn argument() -> Self {
        Self { operator: Operator::Argument, inputs: Vec::new(), detail: String::new(), estimate: 1.0, id: 0 }
    }

    /// `operator` on top of this plan.
    pub(crate) fn then(self, operator: Operator, detail: impl Into<String>, estimate: f64) -> Self {
        Self { operator, inputs: vec![self], detail: detail.into(), estimate, id: 0 }
    }

    /// `operator` on top of this plan, which changes the number of rows by `factor`.
    pub(crate) fn scaled(self, operator: Operator, detail: impl Into<String>, factor: f64) -> Self {
        let estimate = self.estimate * factor;
        self.then(operator, detail, estimate)
    }

    /// Numbers operators from the top, inputs in order.
    pub(crate) fn number(&mut self, next: &mut usize) {
        self.id = *next;
        *next += 1;
        for input in &mut self.inputs {
            input.number(next);
        }
    }
}
