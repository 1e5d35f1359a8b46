//! Opens bytes as columns.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Column, ColumnsError, ENTRY, HEADER, Ints, MAGIC, VERSION, index};

type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Where a column lies and how wide its values are.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    start: usize,
    end: usize,
    width: usize,
}

/// Bytes with a checked header.
pub(in crate::graph) struct Image {
    bytes: Bytes,
    places: Vec<Place>,
}

/// A copy of bytes at an address that is a multiple of 8.
struct Aligned {
    words: Vec<u64>,
    length: usize,
}

impl AsRef<[u8]> for Aligned {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.words).get(..self.length).unwrap_or(&[])
    }
}

impl Image {
    /// Checks header, table and sizes. Bytes at an odd address are copied once.
    pub(in crate::graph) fn open(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Self, ColumnsError> {
        if cfg!(target_endian = "big") {
            return Err(ColumnsError::Endian);
        }
        let bytes: Bytes = Arc::new(bytes);
        let bytes =
            if (*bytes).as_ref().as_ptr().addr().is_multiple_of(8) { bytes } else { aligned((*bytes).as_ref()) };
        let places = places((*bytes).as_ref())?;
        Ok(Self { bytes, places })
    }

    /// All of the bytes.
    pub(in crate::graph) fn bytes(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }

    /// The bytes of one column.
    #[inline]
    pub(in crate::graph) fn raw(&self, column: Column) -> &[u8] {
        let place = self.places[index(column)];
        self.bytes().get(place.start..place.end).unwrap_or(&[])
    }

    /// A column of 32-bit values; empty where it is of another width.
    #[inline]
    pub(in crate::graph) fn words(&self, column: Column) -> &[u32] {
        bytemuck::try_cast_slice(self.raw(column)).unwrap_or(&[])
    }

    /// A column of integers of its own width.
    #[inline]
    pub(in crate::graph) fn ints(&self, column: Column) -> Ints<'_> {
        let raw = self.raw(column);
        match self.places[index(column)].width {
            1 => Ints::W8(raw),
            2 => Ints::W16(bytemuck::try_cast_slice(raw).unwrap_or(&[])),
            4 => Ints::W32(bytemuck::try_cast_slice(raw).unwrap_or(&[])),
            _ => Ints::W64(bytemuck::try_cast_slice(raw).unwrap_or(&[])),
        }
    }

    /// Reads everything and compares the checksums.
    pub(in crate::graph) fn verify(&self) -> Result<(), ColumnsError> {
        let is_whole = |column: &&Column| {
            let at = HEADER + index(**column) * ENTRY + 24;
            let written = self.bytes().get(at..at + 32).unwrap_or(&[]);
            blake3::hash(self.raw(**column)).as_bytes() == written
        };
        match Column::ALL.par_iter().find_first(|column| !is_whole(column)) {
            Some(column) => Err(ColumnsError::Damaged { part: column.name() }),
            None => Ok(()),
        }
    }

    /// The checksum of header and table: it covers all checksums, so it names the content.
    pub(in crate::graph) fn checksum(&self) -> &[u8] {
        self.bytes().get(32..HEADER).unwrap_or(&[])
    }
}

fn aligned(bytes: &[u8]) -> Bytes {
    let mut words = vec![0u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
    Arc::new(Aligned { words, length: bytes.len() })
}

fn places(bytes: &[u8]) -> Result<Vec<Place>, ColumnsError> {
    let header = bytes.get(..HEADER).ok_or(ColumnsError::NotAGraph)?;
    if header[..8] != MAGIC {
        return Err(ColumnsError::NotAGraph);
    }
    let version = word(header, 8);
    if version != VERSION {
        return Err(ColumnsError::Version { found: version });
    }
    let (found, expected) = (bytes.len() as u64, long(header, 16));
    if found != expected {
        return Err(ColumnsError::Length { found, expected });
    }
    let damaged = ColumnsError::Damaged { part: "header" };
    let table = bytes.get(HEADER..HEADER + Column::ALL.len() * ENTRY).ok_or(damaged.clone())?;
    let checksum = blake3::Hasher::new().update(&header[..32]).update(table).finalize();
    if word(header, 12) as usize != Column::ALL.len() || checksum.as_bytes() != &header[32..HEADER] {
        return Err(damaged);
    }
    table.chunks_exact(ENTRY).zip(Column::ALL).map(|(entry, column)| place(entry, *column, bytes.len())).collect()
}

fn place(entry: &[u8], column: Column, limit: usize) -> Result<Place, ColumnsError> {
    let number = |at| usize::try_from(long(entry, at)).unwrap_or(usize::MAX);
    let (start, length, width) = (number(0), number(8), number(16));
    let end = start.checked_add(length).filter(|end| *end <= limit);
    match end {
        Some(end) if start.is_multiple_of(8) && [1, 2, 4, 8].contains(&width) && length.is_multiple_of(width) => {
            Ok(Place { start, end, width })
        }
        _ => Err(ColumnsError::Damaged { part: column.name() }),
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}
