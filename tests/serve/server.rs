//! A server over a few notes, asked as a program would ask it, byte by byte.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// What requests have to show.
pub(crate) const TOKEN: &str = "test-token-123456";

/// A running server; it ends when this is dropped.
pub(crate) struct Server {
    folder: TempDir,
    child: Child,
    /// Where it answers.
    pub(crate) port: u16,
    /// Where it speaks Bolt.
    pub(crate) bolt: u16,
}

/// An answer.
pub(crate) struct Answer {
    /// Its status.
    pub(crate) status: u16,
    /// Its first line and headers.
    pub(crate) head: String,
    /// The rest.
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}{}", self.head, self.body))
    }
}

impl Server {
    /// Ingests notes and serves them.
    pub(crate) fn over(notes: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, text) in notes {
            let path = folder.path().join("notes").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self::after(folder, &["ingest", "-q", "notes"])
    }

    /// Serves an index that was built from facts, one a line.
    pub(crate) fn over_facts(facts: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("facts")).unwrap();
        fs::write(folder.path().join("facts/all.jsonl"), facts).unwrap();
        Self::after(folder, &["build", "-q", "--facts", "facts"])
    }

    /// Serves the index that a command makes.
    fn after(folder: TempDir, arguments: &[&str]) -> Self {
        let made = quipu(&folder).args(arguments).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut command = quipu(&folder);
        command.args(["serve", "--port", "0", "--bolt-port", "0"]).env("QUIPU_TOKEN", TOKEN);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut printed = BufReader::new(child.stdout.take().unwrap());
        let (port, bolt) = (next_port(&mut printed), next_port(&mut printed));
        Self { folder, child, port, bolt }
    }

    /// Adds or changes a note.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path("notes").join(name), text).unwrap();
    }

    /// Brings the index up to date.
    pub(crate) fn ingest(&self) {
        assert!(self.quipu(&["ingest", "-q"]).status.success());
    }

    /// Runs a command beside the server.
    pub(crate) fn quipu(&self, arguments: &[&str]) -> Output {
        quipu(&self.folder).args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A connection on which nothing was sent yet.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends bytes as they are.
    pub(crate) fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        // A server that refuses a large request answers before it has read all.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Asks with the token.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
        self.raw(&self.request(method, path, headers, body))
    }

    /// Asks with the token and does not wait for an answer.
    pub(crate) fn begin(&self, path: &str, body: &Value) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(self.request("POST", path, &[], Some(&body.to_string())).as_bytes()).unwrap();
        stream
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n", self.port);
        head += &format!("Authorization: Bearer {TOKEN}\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if let Some(body) = body {
            if headers.iter().all(|(name, _)| *name != "Content-Type") {
                head += "Content-Type: application/json\r\n";
            }
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        format!("{head}\r\n{}", body.unwrap_or(""))
    }

    /// What a path answers, which has to be an answer.
    pub(crate) fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, &[], None);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    /// What a body is answered, which has to be an answer.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let answer = self.ask("POST", path, &[], Some(&body.to_string()));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    /// The status that a path is answered with.
    pub(crate) fn status(&self, path: &str) -> u16 {
        self.ask("GET", path, &[], None).status
    }

    /// Asks the server to end, as Ctrl-C does; tells its exit code.
    pub(crate) fn interrupt(&mut self) -> Option<i32> {
        let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port in the next address that was printed.
fn next_port(printed: &mut impl BufRead) -> u16 {
    let mut address = String::new();
    printed.read_line(&mut address).unwrap();
    let port = address.trim().split(['/', ':']).find_map(|part| part.parse().ok());
    port.unwrap_or_else(|| panic!("no port in {address:?}"))
}

fn quipu(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
    command.current_dir(folder.path()).env_remove("QUIPU_INDEX").env_remove("QUIPU_TOKEN");
    command
}
