//! What stands for object stores where quipu is built without the feature `cloud`: nothing is there, and it says so.

use std::path::Path;

use super::{Object, Unread};
use crate::store::StoreError;

/// No store at all.
#[derive(Default)]
pub(super) struct Objects;

impl Objects {
    /// Refuses.
    pub(super) fn list(&self, root: &Path) -> Result<Vec<Object>, StoreError> {
        Err(StoreError::NoCloud { path: root.to_owned() })
    }

    /// Refuses.
    pub(super) fn read(&self, uri: &Path, _: u64, _: Option<&str>) -> Result<Option<Vec<u8>>, Unread> {
        Err(Unread::Store(StoreError::NoCloud { path: uri.to_owned() }))
    }
}
