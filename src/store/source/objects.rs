//! Objects of Amazon S3 and what speaks like it, of Google Cloud Storage and of Azure. The crate `object_store` is used here only.
//!
//! Credentials come from the environment, by the names that the makers of each store gave them, and from nowhere else.
//! They do not reach an error: of what a server says, the status alone is told, and other words are shown without the
//! values of those variables. Requests that fail are tried again, each time later; transfers that were cut go on
//! where they stopped.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::future::Future;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::{HttpError, HttpErrorKind};
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path as Key;
use object_store::{Error, ObjectMeta, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::runtime::{Builder, Runtime};

use super::{Object, Unread};
use crate::store::StoreError;
use crate::store::walk::too_large;

/// How often a request is tried again, and for how long at most.
const RETRIES: (usize, Duration) = (8, Duration::from_secs(60));

/// Parts of the names of variables whose values are secret.
const SECRET: [&str; 6] = ["KEY", "SECRET", "TOKEN", "SAS", "CREDENTIAL", "PASSWORD"];

/// The stores that were asked, each with its connections.
#[derive(Default)]
pub(super) struct Objects {
    runtime: OnceLock<std::io::Result<Runtime>>,
    stores: Mutex<BTreeMap<String, Arc<dyn ObjectStore>>>,
}

impl Objects {
    /// What lies under a root, by name.
    pub(super) fn list(&self, root: &Path) -> Result<Vec<Object>, StoreError> {
        let (bucket, key) = parts(root);
        let found: Vec<ObjectMeta> = self.run(root, bucket, async |store| {
            let prefix = if key.is_empty() { None } else { Some(Key::parse(key)?) };
            store.list(prefix.as_ref()).try_collect().await
        })?;
        let below = |location: &str| location.strip_prefix(key).unwrap_or(location).trim_start_matches('/').to_owned();
        let object =
            |meta: &ObjectMeta| Object { name: below(meta.location.as_ref()), size: meta.size, stamp: stamp(meta) };
        let mut objects: Vec<Object> = found.iter().map(object).collect();
        objects.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(objects)
    }

    /// The bytes of an object, which has to be of that version where one is named; nothing where there is none.
    pub(super) fn read(&self, uri: &Path, limit: u64, version: Option<&str>) -> Result<Option<Vec<u8>>, Unread> {
        let (bucket, key) = parts(uri);
        let got = self.run(uri, bucket, async |store| {
            let got = match store.get(&Key::parse(key)?).await {
                Err(Error::NotFound { .. }) => return Ok(Ok(None)),
                got => got?,
            };
            if version.is_some() && version.map(bare) != got.meta.e_tag.as_deref().map(bare) {
                return Ok(Err("it was written since it was listed".to_owned()));
            }
            if got.meta.size > limit {
                return Ok(Err(too_large(got.meta.size, limit)));
            }
            Ok(Ok(Some(Vec::from(got.bytes().await?))))
        });
        got.map_err(Unread::Store)?.map_err(Unread::Note)
    }

    /// Asks the store of a bucket; any number of threads may ask at once.
    fn run<T, F: Future<Output = Result<T, Error>>>(
        &self,
        uri: &Path,
        bucket: &str,
        ask: impl FnOnce(Arc<dyn ObjectStore>) -> F,
    ) -> Result<T, StoreError> {
        let failed = |message: String, hint: String| StoreError::Remote { path: uri.to_owned(), message, hint };
        let runtime = self.runtime.get_or_init(|| Builder::new_multi_thread().worker_threads(1).enable_all().build());
        let runtime = runtime.as_ref().map_err(|error| failed(error.to_string(), again()))?;
        let store = self.store(bucket).map_err(|error| failed(told(&error), credentials(bucket)))?;
        runtime.block_on(ask(store)).map_err(|error| {
            let is_refused = matches!(error, Error::PermissionDenied { .. } | Error::Unauthenticated { .. });
            failed(told(&error), if is_refused { credentials(bucket) } else { again() })
        })
    }

    fn store(&self, bucket: &str) -> Result<Arc<dyn ObjectStore>, Error> {
        let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = stores.get(bucket) {
            return Ok(store.clone());
        }
        let store = connect(bucket)?;
        stores.insert(bucket.to_owned(), store.clone());
        Ok(store)
    }
}

/// The store of a bucket, as the environment describes it.
fn connect(bucket: &str) -> Result<Arc<dyn ObjectStore>, Error> {
    let retry = RetryConfig { max_retries: RETRIES.0, retry_timeout: RETRIES.1, ..RetryConfig::default() };
    let (scheme, name) = bucket.split_once("://").unwrap_or_default();
    Ok(match scheme {
        "gs" => Arc::new(GoogleCloudStorageBuilder::from_env().with_bucket_name(name).with_retry(retry).build()?),
        "az" => Arc::new(MicrosoftAzureBuilder::from_env().with_container_name(name).with_retry(retry).build()?),
        _ => Arc::new(AmazonS3Builder::from_env().with_bucket_name(name).with_retry(retry).build()?),
    })
}

/// The bucket of a URI with its scheme, and the key.
fn parts(uri: &Path) -> (&str, &str) {
    let uri = uri.to_str().unwrap_or_default();
    let start = uri.find("://").map_or(0, |at| at + "://".len());
    let end = uri[start..].find('/').map_or(uri.len(), |at| start + at);
    (&uri[..end], uri[end..].trim_start_matches('/'))
}

/// An entity tag without the quotes that some write around it.
fn bare(tag: &str) -> &str {
    tag.trim_matches('"')
}

/// A number for what an object holds now.
fn stamp(meta: &ObjectMeta) -> u64 {
    let Some(version) = &meta.e_tag else { return 0 };
    let hash = blake3::Hasher::new().update(&meta.size.to_le_bytes()).update(version.as_bytes()).finalize();
    u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes")).max(1)
}

/// What went wrong, without what only the server and the library know of each other.
fn told(error: &Error) -> String {
    match error {
        Error::NotFound { .. } => return "there is nothing of that name".to_owned(),
        Error::PermissionDenied { .. } => return "access is denied".to_owned(),
        Error::Unauthenticated { .. } => return "the credentials are not accepted".to_owned(),
        _ => {}
    }
    let text = error.to_string();
    if let Some((_, rest)) = text.split_once("status code: ") {
        let status: String = rest.chars().take_while(char::is_ascii_digit).collect();
        return format!("the server answers with status {status}, also when asked again");
    }
    let mut cause = error.source();
    while let Some(found) = cause {
        if let Some(error) = found.downcast_ref::<HttpError>() {
            return match error.kind() {
                HttpErrorKind::Connect => "the server cannot be reached".to_owned(),
                HttpErrorKind::Timeout => "the server did not answer in time".to_owned(),
                _ => "the transfer was cut, also when tried again".to_owned(),
            };
        }
        cause = found.source();
    }
    without_secrets(text, std::env::vars())
}

/// `text` without the values of variables that hold secrets.
fn without_secrets(mut text: String, variables: impl Iterator<Item = (String, String)>) -> String {
    let stores = ["AWS_", "AZURE_", "GOOGLE_"];
    for (name, value) in variables {
        let is_secret =
            stores.iter().any(|store| name.starts_with(store)) && SECRET.iter().any(|part| name.contains(part));
        if is_secret && !value.is_empty() {
            text = text.replace(&value, "…");
        }
    }
    text
}

fn again() -> String {
    "the index is as it was; run it again".to_owned()
}

/// Where credentials come from.
fn credentials(bucket: &str) -> String {
    let variables = match bucket.split_once(':') {
        Some(("gs", _)) => "GOOGLE_APPLICATION_CREDENTIALS names the file with them",
        Some(("az", _)) => "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY hold them",
        _ => "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY hold them; a public bucket wants AWS_SKIP_SIGNATURE=true",
    };
    format!("credentials come from the environment: {variables}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_has_a_bucket_and_a_key() {
        assert_eq!(parts(Path::new("s3://bucket")), ("s3://bucket", ""));
        assert_eq!(parts(Path::new("az://box/a b/c#1.md")), ("az://box", "a b/c#1.md"));
    }

    #[test]
    fn secrets_of_the_environment_are_not_told() {
        let variables = [("AWS_SECRET_ACCESS_KEY", "abc/d"), ("AWS_REGION", "eu"), ("HOME", "x"), ("GOOGLE_TOKEN", "")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(without_secrets("key abc/d in eu x".to_owned(), variables.into_iter()), "key … in eu x");
    }
}
