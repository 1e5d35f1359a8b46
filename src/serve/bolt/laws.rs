//! No bytes that a client sends make the protocol fail otherwise than by an answer or an end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::chunk::{Messages, Received, send};
use super::packstream::{Packed, Writer, unpack};
use super::{converse, message, value};
use crate::limits::{Limit, Limits};
use crate::query;
use crate::serve::app::App;
use crate::serve::{ServeOptions, Token};
use crate::session::{Live, Names};

const TOKEN: &str = "test-token-123456";

const GREETING: [u8; 20] = [0x60, 0x60, 0xB0, 0x17, 0, 0, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// Something over three notes that answers.
struct Place {
    _folder: tempfile::TempDir,
    app: Arc<App>,
    runtime: Runtime,
}

impl Place {
    fn new() -> Self {
        Self::with(query::Options::default())
    }

    /// The same with statements that may take a minute, and any number of rows.
    fn patient() -> Self {
        let limits = Limits::default().with(Limit::Time, 60).with(Limit::Rows, u64::MAX);
        Self::with(query::Options { limits, ..query::Options::default() })
    }

    fn with(statements: query::Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (notes, index) = (folder.path().join("notes"), folder.path().join("index"));
        std::fs::create_dir(&notes).unwrap();
        std::fs::write(notes.join("kafka.md"), "# Kafka\n\nKafka feeds Snowflake.\n").unwrap();
        crate::session::ingest(&[notes], &index, &crate::store::IngestOptions::default(), &|_| {}).unwrap();
        let live = Live::open(&index, statements.clone(), Names::InIndex).unwrap();
        let token = Token::chosen(TOKEN).unwrap();
        let options = ServeOptions { port: 0, bolt_port: None, token, statements };
        let app = Arc::new(App::new(live, &options, 0, None, watch::channel(false).1));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        Self { _folder: folder, app, runtime }
    }

    /// The tags of the answers to bytes, after which the client says no more.
    fn heard(&self, bytes: &[u8]) -> Vec<u8> {
        self.runtime.block_on(async {
            let (client, server) = tokio::io::duplex(1 << 20);
            let talk = tokio::spawn(converse(server, Arc::clone(&self.app), 1));
            let (mut reading, mut writing) = tokio::io::split(client);
            let sent = bytes.to_vec();
            let sending = tokio::spawn(async move {
                let _ = writing.write_all(&sent).await;
                let _ = writing.shutdown().await;
            });
            let mut heard = Vec::new();
            tokio::time::timeout(Duration::from_secs(60), reading.read_to_end(&mut heard)).await.unwrap().unwrap();
            talk.await.expect("a talk ends without a panic");
            sending.await.unwrap();
            heard
        })
    }

    /// What is answered to messages of a client that has logged on and waits for each answer.
    fn answers(&self, messages: &[Vec<u8>]) -> Vec<Packed> {
        self.runtime.block_on(async {
            let mut client = self.client().await;
            let mut answers = Vec::new();
            for message in messages {
                client.say(message).await;
                let Some(answer) = client.answer().await else { break };
                answers.extend(answer);
            }
            answers
        })
    }

    /// A client that has logged on.
    async fn client(&self) -> Client {
        let (mut stream, server) = tokio::io::duplex(1 << 20);
        tokio::spawn(converse(server, Arc::clone(&self.app), 1));
        stream.write_all(&GREETING).await.unwrap();
        let mut version = [0; 4];
        stream.read_exact(&mut version).await.unwrap();
        assert_eq!(version, [0, 0, 4, 5]);
        let mut client = Client { messages: Messages::new(stream) };
        for message in [request(0x01, vec![message::map(Vec::new())]), logon(TOKEN)] {
            client.say(&message).await;
            assert_eq!(tags(&client.answer().await.unwrap()), [0x70]);
        }
        client
    }
}

struct Client {
    messages: Messages<DuplexStream>,
}

impl Client {
    async fn say(&mut self, message: &[u8]) {
        // Whoever was sent away is not heard.
        let _ = send(&mut self.messages.stream, message).await;
    }

    /// Rows, and the word that ends them; nothing where the connection has ended.
    async fn answer(&mut self) -> Option<Vec<Packed>> {
        let minute = Duration::from_secs(60);
        let mut answer = Vec::new();
        while tags(&answer).last().is_none_or(|tag| *tag == 0x71) {
            let Received::Message(message) = self.messages.receive(minute, minute).await else { return None };
            answer.push(unpack(&message).unwrap());
        }
        Some(answer)
    }
}

fn unchunked(mut bytes: &[u8]) -> Vec<Packed> {
    let (mut answers, mut message) = (Vec::new(), Vec::new());
    while let [high, low, rest @ ..] = bytes {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        message.extend_from_slice(&rest[..length]);
        bytes = &rest[length..];
        if length == 0 {
            answers.push(unpack(&message).unwrap());
            message.clear();
        }
    }
    answers
}

fn request(tag: u8, fields: Vec<Packed>) -> Vec<u8> {
    let mut out = Writer::default();
    out.value(&Packed::Structure(tag, fields));
    out.bytes
}

fn logon(token: &str) -> Vec<u8> {
    let auth = vec![
        ("scheme", message::text("basic")),
        ("principal", message::text("neo4j")),
        ("credentials", message::text(token)),
    ];
    request(0x6A, vec![message::map(auth)])
}

fn run(statement: &str) -> Vec<u8> {
    request(0x10, vec![message::text(statement), message::map(Vec::new()), message::map(Vec::new())])
}

fn pull(count: i64) -> Vec<u8> {
    request(0x3F, vec![message::map(vec![("n", Packed::Integer(count))])])
}

fn tags(answers: &[Packed]) -> Vec<u8> {
    answers.iter().map(|answer| if let Packed::Structure(tag, _) = answer { *tag } else { 0 }).collect()
}

const RESET: u8 = 0x0F;

#[test]
fn rows_are_pulled_in_pieces() {
    let place = Place::new();
    let answers =
        place.answers(&[run("UNWIND range(1, 5) AS n RETURN n"), pull(2), pull(-1), request(0x02, Vec::new())]);
    assert_eq!(tags(&answers), [0x70, 0x71, 0x71, 0x70, 0x71, 0x71, 0x71, 0x70]);
    assert_eq!(answers[1], Packed::Structure(0x71, vec![Packed::List(vec![Packed::Integer(1)])]));
    let Packed::Structure(_, fields) = &answers[3] else { panic!("{answers:?}") };
    assert_eq!(fields[0].get("has_more"), Some(&Packed::Boolean(true)));
}

#[test]
fn after_a_failure_all_is_ignored_up_to_a_reset() {
    let place = Place::new();
    let messages = [run("RETURN"), pull(-1), run("RETURN 1"), request(RESET, Vec::new()), run("RETURN 1"), pull(-1)];
    let answers = place.answers(&messages);
    assert_eq!(tags(&answers), [0x7F, 0x7E, 0x7E, 0x70, 0x70, 0x71, 0x70]);
    let Packed::Structure(_, fields) = &answers[0] else { panic!("{answers:?}") };
    assert_eq!(fields[0].get("code").and_then(Packed::text), Some("Neo.ClientError.Statement.SyntaxError"));
}

/// A statement that no limit but that of time ends.
const ENDLESS: &str =
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c WHERE c < 0 RETURN count(*) AS n";

/// How long a statement that was ended may still take, which is far less than its limit.
const AT_ONCE: Duration = Duration::from_secs(3);

/// Waits until all turns are free, which is when no statement runs.
async fn at_rest(app: &App) -> Duration {
    let began = Instant::now();
    while app.working() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    began.elapsed()
}

#[test]
fn a_reset_ends_the_statement_that_runs() {
    let place = Place::patient();
    place.runtime.block_on(async {
        let mut client = place.client().await;
        for message in [run(ENDLESS), pull(-1)] {
            client.say(&message).await;
        }
        while place.app.working() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let began = Instant::now();
        client.say(&request(RESET, Vec::new())).await;
        let failed = client.answer().await.unwrap();
        let Packed::Structure(0x7F, fields) = &failed[0] else { panic!("{failed:?}") };
        assert_eq!(fields[0].get("code").and_then(Packed::text), Some("Neo.ClientError.Transaction.Terminated"));
        assert_eq!(tags(&client.answer().await.unwrap()), [0x7E], "what was asked before the reset is ignored");
        assert_eq!(tags(&client.answer().await.unwrap()), [0x70], "the reset is answered");
        client.say(&run("RETURN 1 AS one")).await;
        assert_eq!(tags(&client.answer().await.unwrap()), [0x70]);
        assert!(began.elapsed() < AT_ONCE);
        assert!(at_rest(&place.app).await < AT_ONCE);
    });
}

#[test]
fn a_client_that_goes_takes_its_statement_along() {
    let place = Place::patient();
    place.runtime.block_on(async {
        let mut client = place.client().await;
        client.say(&run(ENDLESS)).await;
        while place.app.working() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drop(client);
        assert!(at_rest(&place.app).await < AT_ONCE);
    });
}

#[test]
fn what_makes_no_sense_ends_the_connection() {
    let place = Place::new();
    let senseless = [
        pull(1),
        request(0x12, Vec::new()),
        request(0x13, Vec::new()),
        request(0x99, Vec::new()),
        vec![1],
        logon(TOKEN),
    ];
    for message in senseless {
        let answers = place.answers(&[message.clone(), run("RETURN 1")]);
        assert_eq!(tags(&answers), [0x7F], "{message:x?}");
    }
    let begun = [request(0x11, vec![message::map(Vec::new())]), request(0x11, vec![message::map(Vec::new())])];
    assert_eq!(tags(&place.answers(&begun)), [0x70, 0x7F]);
    let twice = [run("RETURN 1"), run("RETURN 1")];
    assert_eq!(tags(&place.answers(&twice)), [0x70, 0x7F]);
}

#[test]
fn nothing_is_answered_without_the_token() {
    let place = Place::new();
    let hello = request(0x01, vec![message::map(Vec::new())]);
    for (first, wanted) in
        [(logon("wrong-token-12345"), 0x7F), (run("RETURN 1"), 0x7F), (request(RESET, Vec::new()), 0x7F)]
    {
        let mut bytes = GREETING.to_vec();
        for message in [&hello, &first, &run("RETURN 1"), &pull(-1)] {
            place.runtime.block_on(send(&mut bytes, message)).unwrap();
        }
        assert_eq!(tags(&unchunked(&place.heard(&bytes)[4..])), [0x70, wanted]);
    }
}

fn packed() -> impl Strategy<Value = Packed> {
    let leaf = prop_oneof![
        Just(Packed::Null),
        any::<bool>().prop_map(Packed::Boolean),
        any::<i64>().prop_map(Packed::Integer),
        (-40_000_i64..40_000).prop_map(Packed::Integer),
        any::<f64>().prop_filter("NaN equals nothing", |number| !number.is_nan()).prop_map(Packed::Float),
        proptest::collection::vec(any::<u8>(), 0..20).prop_map(Packed::Bytes),
        ".{0,40}".prop_map(Packed::String),
    ];
    leaf.prop_recursive(4, 40, 20, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..20).prop_map(Packed::List),
            proptest::collection::vec((".{0,5}", inner.clone()), 0..20).prop_map(Packed::Map),
            (any::<u8>(), proptest::collection::vec(inner, 0..15))
                .prop_map(|(tag, fields)| Packed::Structure(tag, fields)),
        ]
    })
}

/// Bytes that are mostly markers, so that they mean something.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let byte =
        prop_oneof![any::<u8>(), Just(0xB1), Just(0x91), Just(0xA1), Just(0x81), Just(0xD6), Just(0xDA), Just(0xD2)];
    proptest::collection::vec(byte, 0..200)
}

proptest! {
    #[test]
    fn values_survive_the_way_there_and_back(value in packed()) {
        let mut out = Writer::default();
        out.value(&value);
        prop_assert_eq!(unpack(&out.bytes), Ok(value));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in noise()) {
        let _ = message::request(&bytes);
        if let Ok(packed) = unpack(&bytes) {
            let _ = value::parameters(packed);
        }
    }

    #[test]
    fn any_value_is_a_parameter_or_is_refused(value in packed()) {
        let _ = value::parameters(message::map(vec![("x", value)]));
    }
}

#[test]
fn values_too_deep_are_refused() {
    assert!(unpack(&[0x91; 100_000]).is_err());
    assert!(unpack(&[0xB1; 100_000]).is_err());
    // Sizes that are not there are not made room for.
    assert!(unpack(&[0xD6, 0xFF, 0xFF, 0xFF, 0xFF]).is_err());
    assert!(unpack(&[0xDA, 0x7F, 0xFF, 0xFF, 0xFF, 0x81]).is_err());
}

#[test]
fn no_talk_ends_in_a_panic() {
    let place = Place::new();
    let known = [
        run("RETURN 1 AS x"),
        pull(1),
        pull(-1),
        request(RESET, Vec::new()),
        request(0x11, vec![message::map(Vec::new())]),
        request(0x12, Vec::new()),
        request(0x2F, vec![message::map(vec![("n", Packed::Integer(-1))])]),
        logon(TOKEN),
        run("nonsense"),
        request(0x66, vec![message::map(Vec::new()), Packed::List(Vec::new()), message::map(Vec::new())]),
        request(0x6B, Vec::new()),
    ];
    let step = prop_oneof![4 => (0..known.len()).prop_map(|at| (Some(at), Vec::new())), 1 => noise().prop_map(|bytes| (None, bytes))];
    let mut runner = proptest::test_runner::TestRunner::new(proptest::test_runner::Config::with_cases(60));
    let outcome = runner.run(&proptest::collection::vec(step, 1..12), |steps| {
        let messages: Vec<Vec<u8>> = steps
            .into_iter()
            .map(|(at, noise)| at.map_or(noise, |at| known[at].clone()))
            .filter(|message| !message.is_empty())
            .collect();
        let answers = place.answers(&messages);
        prop_assert!(tags(&answers).iter().all(|tag| [0x70, 0x71, 0x7E, 0x7F].contains(tag)));
        Ok(())
    });
    outcome.unwrap();
}
