//! Collects columns and joins them into one run of bytes.

use rayon::prelude::*;

use super::{Column, ENTRY, HEADER, MAGIC, VERSION, index};

/// Columns on their way into an image. A column that is never put is empty.
#[derive(Default)]
pub(in crate::graph) struct Writer {
    columns: Vec<(Vec<u8>, u8)>,
}

impl Writer {
    /// Puts a column of bytes.
    pub(in crate::graph) fn put_bytes(&mut self, column: Column, bytes: Vec<u8>) {
        if self.columns.is_empty() {
            self.columns.resize(Column::ALL.len(), (Vec::new(), 1));
        }
        self.columns[index(column)] = (bytes, 1);
    }

    /// Puts a column of exactly four bytes a value.
    pub(in crate::graph) fn put_words(&mut self, column: Column, values: &[u32]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.put_bytes(column, bytes);
        self.columns[index(column)].1 = 4;
    }

    /// Puts a column of integers in the fewest bytes that hold its largest.
    pub(in crate::graph) fn put<T: Copy + Into<u64>>(&mut self, column: Column, values: &[T]) {
        self.put_of(column, values, |value| *value);
    }

    /// As [`put`](Self::put), of one value of each row.
    pub(in crate::graph) fn put_of<R, T: Into<u64>>(&mut self, column: Column, rows: &[R], of: impl Fn(&R) -> T) {
        let values = || rows.iter().map(|row| of(row).into());
        let (bytes, width) = match values().max().unwrap_or(0) {
            0..=0xff => (narrow::<1>(values()), 1),
            0x100..=0xffff => (narrow::<2>(values()), 2),
            0x1_0000..=0xffff_ffff => (narrow::<4>(values()), 4),
            _ => (narrow::<8>(values()), 8),
        };
        self.put_bytes(column, bytes);
        self.columns[index(column)].1 = width;
    }

    /// The whole image. Columns are given back one by one while it grows.
    pub(in crate::graph) fn finish(mut self) -> Vec<u8> {
        self.columns.resize(Column::ALL.len(), (Vec::new(), 1));
        let table_end = HEADER + Column::ALL.len() * ENTRY;
        let body: usize = self.columns.iter().map(|(bytes, _)| bytes.len().next_multiple_of(8)).sum();
        let mut image = Vec::with_capacity(table_end + body);
        let mut table = Vec::with_capacity(table_end - HEADER);
        image.resize(table_end, 0);
        let checksums: Vec<blake3::Hash> = self.columns.par_iter().map(|(bytes, _)| blake3::hash(bytes)).collect();
        for ((bytes, width), checksum) in self.columns.into_iter().zip(checksums) {
            table.extend_from_slice(&(image.len() as u64).to_le_bytes());
            table.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            table.extend_from_slice(&u64::from(width).to_le_bytes());
            table.extend_from_slice(checksum.as_bytes());
            image.extend_from_slice(&bytes);
            image.resize(image.len().next_multiple_of(8), 0);
        }
        let header = header(image.len() as u64, &table);
        image[..HEADER].copy_from_slice(&header);
        image[HEADER..table_end].copy_from_slice(&table);
        image
    }
}

/// The low `WIDTH` bytes of each value.
fn narrow<const WIDTH: usize>(values: impl ExactSizeIterator<Item = u64>) -> Vec<u8> {
    let mut bytes = vec![0; values.len() * WIDTH];
    let (places, _) = bytes.as_chunks_mut::<WIDTH>();
    for (place, value) in places.iter_mut().zip(values) {
        place.copy_from_slice(&value.to_le_bytes()[..WIDTH]);
    }
    bytes
}

fn header(length: u64, table: &[u8]) -> Vec<u8> {
    let columns = u32::try_from(Column::ALL.len()).expect("there are some dozens of columns");
    let mut header = MAGIC.to_vec();
    header.extend_from_slice(&VERSION.to_le_bytes());
    header.extend_from_slice(&columns.to_le_bytes());
    header.extend_from_slice(&length.to_le_bytes());
    header.extend_from_slice(&[0; 8]);
    let checksum = blake3::Hasher::new().update(&header).update(table).finalize();
    header.extend_from_slice(checksum.as_bytes());
    header
}
