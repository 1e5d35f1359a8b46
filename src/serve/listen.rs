//! Connections: how many at once, how long a request's head may take, and how large it may be.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::app::ended;
use super::patient::Patient;

/// Connections at once.
pub(super) const CONNECTIONS: usize = 256;

/// How long the head of a request may take, and how long a reader may take nothing.
const PATIENCE: Duration = Duration::from_secs(10);

/// How large the head of a request may be.
const HEAD: usize = 32 << 10;

/// How many headers it may have.
const HEADERS: usize = 100;

const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const SLOW: &[u8] = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Answers connections until the server ends; then lets those that answer finish.
pub(super) async fn listen(listener: TcpListener, router: Router, ending: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut open = JoinSet::new();
    loop {
        let Some(stream) = next(&listener, &mut open, ending.clone()).await else { break };
        match Arc::clone(&places).try_acquire_owned() {
            Ok(place) => {
                let (router, ending) = (router.clone(), ending.clone());
                open.spawn(async move {
                    connection(stream, router, ending).await;
                    drop(place);
                });
            }
            Err(_) => refuse(&stream, FULL),
        }
    }
    while open.join_next().await.is_some() {}
}

/// The next connection; nothing when the server ends.
pub(super) async fn next(
    listener: &TcpListener,
    open: &mut JoinSet<()>,
    mut ending: watch::Receiver<bool>,
) -> Option<TcpStream> {
    loop {
        tokio::select! {
            () = ended(&mut ending) => return None,
            Some(_) = open.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let _ = stream.set_nodelay(true);
                    return Some(stream);
                }
                // Out of files, say: the others have to end first.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            },
        }
    }
}

/// Says a last word to a connection that gets no place; whether it is heard matters little.
fn refuse(stream: &TcpStream, word: &[u8]) {
    let _ = stream.try_write(word);
}

async fn connection(stream: TcpStream, router: Router, mut ending: watch::Receiver<bool>) {
    let stream = TokioIo::new(Patient::new(stream, PATIENCE));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_headers(HEADERS)
        .max_header_size(HEAD)
        .serve_connection(stream, TowerToHyperService::new(router));
    let mut told = false;
    let ended = loop {
        tokio::select! {
            ended = poll_fn(|context| connection.poll_without_shutdown(context)) => break ended,
            () = ended(&mut ending), if !told => {
                told = true;
                std::pin::Pin::new(&mut connection).graceful_shutdown();
            }
        }
    };
    let parts = connection.into_parts();
    let mut stream = parts.io.into_inner();
    // Silence after an answer is no fault; a request that was begun and not ended is.
    if ended.is_err_and(|error| error.is_timeout()) && !parts.read_buf.is_empty() {
        let _ = stream.write_all(SLOW).await;
    }
    let _ = stream.shutdown().await;
}
