//! The decisions of users, as they lie in the roots.

use super::StoreError;
use super::roots::Roots;
use super::source::Sources;
use crate::config::{self, Overrides};
use crate::extract::Kind;

/// The decisions in the `quipu.toml` of all roots.
pub(super) fn read_overrides(roots: &Roots, sources: &Sources) -> Result<Overrides, StoreError> {
    let mut overrides = Overrides::default();
    for root in roots.all() {
        let path = root.path.join(config::FILE_NAME);
        let Some(text) = sources.words(&path)? else { continue };
        let own = Overrides::parse(&text, |name| Kind::named(name).is_some());
        overrides.merge(own.map_err(|error| StoreError::Config { path, error })?);
    }
    Ok(overrides)
}
