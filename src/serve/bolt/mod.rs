//! Bolt 5.0 to 5.4, the protocol of Neo4j's drivers, read-only, on a port of its own.
//!
//! In: connections on loopback. Out: what the drivers take for a Neo4j that holds the graph of the notes. The
//! password is the token. No bytes make it panic or hold more than a message's limit.
//!
//! | file | does |
//! | --- | --- |
//! | `handshake` | which version is spoken |
//! | `chunk` | messages out of chunks and into them |
//! | `packstream` | values out of bytes and into them |
//! | `value` | values of the protocol and of the query language, one into the other |
//! | `message` | requests by name, answers |
//! | `conversation` | which request is answered how, and when |

mod chunk;
mod conversation;
mod handshake;
#[cfg(test)]
mod laws;
mod message;
mod packstream;
mod value;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::app::{App, ended};
use super::listen::{CONNECTIONS, next};
use super::patient::Patient;
use chunk::{Messages, Received};
use conversation::Conversation;

/// How long a client may take to say who it is, to send a message it has begun, and to take an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a client may say nothing.
const SILENCE: Duration = Duration::from_secs(3_600);

/// The same within a transaction.
const SILENT_TRANSACTION: Duration = Duration::from_secs(300);

/// Answers connections until the server ends.
pub(super) async fn listen(listener: TcpListener, app: Arc<App>, mut ending: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let numbers = AtomicU64::new(0);
    let mut open = JoinSet::new();
    while let Some(stream) = next(&listener, &mut open, ending.clone()).await {
        // A connection that gets no place is closed: the handshake has no word for it.
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let (app, mut ending) = (Arc::clone(&app), ending.clone());
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        open.spawn(async move {
            tokio::select! {
                () = converse(BufStream::new(Patient::new(stream, PATIENCE)), app, number) => {}
                () = ended(&mut ending) => {}
            }
            drop(place);
        });
    }
    ended(&mut ending).await;
}

/// Talks to one client until either has enough.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, app: Arc<App>, number: u64) {
    let Ok(Ok(Some(minor))) = timeout(PATIENCE, handshake::negotiate(&mut stream)).await else { return };
    let mut conversation = Conversation::new(app, minor, number);
    let mut messages = Messages::new(stream);
    loop {
        let silence = match (conversation.is_known(), conversation.is_in_transaction()) {
            (false, _) => PATIENCE,
            (true, true) => SILENT_TRANSACTION,
            (true, false) => SILENCE,
        };
        let message = match messages.receive(silence, PATIENCE).await {
            Received::Message(message) => message,
            Received::TooLong => {
                let _ = conversation.refuse(&mut messages.stream, "a message is too long").await;
                break;
            }
            Received::Over => break,
        };
        match conversation.answer(&message, &mut messages).await {
            Ok(true) if messages.stream.flush().await.is_ok() => {}
            _ => break,
        }
    }
    let _ = messages.stream.flush().await;
    let _ = messages.stream.shutdown().await;
}
