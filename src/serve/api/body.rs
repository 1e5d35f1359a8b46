//! Bodies of requests: JSON of bounded size.

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::serve::refusal::Refusal;

/// How large a body may be.
const LARGEST: usize = 1 << 20;

/// Reads a body to its end.
pub(in crate::serve) async fn read<T: DeserializeOwned>(body: Body) -> Result<T, Refusal> {
    let bytes = to_bytes(body, LARGEST).await.map_err(|error| {
        let whole = std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("limit"));
        match whole {
            true => Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                format!("the body is larger than {LARGEST} bytes"),
            ),
            false => Refusal::malformed("the body was not sent to its end"),
        }
    })?;
    serde_json::from_slice(&bytes).map_err(|error| Refusal::malformed(format!("the body is not understood: {error}")))
}
