//! What all requests share: the index as it is now, the token, and how much may run at once.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::neo4j::Transactions;
use super::refusal::Refusal;
use super::{ServeOptions, Token};
use crate::session::{Live, Snapshot};

/// Statements and other work that run at once.
const AT_ONCE: usize = 4;

/// How long a request waits for its turn.
const TURN: Duration = Duration::from_secs(3);

/// The shortest time a whole request is given.
const REQUEST: Duration = Duration::from_secs(10);

/// What all requests share.
pub(super) struct App {
    pub(super) live: Live,
    pub(super) token: Token,
    pub(super) port: u16,
    /// Where Bolt is spoken, if it is.
    pub(super) bolt_port: Option<u16>,
    /// Transactions over HTTP that are open.
    pub(super) transactions: Transactions,
    /// How long a whole request may take.
    pub(super) request_time: Duration,
    /// Turns true when the server ends.
    pub(super) ending: watch::Receiver<bool>,
    commit: watch::Sender<String>,
    turns: Arc<Semaphore>,
    /// What is amiss with the index since it was opened.
    trouble: Mutex<Option<String>>,
}

impl App {
    pub(super) fn new(
        live: Live,
        options: &ServeOptions,
        port: u16,
        bolt_port: Option<u16>,
        ending: watch::Receiver<bool>,
    ) -> Self {
        let commit = watch::Sender::new(live.now().commit.clone());
        Self {
            live,
            token: options.token.clone(),
            port,
            bolt_port,
            transactions: Transactions::default(),
            request_time: REQUEST.max(options.statements.limits.time() + Duration::from_secs(5)),
            ending,
            commit,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            trouble: Mutex::default(),
        }
    }

    /// The commit that is served, to be waited on.
    pub(super) fn commits(&self) -> watch::Receiver<String> {
        self.commit.subscribe()
    }

    /// What is amiss with the index, for people.
    pub(super) fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How much of the work that was begun is not yet done.
    #[cfg(all(test, feature = "bolt"))]
    pub(super) fn working(&self) -> usize {
        AT_ONCE - self.turns.available_permits()
    }

    fn set_trouble(&self, trouble: Option<String>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// Opens a newer commit, if there is one; tells whether.
    pub(super) fn follow(&self) -> bool {
        match self.live.follow() {
            Ok(false) => false,
            Ok(true) => {
                self.set_trouble(None);
                self.commit.send_replace(self.live.now().commit.clone());
                true
            }
            Err(error) => {
                self.set_trouble(Some(format!("the newest commit cannot be opened: {error}")));
                false
            }
        }
    }

    /// Beside everything else, makes ready what is asked of a commit first, and reads its graph through; what is
    /// damaged is told with the status.
    pub(super) fn settle(self: &Arc<Self>) {
        let app = Arc::clone(self);
        spawn_blocking(move || {
            let snapshot = app.live.now();
            snapshot.session.prepare();
            if let Err(error) = snapshot.session.graph().verify() {
                app.set_trouble(Some(format!("{error}; `quipu ingest` writes it anew")));
            }
        });
    }

    /// Does `work` on the commit of now, beside the network, when its turn comes.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Snapshot) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.work_on(self.live.now(), work).await
    }

    /// The same on a commit that was kept.
    pub(super) async fn work_on<T: Send + 'static>(
        &self,
        snapshot: Arc<Snapshot>,
        work: impl FnOnce(&Snapshot) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = timeout(TURN, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(Refusal::busy()) };
        // The turn goes along: work whose request was given up still counts until it ends.
        let working = spawn_blocking(move || {
            let done = work(&snapshot);
            drop(turn);
            done
        });
        working.await.unwrap_or_else(|_| Err(Refusal::fault()))
    }
}

/// Waits until the server ends.
pub(super) async fn ended(ending: &mut watch::Receiver<bool>) {
    let _ = ending.wait_for(|ending| *ending).await;
}
