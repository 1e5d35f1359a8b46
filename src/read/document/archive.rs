//! Archives, unpacked into memory one entry at a time: nothing is written, and nothing grows without end.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::{DOCUMENT_ENTRIES, DOCUMENT_RATIO, DOCUMENT_SIZE, shown_bytes};

/// Below this size an entry may be packed however well.
const FREE: u64 = 1 << 20;

/// An archive, and how many bytes it may still give.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        if bytes.starts_with(OLE) {
            return Err("it is protected by a password, or of an older format".to_owned());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("its archive is damaged: {error}"))?;
        if zip.len() > DOCUMENT_ENTRIES {
            return Err(format!("its archive has {} entries, more than the limit of {DOCUMENT_ENTRIES}", zip.len()));
        }
        Ok(Self { zip, left: DOCUMENT_SIZE })
    }

    /// The bytes of an entry; nothing where there is none of this name.
    pub(super) fn find(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let entry = match self.zip.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                return Err("it is protected by a password".to_owned());
            }
            Err(error) => return Err(format!("its archive is damaged: {error}")),
        };
        let ratio = entry.compressed_size().saturating_mul(DOCUMENT_RATIO).max(FREE);
        let limit = ratio.min(self.left);
        let mut bytes = Vec::new();
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        let count = read.map_err(|error| format!("`{name}` in its archive is damaged: {error}"))? as u64;
        if count > self.left {
            return Err(format!("it unpacks to more than {}", shown_bytes(DOCUMENT_SIZE)));
        }
        if count > limit {
            return Err(format!("`{name}` in its archive unpacks to more than {DOCUMENT_RATIO} times its size"));
        }
        self.left -= count;
        Ok(Some(bytes))
    }

    /// The bytes of an entry that must be there.
    pub(super) fn get(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.find(name)?.ok_or_else(|| format!("its archive has no `{name}`"))
    }
}
