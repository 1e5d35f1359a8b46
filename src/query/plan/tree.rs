//! Plans for people.

use super::{Access, Operator, Plan};
use crate::query::answer::PlanTree;

impl Plan {
    /// The tree that `EXPLAIN` shows.
    pub(crate) fn tree(&self) -> PlanTree {
        PlanTree {
            operator: self.operator.verb().to_owned(),
            detail: self.detail.clone(),
            estimated_rows: Some(self.estimate),
            rows: None,
            milliseconds: None,
            inputs: self.inputs.iter().map(Self::tree).collect(),
        }
    }
}

impl Operator {
    /// The name of the operator.
    pub(crate) const fn verb(&self) -> &'static str {
        match self {
            Self::Argument => "Argument",
            Self::NodeScan { access: Access::Property { .. }, .. } => "NodeSeek",
            Self::NodeScan { .. } => "NodeScan",
            Self::Expand(_) => "Expand",
            Self::Ends(_) => "Ends",
            Self::VariableExpand(_) => "VariableExpand",
            Self::ShortestPath(_) => "ShortestPath",
            Self::Filter(_) => "Filter",
            Self::Project(_) => "Project",
            Self::Narrow(_) => "Select",
            Self::Aggregate { .. } => "Aggregate",
            Self::Tally(_) => "Tally",
            Self::Reach(_) => "Reach",
            Self::Distinct => "Distinct",
            Self::Sort { limit: Some(_), .. } => "Top",
            Self::Sort { .. } => "Sort",
            Self::Skip(_) => "Skip",
            Self::Limit { .. } => "Limit",
            Self::Unwind { .. } => "Unwind",
            Self::Optional { .. } => "Optional",
            Self::Union { .. } => "Union",
            Self::Call { .. } => "Call",
            Self::Create(_) => "Create",
            Self::Merge { .. } => "Merge",
            Self::Set(_) => "Set",
            Self::Remove(_) => "Remove",
            Self::Delete { .. } => "Delete",
            Self::Exhaust => "Exhaust",
        }
    }
}
