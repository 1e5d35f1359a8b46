//! Notes by their URIs, for those who were given a list of them instead of a root.

use std::path::PathBuf;

use super::{Sources, Unread};

/// Reads objects and files by their URIs, keeping its connections open.
#[derive(Default)]
pub struct Fetcher(Sources);

impl Fetcher {
    /// The bytes at a URI of an object store, a `file://` URI or an absolute path; or why they are not read, as where
    /// they are not what was listed: of that entity tag, in object stores, and of that size.
    ///
    /// # Errors
    ///
    /// The reason, in words.
    pub fn fetch(&self, uri: &str, etag: Option<&str>, size: Option<u64>, limit: u64) -> Result<Vec<u8>, String> {
        let path = match uri.strip_prefix("file://") {
            Some(path) => decoded(path).ok_or_else(|| format!("`{uri}` is no URI of a file"))?,
            None => PathBuf::from(uri),
        };
        if !super::is_remote(&path) && !path.is_absolute() {
            return Err(format!("`{uri}` names neither an object of s3://, gs:// or az:// nor a file"));
        }
        let bytes = self.0.read_version(&path, limit, etag).map_err(|unread| match unread {
            Unread::Note(reason) => reason,
            Unread::Store(error) => error.to_string(),
        })?;
        match size {
            Some(size) if size != bytes.len() as u64 => {
                Err(format!("it has {} bytes, and {size} were listed", bytes.len()))
            }
            _ => Ok(bytes),
        }
    }
}

/// A path in which `%20` and the like are letters again; nothing where they are no text.
fn decoded(path: &str) -> Option<PathBuf> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let (byte, tail) = match (first, tail) {
            (b'%', [high, low, tail @ ..]) => (digit(*high)? << 4 | digit(*low)?, tail),
            (b'%', _) => return None,
            (other, tail) => (other, tail),
        };
        bytes.push(byte);
        rest = tail;
    }
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_in_the_uris_of_files_are_read() {
        assert_eq!(decoded("/a%20b/%C3%A9+c.md"), Some("/a b/é+c.md".into()));
        for wrong in ["/100%", "/%zz", "/%ff"] {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn files_are_read_and_held_against_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "note").unwrap();
        let fetch = |uri: &str, size| Fetcher::default().fetch(uri, None, size, 10).map(|bytes| bytes.len());
        let path = path.to_str().unwrap();
        assert_eq!(fetch(path, Some(4)), Ok(4));
        assert_eq!(fetch(&format!("file://{path}"), None), Ok(4));
        assert_eq!(fetch(path, Some(5)), Err("it has 4 bytes, and 5 were listed".to_owned()));
        let unknown = "`a.md` names neither an object of s3://, gs:// or az:// nor a file";
        assert_eq!(fetch("a.md", None), Err(unknown.to_owned()));
        assert!(fetch(&format!("{path}.gone"), None).is_err());
    }
}
