//! What the index keeps of a note beside its words: properties, discovery and claims, as bytes.
//!
//! Three parts, each with its length before it, so that each is decoded only where it is needed.
//! The first byte is the version of the layout; another version means the note is read again.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::folder::IndexFolder;
use super::packed::PackedClaims;
use crate::extract::{Claims, Discovery};
use crate::read::NoteMeta;

/// The layout of a record; part of the index's version.
pub(super) const VERSION: u8 = 2;

/// The bytes of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record(Vec<u8>);

/// What was found in a note, as bytes: the same in all copies of it.
pub(super) struct Findings(Vec<u8>);

impl Findings {
    pub(super) fn new(discovery: &Discovery, claims: &Claims) -> Self {
        let mut bytes = Vec::new();
        append(&mut bytes, discovery);
        append(&mut bytes, &PackedClaims::pack(claims));
        Self(bytes)
    }

    /// The record of the copy that `meta` tells of.
    pub(super) fn of(&self, meta: &NoteMeta) -> Record {
        let mut bytes = Vec::with_capacity(self.0.len() + 512);
        bytes.push(VERSION);
        append(&mut bytes, meta);
        bytes.extend_from_slice(&self.0);
        Record(bytes)
    }
}

/// The parts, in order.
#[derive(Clone, Copy)]
enum Part {
    Meta,
    Discovery,
    Claims,
}

impl Record {
    pub(super) fn new(meta: &NoteMeta, discovery: &Discovery, claims: &Claims) -> Self {
        Findings::new(discovery, claims).of(meta)
    }

    /// Bytes from an index.
    pub(super) const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The note's properties; none where the bytes are damaged.
    pub(super) fn meta(&self) -> Option<NoteMeta> {
        self.decode(Part::Meta)
    }

    /// What the note introduces; none where the bytes are damaged.
    pub(super) fn discovery(&self) -> Option<Discovery> {
        self.decode(Part::Discovery)
    }

    /// What the note says; none where the bytes are damaged.
    pub(super) fn claims(&self) -> Option<Claims> {
        self.decode::<PackedClaims>(Part::Claims)?.unpack()
    }

    fn decode<T: DeserializeOwned>(&self, part: Part) -> Option<T> {
        let (version, mut rest) = self.0.split_first()?;
        if *version != VERSION {
            return None;
        }
        for _ in 0..part as usize {
            rest = split(rest)?.1;
        }
        postcard::from_bytes(split(rest)?.0).ok()
    }
}

/// The error for a record that cannot be read.
pub(super) fn damaged(folder: &IndexFolder) -> StoreError {
    StoreError::Damaged { path: folder.path().to_owned(), message: "what it keeps of a note cannot be read".to_owned() }
}

/// Appends a value with its length before it.
fn append(bytes: &mut Vec<u8>, value: &impl Serialize) {
    let encoded = postcard::to_stdvec(value).expect("these types hold nothing that postcard refuses");
    let length = u32::try_from(encoded.len()).expect("a note is at most 16 MiB");
    bytes.extend(length.to_le_bytes());
    bytes.extend(encoded);
}

/// The first part, and what stands behind it.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn parts_come_back_and_damage_gives_nothing() {
        let (note, _) = read("a.txt", b"EC2\n---\nBare servers\n");
        let (meta, discovery, claims) = (note.meta(), Discovery::default(), Claims::default());
        let record = Record::new(&meta, &discovery, &claims);
        assert_eq!(record.meta(), Some(meta));
        assert_eq!((record.discovery(), record.claims()), (Some(discovery), Some(claims)));
        for length in 0..record.bytes().len() {
            assert_eq!(Record::from_bytes(record.bytes()[..length].to_vec()).claims(), None);
        }
        let mut other = record.bytes().to_vec();
        other[0] = VERSION + 1;
        assert_eq!(Record::from_bytes(other).meta(), None);
    }
}
