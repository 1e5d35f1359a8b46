//! Messages come in chunks, each behind its length in two bytes; an empty chunk ends a message, or keeps a
//! connection alive between two.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// How long a message may be.
const LONGEST: usize = 1 << 20;

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Received {
    /// A message.
    Message(Vec<u8>),
    /// A message over the limit.
    TooLong,
    /// Nothing: the client has gone, or took too long.
    Over,
}

/// The next message. It may begin within `silence`, and has to end within `patience` after that.
pub(super) async fn receive<S: AsyncRead + Unpin>(stream: &mut S, silence: Duration, patience: Duration) -> Received {
    let first = async {
        loop {
            match stream.read_u16().await {
                Ok(0) => {}
                other => return other,
            }
        }
    };
    let Ok(Ok(length)) = timeout(silence, first).await else { return Received::Over };
    match timeout(patience, rest(stream, length)).await {
        Ok(Ok(Some(message))) => Received::Message(message),
        Ok(Ok(None)) => Received::TooLong,
        _ => Received::Over,
    }
}

/// The chunk whose length was read, and all others up to the empty one; nothing when they are too long.
async fn rest<S: AsyncRead + Unpin>(stream: &mut S, mut length: u16) -> io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    while length > 0 {
        let start = message.len();
        if start + usize::from(length) > LONGEST {
            return Ok(None);
        }
        message.resize(start + usize::from(length), 0);
        stream.read_exact(&mut message[start..]).await?;
        length = stream.read_u16().await?;
    }
    Ok(Some(message))
}

/// Sends a message.
pub(super) async fn send<S: AsyncWrite + Unpin>(stream: &mut S, message: &[u8]) -> io::Result<()> {
    for chunk in message.chunks(usize::from(u16::MAX)) {
        stream.write_u16(u16::try_from(chunk.len()).unwrap_or(u16::MAX)).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_u16(0).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(sent: &[u8]) -> Received {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let second = Duration::from_secs(1);
        runtime.block_on(receive(&mut &*sent, second, second))
    }

    #[test]
    fn messages_are_put_together() {
        assert_eq!(received(&[0, 0, 0, 0, 0, 2, 1, 2, 0, 1, 3, 0, 0, 9]), Received::Message(vec![1, 2, 3]));
        assert_eq!(received(&[0, 2, 1]), Received::Over);
        assert_eq!(received(&[0, 1, 1]), Received::Over);
        assert_eq!(received(&[]), Received::Over);
        let mut long: Vec<u8> = [&[0xff, 0xff][..], &[0; 0xffff]].concat().repeat(17);
        long.extend([0, 0]);
        assert_eq!(received(&long), Received::TooLong);
    }

    #[test]
    fn what_is_sent_is_received() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let message: Vec<u8> = (0..200_000).map(|number: u32| number.to_le_bytes()[1]).collect();
        let mut sent = Vec::new();
        runtime.block_on(send(&mut sent, &message)).unwrap();
        assert_eq!(received(&sent), Received::Message(message));
    }
}
