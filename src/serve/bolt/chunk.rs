//! Messages come in chunks, each behind its length in two bytes; an empty chunk ends a message, or keeps a
//! connection alive between two.

use std::collections::VecDeque;
use std::future::pending;
use std::io;
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::message::is_reset;

/// How long a message may be.
const LONGEST: usize = 1 << 20;

/// How much is read ahead while a statement runs, in bytes.
const AHEAD: usize = LONGEST;

/// How much is read at once, in bytes.
const READ: usize = 8 << 10;

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

/// A connection, message by message.
pub(super) struct Messages<S> {
    pub(super) stream: S,
    /// What was read beyond the last whole chunk.
    unread: Vec<u8>,
    /// The message whose chunks are coming.
    begun: Vec<u8>,
    /// Messages that were read and not yet given out.
    whole: VecDeque<Vec<u8>>,
    /// Whether a message is over the limit, after which nothing is read.
    too_long: bool,
}

impl<S: AsyncRead + Unpin> Messages<S> {
    pub(super) const fn new(stream: S) -> Self {
        Self { stream, unread: Vec::new(), begun: Vec::new(), whole: VecDeque::new(), too_long: false }
    }

    /// The next message. It may begin within `silence`, and has to end within `patience` after that.
    pub(super) async fn receive(&mut self, silence: Duration, patience: Duration) -> Received {
        let mut since = None;
        loop {
            if let Some(message) = self.whole.pop_front() {
                return Received::Message(message);
            }
            if self.too_long {
                return Received::TooLong;
            }
            let wait = if self.unread.is_empty() && self.begun.is_empty() {
                silence
            } else {
                patience.saturating_sub(since.get_or_insert_with(Instant::now).elapsed())
            };
            if !matches!(timeout(wait, self.more()).await, Ok(Ok(1..))) {
                return Received::Over;
            }
        }
    }

    /// Waits until the client takes back what it asked for, by a reset or by going; reads on meanwhile.
    pub(super) async fn taken_back(&mut self) {
        while !self.whole.iter().any(|message| is_reset(message)) {
            if self.too_long || self.ahead() >= AHEAD {
                return pending().await;
            }
            if !matches!(self.more().await, Ok(1..)) {
                return;
            }
        }
    }

    /// Bytes that are held for messages to come.
    fn ahead(&self) -> usize {
        let whole: usize = self.whole.iter().map(|message| size_of::<Vec<u8>>() + message.len()).sum();
        whole + self.begun.len() + self.unread.len()
    }

    /// Reads what has come, and puts it together; nothing is lost where this is given up. The answer is 0 at the end.
    async fn more(&mut self) -> io::Result<usize> {
        self.unread.reserve(READ);
        let read = self.stream.read_buf(&mut self.unread).await?;
        self.put_together();
        Ok(read)
    }

    /// Takes whole chunks out of what was read. An empty one with nothing before it keeps a connection alive.
    fn put_together(&mut self) {
        let mut rest = &self.unread[..];
        while let [high, low, after @ ..] = rest {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            self.too_long = self.begun.len() + length > LONGEST;
            let Some((chunk, after)) = after.split_at_checked(length).filter(|_| !self.too_long) else { break };
            self.begun.extend_from_slice(chunk);
            rest = after;
            if length == 0 && !self.begun.is_empty() {
                self.whole.push_back(std::mem::take(&mut self.begun));
            }
        }
        let taken = self.unread.len() - rest.len();
        self.unread.drain(..taken);
    }
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

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
    }

    fn received(sent: &[u8]) -> Vec<Received> {
        let second = Duration::from_secs(1);
        let mut messages = Messages::new(sent);
        runtime().block_on(async {
            let mut all = Vec::new();
            while !matches!(all.last(), Some(Received::Over | Received::TooLong)) {
                all.push(messages.receive(second, second).await);
            }
            all
        })
    }

    #[test]
    fn messages_are_put_together() {
        let two = [0, 0, 0, 0, 0, 2, 1, 2, 0, 1, 3, 0, 0, 0, 0, 0, 1, 9, 0, 0];
        let whole = [vec![1, 2, 3], vec![9]].map(Received::Message);
        assert_eq!(received(&two), whole.into_iter().chain([Received::Over]).collect::<Vec<_>>());
        assert_eq!(received(&[0, 2, 1]), [Received::Over]);
        assert_eq!(received(&[0, 1, 1]), [Received::Over]);
        assert_eq!(received(&[0]), [Received::Over]);
        assert_eq!(received(&[]), [Received::Over]);
        let mut long: Vec<u8> = [&[0xff, 0xff][..], &[0; 0xffff]].concat().repeat(17);
        long.extend([0, 0]);
        assert_eq!(received(&long), [Received::TooLong]);
    }

    #[test]
    fn what_is_sent_is_received() {
        let message: Vec<u8> = (0..200_000).map(|number: u32| number.to_le_bytes()[1]).collect();
        let mut sent = Vec::new();
        runtime().block_on(send(&mut sent, &message)).unwrap();
        assert_eq!(received(&sent), [Received::Message(message), Received::Over]);
    }

    #[test]
    fn a_reset_behind_other_messages_takes_them_back_and_loses_none() {
        let sent = [0, 1, 7, 0, 0, 0, 2, 0xB0, 0x0F, 0, 0];
        let mut messages = Messages::new(&sent[..]);
        let second = Duration::from_secs(1);
        runtime().block_on(async {
            messages.taken_back().await;
            assert_eq!(messages.receive(second, second).await, Received::Message(vec![7]));
            assert_eq!(messages.receive(second, second).await, Received::Message(vec![0xB0, 0x0F]));
            messages.taken_back().await;
            assert_eq!(messages.receive(second, second).await, Received::Over);
        });
    }

    #[test]
    fn a_message_that_comes_too_slowly_ends_the_connection() {
        runtime().block_on(async {
            let (mut client, server) = tokio::io::duplex(64);
            let mut messages = Messages::new(server);
            let slow = async {
                client.write_all(&[0, 200]).await.unwrap();
                while client.write_all(&[1]).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            tokio::select! {
                () = slow => panic!("the connection goes on"),
                received = messages.receive(Duration::from_secs(60), Duration::from_millis(200)) => {
                    assert_eq!(received, Received::Over);
                }
            }
        });
    }
}
