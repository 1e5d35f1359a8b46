//! What deserves a look in the notes: seven checks, each with the lines it speaks of.
//!
//! In: the graph, the notes' properties and texts. Out: findings, the most urgent first, then by
//! check, place and message. Nothing is changed.

mod homographs;
mod links;
mod names;
mod secrets;

use super::cite::Citer;
use crate::read::NoteMeta;
use crate::render::cited::{Citation, LintFinding, Severity};

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// What looks like a key, a token or a password.
    Secrets,
    /// Links that lead to no note.
    DeadLinks,
    /// Names made one by a weak rule.
    Merges,
    /// Concepts whose name is an ordinary word and which the notes define apart.
    Homographs,
    /// Concepts whose names are nearly the same.
    NearDuplicates,
    /// Short forms that no note spells out.
    Acronyms,
    /// Concepts without any relation.
    Orphans,
}

impl Check {
    /// All checks, in the order of their findings.
    pub const ALL: [Self; 7] = [
        Self::Secrets,
        Self::DeadLinks,
        Self::Merges,
        Self::Homographs,
        Self::NearDuplicates,
        Self::Acronyms,
        Self::Orphans,
    ];

    /// Its name, as it stands behind a finding.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Secrets => "secret",
            Self::DeadLinks => "dead-link",
            Self::Merges => "doubtful-merge",
            Self::Homographs => "homograph",
            Self::NearDuplicates => "near-duplicate",
            Self::Acronyms => "acronym",
            Self::Orphans => "orphan",
        }
    }
}

/// A note as the checks see it.
pub(super) struct Checked {
    /// Its properties.
    pub(super) meta: NoteMeta,
    /// Its words; none when they can no longer be read.
    pub(super) text: Option<String>,
}

/// Runs `checks` over everything.
pub(super) fn lint(citer: Citer<'_>, notes: &[Checked], checks: &[Check]) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for check in Check::ALL.into_iter().filter(|check| checks.contains(check)) {
        let mut found = match check {
            Check::Secrets => secrets::find(citer, notes),
            Check::DeadLinks => links::dead(citer, notes),
            Check::Merges => names::doubtful_merges(citer),
            Check::Homographs => homographs::find(citer),
            Check::NearDuplicates => names::near_duplicates(citer),
            Check::Acronyms => names::acronyms(citer),
            Check::Orphans => names::orphans(citer),
        };
        found.sort_by(|one, other| {
            (one.severity, &one.places, &one.message).cmp(&(other.severity, &other.places, &other.message))
        });
        findings.append(&mut found);
    }
    findings
}

fn finding(check: Check, severity: Severity, message: String, places: Vec<Citation>, hint: &str) -> LintFinding {
    LintFinding { severity, check: check.name().to_string(), message, places, hint: Some(hint.to_string()) }
}
