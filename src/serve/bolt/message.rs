//! Requests by name, and the four answers there are.

use super::packstream::{Packed, Writer, unpack};

/// What a client asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Request {
    Hello { extra: Packed },
    Logon { auth: Packed },
    Logoff,
    Run { statement: String, parameters: Packed, extra: Packed },
    Pull { count: i64, result: i64 },
    Discard { count: i64, result: i64 },
    Begin { extra: Packed },
    Commit,
    Rollback,
    Reset,
    Goodbye,
    Route { context: Packed, extra: Packed },
    Telemetry,
}

const RESET: u8 = 0x0F;

const SUCCESS: u8 = 0x70;
const RECORD: u8 = 0x71;
const IGNORED: u8 = 0x7E;
const FAILURE: u8 = 0x7F;

/// Whether a message takes back all that was asked before it.
pub(super) fn is_reset(message: &[u8]) -> bool {
    message == [0xB0, RESET]
}

/// Reads a request.
pub(super) fn request(bytes: &[u8]) -> Result<Request, &'static str> {
    let Packed::Structure(tag, fields) = unpack(bytes)? else { return Err("a message is no structure") };
    let mut fields = fields.into_iter();
    let mut next = || fields.next();
    let known = match tag {
        0x01 => next().map(|extra| Request::Hello { extra }),
        0x6A => next().map(|auth| Request::Logon { auth }),
        0x6B => Some(Request::Logoff),
        0x10 => match (next(), next(), next()) {
            (Some(Packed::String(statement)), Some(parameters), Some(extra)) => {
                Some(Request::Run { statement, parameters, extra })
            }
            _ => None,
        },
        0x3F => next().and_then(|extra| part(&extra)).map(|(count, result)| Request::Pull { count, result }),
        0x2F => next().and_then(|extra| part(&extra)).map(|(count, result)| Request::Discard { count, result }),
        0x11 => next().map(|extra| Request::Begin { extra }),
        0x12 => Some(Request::Commit),
        0x13 => Some(Request::Rollback),
        RESET => Some(Request::Reset),
        0x02 => Some(Request::Goodbye),
        0x66 => match (next(), next(), next()) {
            (Some(context), Some(_), Some(extra)) => Some(Request::Route { context, extra }),
            _ => None,
        },
        0x54 => Some(Request::Telemetry),
        _ => return Err("a message is of no known kind"),
    };
    known.ok_or("a message lacks what its kind needs")
}

/// How many rows of which result are meant: -1 for all, and for the last one.
fn part(extra: &Packed) -> Option<(i64, i64)> {
    let count = extra.get("n")?.integer().filter(|count| *count == -1 || *count > 0)?;
    let result = match extra.get("qid") {
        Some(result) => result.integer()?,
        None => -1,
    };
    Some((count, result))
}

/// A message that all went well, with what is to be told.
pub(super) fn success(told: Vec<(&str, Packed)>) -> Vec<u8> {
    let mut out = Writer::default();
    out.structure(SUCCESS, 1);
    out.value(&map(told));
    out.bytes
}

/// A message with the values of one row, which `write` appends.
pub(super) fn record(columns: usize, write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut out = Writer::default();
    out.structure(RECORD, 1);
    out.list(columns);
    write(&mut out);
    out.bytes
}

/// A message that something went wrong.
pub(super) fn failure(code: &str, message: &str) -> Vec<u8> {
    let mut out = Writer::default();
    out.structure(FAILURE, 1);
    out.value(&map(vec![("code", text(code)), ("message", text(message))]));
    out.bytes
}

/// A message that nothing was done, because of what went wrong before.
pub(super) fn ignored() -> Vec<u8> {
    let mut out = Writer::default();
    out.structure(IGNORED, 0);
    out.bytes
}

/// A map of the entries in their order.
pub(super) fn map(entries: Vec<(&str, Packed)>) -> Packed {
    Packed::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Text as a value.
pub(super) fn text(text: impl Into<String>) -> Packed {
    Packed::String(text.into())
}
