//! A client leaves by closing our standard input: who works for it is told.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::watch;
use tokio::time::sleep;

/// How long work goes on for a client that left, so that requests that are piped in are answered.
const GRACE: Duration = Duration::from_secs(1);

/// Tells when the client left.
#[derive(Clone)]
pub(super) struct Farewell(watch::Receiver<bool>);

/// `input` as it is, and what tells when it has ended.
pub(super) fn heard<R>(input: R) -> (Heard<R>, Farewell) {
    let (left, told) = watch::channel(false);
    (Heard { input, left }, Farewell(told))
}

impl Farewell {
    /// Waits until the client has left and what it asked last had a moment.
    pub(super) async fn said(mut self) {
        // Input that is dropped is read no more: the client left, too.
        let _ = self.0.wait_for(|left| *left).await;
        sleep(GRACE).await;
    }
}

/// Input whose end is told.
pub(super) struct Heard<R> {
    input: R,
    left: watch::Sender<bool>,
}

impl<R: AsyncRead + Unpin> AsyncRead for Heard<R> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let (room, before) = (into.remaining(), into.filled().len());
        let read = ready!(Pin::new(&mut self.input).poll_read(context, into));
        if read.is_err() || room > 0 && into.filled().len() == before {
            self.left.send_replace(true);
        }
        Poll::Ready(read)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    #[test]
    fn the_end_of_input_is_told_and_nothing_before_it() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (mut input, farewell) = heard(&b"words"[..]);
            let mut read = [0; 5];
            input.read_exact(&mut read).await.unwrap();
            assert_eq!((&read, *farewell.0.borrow()), (b"words", false));
            assert_eq!(input.read(&mut read).await.unwrap(), 0);
            assert!(*farewell.0.borrow());
        });
    }
}
