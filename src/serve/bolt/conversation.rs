//! Which request is answered how, and when: the states of a connection.
//!
//! A client says who it is, then runs statements, alone or in a transaction, and pulls their rows. After a failure
//! everything is ignored up to a reset, since clients send on before they hear. A reset that comes while a statement
//! runs ends the statement. A request that makes no sense where it stands ends the connection.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::chunk::{Messages, send};
use super::message::{Request, failure, ignored, map, record, request, success, text};
use super::packstream::Packed;
use super::value;
use crate::query::{Answer, Parameters, PlanTree};
use crate::serve::app::App;
use crate::serve::neo4j::answer::Shown;
use crate::serve::neo4j::code::{FORMAT, Failure, INVALID, TRANSACTIONS, UNAUTHORIZED};
use crate::serve::neo4j::{DATABASE, VERSION, known};
use crate::session::{Interrupt, QueryOptions, Snapshot};

/// Results that a transaction may leave unread.
const UNREAD: usize = 16;

/// For how long a client may keep what it was told of where to connect, in seconds.
const ROUTES_KEPT: i64 = 300;

/// Where a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing was said yet.
    Greeting,
    /// It is not known who speaks.
    Unknown,
    /// Statements may run.
    Ready,
    /// Something went wrong, and what follows is ignored.
    Failed,
}

/// One connection's talk.
pub(super) struct Conversation {
    app: Arc<App>,
    minor: u8,
    number: u64,
    state: State,
    /// The commit that a transaction keeps.
    transaction: Option<Arc<Snapshot>>,
    /// Results that are not read to their ends.
    results: BTreeMap<i64, Open>,
    last: i64,
}

/// A result that is being read.
struct Open {
    answer: Answer,
    next: usize,
    snapshot: Arc<Snapshot>,
}

/// What is to be done after a request was answered.
enum Next {
    /// Go on.
    Stay,
    /// End the connection.
    Leave,
}

/// Why a request is not answered as wished.
enum Trouble {
    /// The connection broke.
    Broken(io::Error),
    /// Something went wrong, and the client may go on after a reset.
    Failure(Failure),
    /// The same, and the connection ends.
    Fatal(Failure),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

type Outcome = Result<Next, Trouble>;

impl Conversation {
    pub(super) const fn new(app: Arc<App>, minor: u8, number: u64) -> Self {
        let results = BTreeMap::new();
        Self { app, minor, number, state: State::Greeting, transaction: None, results, last: -1 }
    }

    /// Whether the client has shown the token.
    pub(super) const fn is_known(&self) -> bool {
        matches!(self.state, State::Ready | State::Failed)
    }

    pub(super) const fn is_in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    /// Answers a message; tells whether the connection goes on.
    pub(super) async fn answer<S>(&mut self, message: &[u8], client: &mut Messages<S>) -> io::Result<bool>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let request = match request(message) {
            Ok(request) => request,
            Err(wrong) => return self.refuse(&mut client.stream, wrong).await.map(|()| false),
        };
        let obeyed = self.obey(request, client).await;
        let out = &mut client.stream;
        match obeyed {
            Ok(Next::Stay) => Ok(true),
            Ok(Next::Leave) => Ok(false),
            Err(Trouble::Broken(error)) => Err(error),
            Err(Trouble::Failure(Failure { code, message, .. })) => {
                self.state = State::Failed;
                self.forget();
                send(out, &failure(code, &message)).await.map(|()| true)
            }
            Err(Trouble::Fatal(Failure { code, message, .. })) => {
                send(out, &failure(code, &message)).await.map(|()| false)
            }
        }
    }

    /// Says that a message could not be read.
    pub(super) async fn refuse<S: AsyncWrite + Unpin>(&self, out: &mut S, wrong: &str) -> io::Result<()> {
        send(out, &failure(FORMAT, wrong)).await
    }

    async fn obey<S>(&mut self, request: Request, client: &mut Messages<S>) -> Outcome
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let out = &mut client.stream;
        match (self.state, request) {
            (_, Request::Goodbye) => Ok(Next::Leave),
            (State::Ready | State::Failed, Request::Reset) => {
                self.state = State::Ready;
                self.forget();
                tell(out, Vec::new()).await
            }
            (State::Failed, _) => {
                send(out, &ignored()).await?;
                Ok(Next::Stay)
            }
            (State::Greeting, Request::Hello { extra }) => self.greet(&extra, out).await,
            (State::Unknown, Request::Logon { auth }) => self.admit(&auth, out).await,
            (State::Ready, request) => self.serve(request, client).await,
            (State::Greeting, _) => Err(fatal("a client says HELLO first")),
            (State::Unknown, _) => Err(fatal("a client has to log on first")),
        }
    }

    async fn greet<S: AsyncWrite + Unpin>(&mut self, extra: &Packed, out: &mut S) -> Outcome {
        // Before 5.1 a client shows with its greeting who it is.
        if self.minor == 0 {
            self.check(extra)?;
            self.state = State::Ready;
        } else {
            self.state = State::Unknown;
        }
        let connection = text(format!("bolt-{}", self.number));
        let server = text(format!("Neo4j/{VERSION}"));
        tell(out, vec![("server", server), ("connection_id", connection), ("hints", map(Vec::new()))]).await
    }

    async fn admit<S: AsyncWrite + Unpin>(&mut self, auth: &Packed, out: &mut S) -> Outcome {
        self.check(auth)?;
        self.state = State::Ready;
        tell(out, Vec::new()).await
    }

    /// The token is the password, or the ticket.
    fn check(&self, auth: &Packed) -> Result<(), Trouble> {
        let scheme = auth.get("scheme").and_then(Packed::text).unwrap_or("");
        let shown = auth.get("credentials").and_then(Packed::text).unwrap_or("");
        if matches!(scheme, "basic" | "bearer") && self.app.token.is(shown) {
            return Ok(());
        }
        let message = "the token is missing or wrong; give the one that `quipu serve` printed as the password";
        Err(Trouble::Fatal(Failure::new(StatusCode::UNAUTHORIZED, UNAUTHORIZED, message)))
    }

    async fn serve<S>(&mut self, request: Request, client: &mut Messages<S>) -> Outcome
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let reading = !self.results.is_empty();
        let out = &mut client.stream;
        match (request, self.is_in_transaction()) {
            (Request::Run { statement, parameters, extra }, in_transaction) if in_transaction || !reading => {
                self.run(statement, parameters, &extra, client).await
            }
            (Request::Pull { count, result }, _) if reading => self.pull(count, result, true, out).await,
            (Request::Discard { count, result }, _) if reading => self.pull(count, result, false, out).await,
            (Request::Begin { extra }, false) if !reading => self.begin(&extra, out).await,
            (Request::Commit, true) => {
                let snapshot = self.transaction.take();
                self.forget();
                let bookmark = snapshot.map(|snapshot| ("bookmark", bookmark(&snapshot)));
                tell(out, bookmark.into_iter().collect()).await
            }
            (Request::Rollback, true) => {
                self.forget();
                tell(out, Vec::new()).await
            }
            (Request::Route { context, extra }, false) if !reading => self.route(&context, &extra, out).await,
            (Request::Telemetry, _) => tell(out, Vec::new()).await,
            (Request::Logoff, false) if !reading && self.minor > 0 => {
                self.state = State::Unknown;
                tell(out, Vec::new()).await
            }
            _ => Err(fatal("a message makes no sense where it stands")),
        }
    }

    /// Drops the transaction and all results.
    fn forget(&mut self) {
        self.transaction = None;
        self.results.clear();
    }

    async fn begin<S: AsyncWrite + Unpin>(&mut self, extra: &Packed, out: &mut S) -> Outcome {
        check_extra(extra)?;
        self.transaction = Some(self.app.live.now());
        tell(out, Vec::new()).await
    }

    async fn run<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        statement: String,
        parameters: Packed,
        extra: &Packed,
        client: &mut Messages<S>,
    ) -> Outcome {
        check_extra(extra)?;
        if self.results.len() >= UNREAD {
            let message = format!("{UNREAD} results of the transaction are not read to their ends");
            return Err(Failure::new(StatusCode::BAD_REQUEST, TRANSACTIONS, message).into());
        }
        let parameters = value::parameters(parameters).map_err(Failure::format)?;
        let snapshot = self.transaction.clone().unwrap_or_else(|| self.app.live.now());
        let answer = tokio::select! {
            answer = self.answered(Arc::clone(&snapshot), statement, parameters, extra) => answer?,
            () = client.taken_back() => return Err(Failure::taken_back().into()),
        };
        self.last += 1;
        let fields = answer.columns.iter().map(text).collect();
        let mut told = vec![("fields", Packed::List(fields)), ("t_first", Packed::Integer(0))];
        if self.is_in_transaction() {
            told.push(("qid", Packed::Integer(self.last)));
        }
        self.results.insert(self.last, Open { answer, next: 0, snapshot });
        tell(&mut client.stream, told).await
    }

    /// Runs a statement, for no longer than the client wants to wait; it ends when this is given up.
    async fn answered(
        &self,
        snapshot: Arc<Snapshot>,
        statement: String,
        parameters: Parameters,
        extra: &Packed,
    ) -> Result<Answer, Failure> {
        let interrupt = Interrupt::default();
        let options = QueryOptions { parameters, interrupt: Some(interrupt.flag()) };
        let wanted = extra.get("tx_timeout").and_then(Packed::integer).and_then(|wanted| u64::try_from(wanted).ok());
        let patience = wanted.filter(|wanted| *wanted > 0).map_or(self.app.request_time, Duration::from_millis);
        let work = self.app.work_on(snapshot, move |snapshot| {
            let answered = snapshot.session.query(&statement, &options);
            Ok(answered.map_err(|error| Failure::of(&error, &statement)))
        });
        match timeout(patience, work).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(refusal)) => Err(refusal.into()),
            Err(_) => Err(Failure::timeout()),
        }
    }

    /// Gives, or drops, the next rows of a result; -1 stands for all rows, and for the last result.
    async fn pull<S: AsyncWrite + Unpin>(&mut self, count: i64, result: i64, give: bool, out: &mut S) -> Outcome {
        let result = if result == -1 { self.last } else { result };
        let in_transaction = self.is_in_transaction();
        let Some(open) = self.results.get_mut(&result) else {
            return Err(fatal("there is no such result"));
        };
        let left = open.answer.rows.len() - open.next;
        let count = usize::try_from(count).unwrap_or(left).min(left);
        if give {
            open.give(count, out).await?;
        }
        open.next += count;
        if count < left {
            return tell(out, vec![("has_more", Packed::Boolean(true))]).await;
        }
        let told = open.summary(in_transaction);
        self.results.remove(&result);
        tell(out, told).await
    }

    async fn route<S: AsyncWrite + Unpin>(&self, context: &Packed, extra: &Packed, out: &mut S) -> Outcome {
        check_extra(extra)?;
        let own = format!("127.0.0.1:{}", self.app.bolt_port.unwrap_or_default());
        // A client that came through a tunnel knows the way to us better.
        let address = context.get("address").and_then(Packed::text).unwrap_or(&own);
        let role = |role: &str| map(vec![("addresses", Packed::List(vec![text(address)])), ("role", text(role))]);
        let servers = Packed::List(["WRITE", "READ", "ROUTE"].map(role).to_vec());
        // A driver keeps the table under the name it asked for.
        let database = extra.get("db").and_then(Packed::text).unwrap_or(DATABASE);
        let table = vec![("ttl", Packed::Integer(ROUTES_KEPT)), ("db", text(database)), ("servers", servers)];
        tell(out, vec![("rt", map(table))]).await
    }
}

impl Open {
    async fn give<S: AsyncWrite + Unpin>(&self, count: usize, out: &mut S) -> io::Result<()> {
        let shown = Shown { entities: &self.answer.entities, graph: self.snapshot.session.graph() };
        for row in &self.answer.rows[self.next..self.next + count] {
            let message = record(row.len(), |out| row.iter().for_each(|value| value::write(value, shown, out)));
            send(out, &message).await?;
        }
        Ok(())
    }

    /// What is told when a result has been read.
    fn summary(&self, in_transaction: bool) -> Vec<(&'static str, Packed)> {
        let mut told = vec![("type", text("r")), ("t_last", Packed::Integer(0)), ("db", text(DATABASE))];
        if !in_transaction {
            told.push(("bookmark", bookmark(&self.snapshot)));
        }
        if let Some(tree) = &self.answer.plan {
            told.push((if tree.rows.is_some() { "profile" } else { "plan" }, plan(tree)));
        }
        told
    }
}

/// The name of a commit, as a bookmark.
fn bookmark(snapshot: &Snapshot) -> Packed {
    text(format!("quipu:{}", snapshot.commit))
}

/// The database and the user that a client wants, if it tells.
fn check_extra(extra: &Packed) -> Result<(), Failure> {
    if extra.get("imp_user").is_some_and(|user| *user != Packed::Null) {
        return Err(Failure::invalid("there are no users to impersonate"));
    }
    match extra.get("db") {
        None | Some(Packed::Null) => Ok(()),
        Some(Packed::String(name)) => known(name),
        Some(_) => Err(Failure::format("the name of a database is text")),
    }
}

fn plan(tree: &PlanTree) -> Packed {
    let estimated = tree.estimated_rows.map_or(Packed::Null, Packed::Float);
    let mut told = vec![
        ("operatorType", text(&tree.operator)),
        ("args", map(vec![("Details", text(&tree.detail)), ("EstimatedRows", estimated)])),
        ("identifiers", Packed::List(Vec::new())),
        ("children", Packed::List(tree.inputs.iter().map(plan).collect())),
    ];
    if let Some(rows) = tree.rows {
        told.push(("rows", Packed::Integer(i64::try_from(rows).unwrap_or(i64::MAX))));
        told.push(("dbHits", Packed::Integer(0)));
    }
    map(told)
}

fn fatal(message: &str) -> Trouble {
    Trouble::Fatal(Failure::new(StatusCode::BAD_REQUEST, INVALID, message))
}

async fn tell<S: AsyncWrite + Unpin>(out: &mut S, told: Vec<(&str, Packed)>) -> Outcome {
    send(out, &success(told)).await?;
    Ok(Next::Stay)
}
