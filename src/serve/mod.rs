//! One process on this machine serves the page, a JSON API for it, and the protocols of Neo4j's drivers.
//!
//! In: requests on loopback that show the token. Out: what the [`Session`](crate::session) answers; nothing is ever
//! written. Each request passes `guard` (host, origin, token, headers), then a route; what takes time runs beside
//! the network under limits. A [`Live`] follows the index to new commits.
//!
//! | file | does |
//! | --- | --- |
//! | `listen` | connections: how many, how long, how large their heads |
//! | `guard` | who may ask, and what every answer says to browsers |
//! | `page` | the files of `web/dist`, compiled in |
//! | `api` | the JSON API |
//! | `neo4j` | Neo4j's Query API |
//! | `bolt` | Bolt, on a port of its own |

mod api;
mod app;
#[cfg(feature = "bolt")]
mod bolt;
mod error;
mod guard;
mod listen;
mod neo4j;
mod page;
mod parameters;
mod patient;
mod refusal;
mod token;

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use error::ServeError;
pub use token::Token;

use crate::query;
use crate::session::{Live, Names};
use app::App;

/// How often the index is looked at for a newer commit.
const LOOK: Duration = Duration::from_millis(700);

/// How long connections may take to end when the server does.
const FAREWELL: Duration = Duration::from_secs(2);

/// Threads for work that takes time; more requests than these wait.
const WORKERS: usize = 16;

/// Where and how to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The port on loopback; 0 picks one that is free.
    pub port: u16,
    /// The port for Bolt on loopback, if it is to be spoken; 0 picks one that is free.
    #[cfg(feature = "bolt")]
    pub bolt_port: Option<u16>,
    /// What has to be shown to be answered.
    pub token: Token,
    /// How statements run.
    pub statements: query::Options,
}

/// What a server can be reached by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The page, with the token.
    pub page: String,
    /// Bolt, if it is spoken.
    pub bolt: Option<String>,
}

/// Serves the index in `folder` until the process is asked to end. `ready` is told the addresses once they answer.
///
/// # Errors
///
/// When the index cannot be opened, or a port cannot be had.
pub fn run(folder: &Path, options: ServeOptions, ready: impl FnOnce(&Addresses)) -> Result<(), ServeError> {
    let live = Live::open(folder, options.statements.clone(), Names::InIndex)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(WORKERS)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    let served = runtime.block_on(serve(live, options, ready));
    // A statement may still run; its limits end it, and nobody waits for it.
    runtime.shutdown_background();
    served
}

async fn serve(live: Live, options: ServeOptions, ready: impl FnOnce(&Addresses)) -> Result<(), ServeError> {
    let listener = bind(options.port).await?;
    let port = listener.local_addr().map_err(ServeError::Runtime)?.port();
    let (end, ending) = watch::channel(false);
    #[cfg(feature = "bolt")]
    let (bolt, bolt_port) = bolt_listener(options.bolt_port).await?;
    #[cfg(not(feature = "bolt"))]
    let bolt_port = None;
    let app = Arc::new(App::new(live, &options, port, bolt_port, ending.clone()));
    let asked = asked_to_end();
    let following = tokio::spawn(follow(Arc::clone(&app)));
    let mut serving = JoinSet::new();
    serving.spawn(listen::listen(listener, guard::router(&app), ending.clone()));
    #[cfg(feature = "bolt")]
    if let Some(bolt) = bolt {
        serving.spawn(bolt::listen(bolt, app, ending));
    }
    ready(&Addresses {
        page: format!("http://127.0.0.1:{port}/?token={}", options.token.as_str()),
        bolt: bolt_port.map(|port| format!("bolt://127.0.0.1:{port}")),
    });
    asked.await;
    let _ = end.send(true);
    following.abort();
    let _ = tokio::time::timeout(FAREWELL, async { while serving.join_next().await.is_some() {} }).await;
    Ok(())
}

async fn bind(port: u16) -> Result<TcpListener, ServeError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|source| ServeError::Bind { port, source })
}

/// The socket for Bolt and its port, if it is to be spoken.
#[cfg(feature = "bolt")]
async fn bolt_listener(port: Option<u16>) -> Result<(Option<TcpListener>, Option<u16>), ServeError> {
    let Some(port) = port else { return Ok((None, None)) };
    let listener = bind(port).await?;
    let port = listener.local_addr().map_err(ServeError::Runtime)?.port();
    Ok((Some(listener), Some(port)))
}

/// Opens each new commit, tells those who wait for one, and has each made ready and checked.
async fn follow(app: Arc<App>) {
    app.settle();
    loop {
        tokio::time::sleep(LOOK).await;
        let looking = Arc::clone(&app);
        let looked = tokio::task::spawn_blocking(move || looking.follow()).await;
        if looked.unwrap_or(false) {
            app.settle();
        }
    }
}

/// Ends with Ctrl-C, or when the system asks; both are heard from the call on.
fn asked_to_end() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let asked = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::interrupt()).ok().zip(signal(SignalKind::terminate()).ok())
    };
    async move {
        #[cfg(unix)]
        if let Some((mut interrupted, mut terminated)) = asked {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
}
