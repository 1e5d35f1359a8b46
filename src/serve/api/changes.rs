//! Waits for a new commit, so that the page can show new facts without asking all the time.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{Response, StatusCode};
use serde_json::json;
use tokio::time::timeout;

use crate::serve::app::{App, ended};
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, json};

/// How long to wait for a commit before saying that there is none.
const WAIT: Duration = Duration::from_secs(25);

/// The commit that is served, as soon as it is another than `since`, or when the time is over.
pub(super) async fn changes(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response<Body>, Refusal> {
    let parameters = Parameters::parse(query.as_deref(), &["since"])?;
    let since = parameters.text("since")?.unwrap_or("").to_owned();
    let (mut commits, mut ending) = (app.commits(), app.ending.clone());
    let newer = async {
        tokio::select! {
            newer = commits.wait_for(|commit| *commit != since) => newer.is_ok(),
            () = ended(&mut ending) => false,
        }
    };
    let changed = timeout(WAIT, newer).await.unwrap_or(false);
    let commit = app.commits().borrow().clone();
    Ok(json(StatusCode::OK, &json!({ "commit": commit, "changed": changed })))
}
