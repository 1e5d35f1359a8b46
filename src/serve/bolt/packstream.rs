//! PackStream: values as bytes, each behind a marker that tells its type and size.

/// A value of the protocol.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Packed {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Bytes(Vec<u8>),
    String(String),
    List(Vec<Self>),
    /// In the order in which entries came; of a key that came twice, the last counts.
    Map(Vec<(String, Self)>),
    /// A tag and its fields.
    Structure(u8, Vec<Self>),
}

/// How deep values may lie inside each other.
const DEEPEST: usize = 64;

impl Packed {
    /// The value of a key, where this is a map that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The text, where this is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The number, where this is a whole one.
    pub(super) const fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }
}

/// Reads one value, which has to be all there is. Nothing is made larger than the bytes that are there.
pub(super) fn unpack(bytes: &[u8]) -> Result<Packed, &'static str> {
    let mut reader = Reader { bytes };
    let value = reader.value(0)?;
    if reader.bytes.is_empty() { Ok(value) } else { Err("a message has bytes behind its end") }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Packed, &'static str> {
        if depth > DEEPEST {
            return Err("values lie too deep inside each other");
        }
        let marker = self.byte()?;
        let low = usize::from(marker & 0x0F);
        Ok(match marker {
            0x00..=0x7F | 0xF0..=0xFF => Packed::Integer(i64::from(i8::from_be_bytes([marker]))),
            0x80..=0x8F => self.string(low)?,
            0x90..=0x9F => self.list(low, depth)?,
            0xA0..=0xAF => self.map(low, depth)?,
            0xB0..=0xBF => self.structure(low, depth)?,
            0xC0 => Packed::Null,
            0xC1 => Packed::Float(f64::from_be_bytes(self.array()?)),
            0xC2 => Packed::Boolean(false),
            0xC3 => Packed::Boolean(true),
            0xC8 => Packed::Integer(i64::from(i8::from_be_bytes(self.array()?))),
            0xC9 => Packed::Integer(i64::from(i16::from_be_bytes(self.array()?))),
            0xCA => Packed::Integer(i64::from(i32::from_be_bytes(self.array()?))),
            0xCB => Packed::Integer(i64::from_be_bytes(self.array()?)),
            0xCC..=0xCE => {
                let size = self.size(marker - 0xCC)?;
                Packed::Bytes(self.take(size)?.to_vec())
            }
            0xD0..=0xD2 => {
                let size = self.size(marker - 0xD0)?;
                self.string(size)?
            }
            0xD4..=0xD6 => {
                let size = self.size(marker - 0xD4)?;
                self.list(size, depth)?
            }
            0xD8..=0xDA => {
                let size = self.size(marker - 0xD8)?;
                self.map(size, depth)?
            }
            _ => return Err("a value begins with an unknown marker"),
        })
    }

    fn byte(&mut self) -> Result<u8, &'static str> {
        self.take(1).map(|byte| byte[0])
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn take(&mut self, size: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.bytes.split_at_checked(size).ok_or("a message ends in the middle of a value")?;
        self.bytes = rest;
        Ok(taken)
    }

    /// A size in 1, 2 or 4 bytes. It can be no larger than what is left, as all that is counted has a byte at least.
    fn size(&mut self, width: u8) -> Result<usize, &'static str> {
        let size = match width {
            0 => u32::from(self.byte()?),
            1 => u32::from(u16::from_be_bytes(self.array()?)),
            _ => u32::from_be_bytes(self.array()?),
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size > self.bytes.len() { Err("a message ends in the middle of a value") } else { Ok(size) }
    }

    fn string(&mut self, size: usize) -> Result<Packed, &'static str> {
        let text = std::str::from_utf8(self.take(size)?).map_err(|_| "text is not UTF-8")?;
        Ok(Packed::String(text.to_owned()))
    }

    fn list(&mut self, size: usize, depth: usize) -> Result<Packed, &'static str> {
        (0..size).map(|_| self.value(depth + 1)).collect::<Result<_, _>>().map(Packed::List)
    }

    fn map(&mut self, size: usize, depth: usize) -> Result<Packed, &'static str> {
        let entry = |reader: &mut Self| match reader.value(depth + 1)? {
            Packed::String(key) => Ok((key, reader.value(depth + 1)?)),
            _ => Err("a key of a map is no text"),
        };
        (0..size).map(|_| entry(self)).collect::<Result<_, _>>().map(Packed::Map)
    }

    fn structure(&mut self, size: usize, depth: usize) -> Result<Packed, &'static str> {
        let tag = self.byte()?;
        let fields = (0..size).map(|_| self.value(depth + 1)).collect::<Result<_, _>>()?;
        Ok(Packed::Structure(tag, fields))
    }
}

/// Writes values one behind the other.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn null(&mut self) {
        self.bytes.push(0xC0);
    }

    pub(super) fn boolean(&mut self, truth: bool) {
        self.bytes.push(if truth { 0xC3 } else { 0xC2 });
    }

    /// In as few bytes as it needs.
    pub(super) fn integer(&mut self, number: i64) {
        if let Ok(small) = i8::try_from(number) {
            if small < -16 {
                self.bytes.push(0xC8);
            }
            self.bytes.extend(small.to_be_bytes());
        } else if let Ok(number) = i16::try_from(number) {
            self.bytes.push(0xC9);
            self.bytes.extend(number.to_be_bytes());
        } else if let Ok(number) = i32::try_from(number) {
            self.bytes.push(0xCA);
            self.bytes.extend(number.to_be_bytes());
        } else {
            self.bytes.push(0xCB);
            self.bytes.extend(number.to_be_bytes());
        }
    }

    pub(super) fn float(&mut self, number: f64) {
        self.bytes.push(0xC1);
        self.bytes.extend(number.to_be_bytes());
    }

    pub(super) fn string(&mut self, text: &str) {
        self.sized(text.len(), 0x80, 0xD0);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// The head of a list; its items follow.
    pub(super) fn list(&mut self, size: usize) {
        self.sized(size, 0x90, 0xD4);
    }

    /// The head of a map; a key and a value for each entry follow.
    pub(super) fn map(&mut self, size: usize) {
        self.sized(size, 0xA0, 0xD8);
    }

    /// The head of a structure of at most 15 fields, which follow.
    pub(super) fn structure(&mut self, tag: u8, fields: u8) {
        self.bytes.extend([0xB0 | (fields & 0x0F), tag]);
    }

    fn sized(&mut self, size: usize, tiny: u8, wide: u8) {
        if let Some(small) = u8::try_from(size).ok().filter(|size| *size < 16) {
            self.bytes.push(tiny | small);
        } else if let Ok(size) = u8::try_from(size) {
            self.bytes.extend([wide, size]);
        } else if let Ok(size) = u16::try_from(size) {
            self.bytes.push(wide + 1);
            self.bytes.extend(size.to_be_bytes());
        } else {
            self.bytes.push(wide + 2);
            self.bytes.extend(u32::try_from(size).unwrap_or(u32::MAX).to_be_bytes());
        }
    }

    /// A value with all that is in it.
    pub(super) fn value(&mut self, value: &Packed) {
        match value {
            Packed::Null => self.null(),
            Packed::Boolean(truth) => self.boolean(*truth),
            Packed::Integer(number) => self.integer(*number),
            Packed::Float(number) => self.float(*number),
            Packed::String(text) => self.string(text),
            Packed::Bytes(bytes) => {
                self.bytes.push(0xCE);
                self.bytes.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
                self.bytes.extend_from_slice(bytes);
            }
            Packed::List(items) => {
                self.list(items.len());
                items.iter().for_each(|item| self.value(item));
            }
            Packed::Map(entries) => {
                self.map(entries.len());
                for (key, value) in entries {
                    self.string(key);
                    self.value(value);
                }
            }
            Packed::Structure(tag, fields) => {
                self.structure(*tag, u8::try_from(fields.len()).unwrap_or(u8::MAX));
                fields.iter().for_each(|field| self.value(field));
            }
        }
    }
}
