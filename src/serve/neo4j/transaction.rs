//! Transactions over HTTP: a commit of the index kept under a name until it is ended, or forgotten.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use axum::http::StatusCode;
use serde_json::{Value as Json, json};

use super::code::{Failure, TRANSACTION, TRANSACTIONS};
use crate::query::temporal::LocalDateTime;
use crate::session::Snapshot;

/// How long a transaction is kept after it was last used.
const KEPT: Duration = Duration::from_secs(30);

/// How many are kept at once.
const MOST: usize = 256;

/// The transactions that are open.
#[derive(Default)]
pub(in crate::serve) struct Transactions {
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    last: u64,
    by_id: BTreeMap<String, (Arc<Snapshot>, Instant)>,
}

impl Transactions {
    /// Keeps a commit; tells the name of the transaction.
    pub(super) fn begin(&self, snapshot: Arc<Snapshot>) -> Result<String, Failure> {
        let mut open = self.open();
        if open.by_id.len() >= MOST {
            let message = format!("{MOST} transactions are open; end one, or wait until one is forgotten");
            return Err(Failure::new(StatusCode::SERVICE_UNAVAILABLE, TRANSACTIONS, message));
        }
        open.last += 1;
        let id = format!("tx{}", open.last);
        open.by_id.insert(id.clone(), (snapshot, Instant::now()));
        Ok(id)
    }

    /// The commit that a transaction keeps; it is used from now on again.
    pub(super) fn find(&self, id: &str) -> Result<Arc<Snapshot>, Failure> {
        let mut open = self.open();
        let (snapshot, used) = open.by_id.get_mut(id).ok_or_else(|| unknown(id))?;
        *used = Instant::now();
        Ok(Arc::clone(snapshot))
    }

    /// Ends a transaction.
    pub(super) fn end(&self, id: &str) -> Result<Arc<Snapshot>, Failure> {
        self.open().by_id.remove(id).map(|(snapshot, _)| snapshot).ok_or_else(|| unknown(id))
    }

    /// The open ones, without those that nobody used for too long.
    fn open(&self) -> MutexGuard<'_, Open> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.by_id.retain(|_, (_, used)| used.elapsed() < KEPT);
        open
    }
}

fn unknown(id: &str) -> Failure {
    let message = format!("there is no transaction `{id}`; it was ended, or not used for {} seconds", KEPT.as_secs());
    Failure::new(StatusCode::NOT_FOUND, TRANSACTION, message)
}

/// What an answer says of its transaction.
pub(super) fn told(id: &str) -> Json {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default() + KEPT;
    let expires = i64::try_from(since.as_secs()).ok().and_then(|seconds| LocalDateTime::from_epoch(seconds, 0));
    json!({"id": id, "expires": expires.map(|expires| format!("{expires}Z"))})
}
