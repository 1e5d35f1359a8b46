//! What stands for the readers of documents where quipu is built without the feature `documents`.

use crate::read::Format;

/// Refuses.
///
/// # Errors
///
/// Always.
pub fn document(_: Format, _: &[u8]) -> Result<String, String> {
    Err("this quipu was built without the feature `documents`".to_owned())
}
