//! The stored fields of a note, read no further than needed.

use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};

/// What the store keeps of a note; it stands first in the document.
pub(super) struct StoredRecord(pub(super) Vec<u8>);

/// The title and the text of a note, which stand behind the record.
pub(super) struct Stored {
    pub(super) title: String,
    pub(super) body: String,
}

struct Bytes(Vec<u8>);

impl ValueDeserialize for Bytes {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_bytes().map(Self)
    }
}

struct Text(String);

impl ValueDeserialize for Text {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_string().map(Self)
    }
}

impl DocumentDeserialize for StoredRecord {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let Bytes(record) = next(&mut document)?;
        Ok(Self(record))
    }
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let Bytes(_) = next(&mut document)?;
        let Text(title) = next(&mut document)?;
        let Text(body) = next(&mut document)?;
        Ok(Self { title, body })
    }
}

fn next<'de, V: ValueDeserialize>(document: &mut impl DocumentDeserializer<'de>) -> Result<V, DeserializeError> {
    let field = document.next_field()?;
    field.map(|(_, value)| value).ok_or_else(|| DeserializeError::custom("a stored field is missing"))
}
