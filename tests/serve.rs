//! `quipu serve` as browsers and programs meet it: answers, refusals, limits, new commits, its end.
#![cfg(feature = "serve")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod serve {
    pub(crate) mod server;
}

use std::io::{Read, Write};
use std::time::Duration;

use serde_json::{Value, json};
use serve::server::{Server, TOKEN};

const PIPELINE: &str = "\
Pipelines
=========

Ingestion: Kafka

Storage: HDFS

Processing: Spark

Storage: Redshift
";

const KAFKA: &str = "\
# Kafka

Kafka is a distributed log.

Kafka feeds Snowflake.
Flink reads from Kafka.
";

fn notes() -> Server {
    Server::over(&[("work/pipeline.txt", PIPELINE), ("kafka.md", KAFKA)])
}

fn names(nodes: &Value) -> Vec<&str> {
    nodes.as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect()
}

#[test]
fn status_and_schema_tell_what_there_is() {
    let server = notes();
    let status = server.get("/api/status");
    assert_eq!(status["counts"]["notes"], 2);
    assert_eq!((status["name"].as_str(), status["notices"].as_array().map(Vec::len)), (Some("quipu"), Some(0)));
    let schema = server.get("/api/schema");
    let feeds = schema["types"].as_array().unwrap().iter().find(|row| row["name"] == "FEEDS").unwrap();
    assert_eq!((&feeds["symmetric"], feeds["count"].as_u64() > Some(2)), (&json!(false), true));
    assert_eq!(schema["folders"], json!([{"name": "", "count": 1}, {"name": "work", "count": 1}]));
}

#[test]
fn a_concept_comes_with_the_lines_that_say_so() {
    let server = notes();
    let matches = server.get("/api/complete?q=kaf");
    assert_eq!(matches["matches"][0]["name"], "Kafka");
    let kafka = server.get("/api/concept?name=kafka");
    assert_eq!(kafka["concept"]["id"], "c:kafka");
    let groups = kafka["relations"].as_array().unwrap();
    let feeds = groups.iter().find(|group| group["type"] == "FEEDS" && group["direction"] == "out").unwrap();
    let snowflake =
        feeds["items"].as_array().unwrap().iter().find(|item| item["other"]["name"] == "Snowflake").unwrap();
    let said = &snowflake["evidence"][0];
    assert_eq!((&said["path"], &said["line"]), (&json!("kafka.md"), &json!(5)));
    assert_eq!(said["quote"], "Kafka feeds Snowflake.");
    let relation = server.get("/api/relation?from=Kafka&to=Snowflake");
    assert_eq!(relation["relations"][0]["evidence"][0], *said);
    let paths = server.get("/api/paths?a=kafka&b=redshift&k=1");
    assert_eq!(names(&json!([paths["paths"][0]["start"]])), ["Kafka"]);
    assert!(
        paths["paths"][0]["hops"]
            .as_array()
            .unwrap()
            .iter()
            .all(|hop| hop["evidence"][0]["path"] == "work/pipeline.txt")
    );
}

#[test]
fn neighbours_come_a_few_at_a_time() {
    let server = notes();
    let all = server.get("/api/neighbours?name=Kafka");
    let total = all["total"].as_u64().unwrap();
    assert!(total >= 3, "{all}");
    let first = server.get("/api/neighbours?name=Kafka&limit=1");
    assert_eq!((first["more"].as_u64(), names(&first["nodes"]).len()), (Some(total - 1), 2));
    let shown = first["nodes"].as_array().unwrap().iter().find(|node| node["id"] == first["strongest"][0]).unwrap();
    let body = json!({"name": "Kafka", "limit": 1, "shown": ["Kafka", shown["name"]]});
    let second = server.post("/api/neighbours", &body);
    assert_eq!(second["more"].as_u64(), Some(total - 2));
    assert_ne!(second["strongest"], first["strongest"]);
    assert_eq!(second["strongest"][0], all["strongest"][1]);
    let typed = server.get("/api/neighbours?name=Kafka&types=NO_SUCH");
    assert_eq!(typed["total"], 0);
    let graph = server.get("/api/graph?around=Kafka&depth=1&limit=2");
    assert_eq!((names(&graph["nodes"]).len(), &graph["cut"]), (2, &json!(true)));
    assert_eq!(server.get("/api/graph")["cut"], false);
}

#[test]
fn a_note_is_shown_with_its_words_marked() {
    let server = notes();
    let page = server.get("/api/note?path=kafka.md&line=5&lines=3");
    assert_eq!(page["lines"], json!(["", "Kafka feeds Snowflake.", "Flink reads from Kafka."]));
    assert_eq!((&page["first_line"], &page["total_lines"], &page["cut"]), (&json!(4), &json!(7), &json!(true)));
    let marks: Vec<_> = page["marks"].as_array().unwrap().iter().filter(|mark| mark["line"] == 5).collect();
    assert_eq!(marks[0], &json!({"line": 5, "column": 1, "length": 5, "concept": "Kafka", "kind": "Messaging"}));
    for outside in ["../notes/kafka.md", "/etc/passwd", "kafka.md/../kafka.md", "work"] {
        assert_eq!(server.status(&format!("/api/note?path={outside}")), 404, "{outside}");
    }
}

#[test]
fn questions_and_statements_are_answered_with_rows_and_a_picture() {
    let server = notes();
    let question = server.post("/api/ask", &json!({"text": "what feeds Snowflake"}));
    assert_eq!(question["rows"][0][0], "Kafka");
    assert_eq!(names(&question["graph"]["nodes"]), ["Kafka", "Snowflake"]);
    assert_eq!(question["page"]["relations"][0]["object"]["name"], "Snowflake");
    let body = json!({"text": "MATCH (n:Concept {name: $name}) RETURN n.name AS name, 1.0 AS one", "parameters": {"name": "Kafka"}});
    let statement = server.post("/api/ask", &body);
    assert_eq!((&statement["columns"], &statement["rows"]), (&json!(["name", "one"]), &json!([["Kafka", 1.0]])));
    let missing = server.ask("POST", "/api/ask", &[], Some("{\"text\": \"RETURN $x\"}")).json();
    assert_eq!(missing["error"]["hint"], "give it in `parameters`", "{missing}");
    let cut = server.post("/api/ask", &json!({"text": "UNWIND range(1, 5) AS n RETURN n", "limit": 2}));
    assert_eq!((&cut["rows"], &cut["total_rows"], &cut["cut"]), (&json!([[1], [2]]), &json!(5), &json!(true)));
    let listed = server.post("/api/ask", &json!({"text": "list messaging"}));
    assert_eq!((&listed["page"], names(&listed["graph"]["nodes"])), (&Value::Null, vec!["Kafka"]));
    let found = server.get("/api/search?q=distributed");
    assert_eq!((&found["hits"][0]["path"], found["total"].as_u64()), (&json!("kafka.md"), Some(1)));
    let marked: Vec<_> =
        found["hits"][0]["snippet"].as_array().unwrap().iter().filter(|piece| piece["marked"] == true).collect();
    assert_eq!(marked[0]["text"], "distributed");
}

#[test]
fn errors_say_what_where_and_what_next() {
    let server = notes();
    let refused = |text: &str| server.ask("POST", "/api/ask", &[], Some(&json!({"text": text}).to_string())).json();
    assert_eq!(
        refused("MATCH (n) RETURN m")["error"]["place"],
        json!({"line": 1, "column": 18, "start": 17, "end": 18})
    );
    let unknown = server.ask("GET", "/api/concept?name=Kafak", &[], None);
    assert_eq!((unknown.status, &unknown.json()["error"]["similar"]), (404, &json!(["Kafka"])));
    assert_eq!(refused("CREATE (n)")["error"]["kind"], "ReadOnly");
    assert_eq!(
        refused("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)")["error"]["code"],
        "limit"
    );
    assert_eq!(server.status("/api/concept?nme=Kafka"), 400);
    assert_eq!(server.status("/api/nothing"), 404);
    assert_eq!(server.ask("POST", "/api/status", &[], Some("{}")).status, 405);
    assert_eq!(server.ask("POST", "/api/ask", &[], Some("{\"text\": 1}")).status, 400);
    assert_eq!(server.ask("POST", "/api/ask", &[], Some("{\"text\": \"x\", \"txt\": 1}")).status, 400);
}

#[test]
fn only_who_shows_the_token_is_answered() {
    let server = notes();
    let bare = |path: &str, headers: &str| {
        server.raw(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}Connection: close\r\n\r\n",
            server.port
        ))
    };
    assert_eq!(bare("/api/status", "").status, 401);
    assert_eq!(bare("/db/neo4j/query/v2", "").status, 401);
    assert_eq!(bare("/api/status", "Authorization: Bearer wrong\r\n").status, 401);
    assert_eq!(bare("/api/status?token=wrong", "").status, 401);
    assert_eq!(bare("/api/status", &format!("Authorization: Bearer {TOKEN}\r\n")).status, 200);
    assert_eq!(bare(&format!("/api/status?token={TOKEN}"), "").status, 200);
    // `neo4j:` and the token.
    assert_eq!(bare("/api/status", "Authorization: Basic bmVvNGo6dGVzdC10b2tlbi0xMjM0NTY=\r\n").status, 200);
    assert_eq!(bare("/", "Accept: text/html\r\n").status, 200);
}

#[test]
fn other_sites_are_not_answered() {
    let server = notes();
    let port = server.port;
    let asked = |headers: &str| {
        server.raw(&format!("GET /api/status?token={TOKEN} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).status
    };
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    for host in ["localhost", "[::1]", "127.0.0.1"] {
        assert_eq!(asked(&format!("Host: {host}:{port}\r\n")), 200, "{host}");
    }
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80"] {
        assert_eq!(asked(&format!("Host: {host}\r\n")), 421, "{host}");
    }
    assert_eq!(asked(&format!("{own}Host: evil.example\r\n")), 421);
    assert_eq!(asked(&format!("{own}Origin: http://127.0.0.1:{port}\r\n")), 200);
    for origin in ["https://evil.example", "null", &format!("https://127.0.0.1:{port}"), "http://localhost:1"] {
        assert_eq!(asked(&format!("{own}Origin: {origin}\r\n")), 403, "{origin}");
    }
    assert_eq!(asked(&format!("{own}Sec-Fetch-Site: cross-site\r\n")), 403);
    assert_eq!(asked(&format!("{own}Sec-Fetch-Site: same-origin\r\n")), 200);
    let answer = server.ask("GET", "/api/status", &[("Origin", &format!("http://localhost:{port}"))], None);
    assert!(!answer.head.to_lowercase().contains("access-control"), "{}", answer.head);
}

#[test]
fn what_is_too_large_is_refused() {
    let server = notes();
    let post = |kind: &str, body: &str| server.ask("POST", "/api/ask", &[("Content-Type", kind)], Some(body)).status;
    assert_eq!(post("text/plain", "{\"text\": \"what is Kafka\"}"), 415);
    assert_eq!(post("application/x-www-form-urlencoded", "text=1"), 415);
    let large = json!({"text": "x".repeat(2 << 20)}).to_string();
    let answer = server.ask("POST", "/api/ask", &[], Some(&large));
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (413, &json!("too-large")));
    assert_eq!(server.status(&format!("/api/search?q={}", "x".repeat(40 << 10))), 431);
    let many: Vec<(String, &str)> = (0..120).map(|number| (format!("X-{number}"), "1")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(server.ask("GET", "/api/status", &many, None).status, 431);
    assert_eq!(server.status("/api/search?q=again"), 200);
}

#[test]
fn who_sends_too_slowly_is_cut_off() {
    let server = notes();
    let mut head = server.connect();
    head.write_all(format!("GET /api/status HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nX-Slow: ", server.port).as_bytes())
        .unwrap();
    let mut body = server.connect();
    let begun = format!(
        "POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{",
        server.port
    );
    body.write_all(begun.as_bytes()).unwrap();
    for slow in [&mut head, &mut body] {
        let mut answer = vec![0; 12];
        slow.read_exact(&mut answer).unwrap();
        assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 408");
    }
    assert_eq!(server.status("/api/status"), 200);
}

#[test]
fn a_statement_ends_when_its_client_goes() {
    const ENDLESS: &str =
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c WHERE c < 0 RETURN count(*)";
    let server = notes();
    for (path, key) in [("/api/ask", "text"), ("/db/neo4j/query/v2", "statement")] {
        // As many as run at once, so that nothing else is answered before one of them ends.
        let running: Vec<_> = (0..4).map(|_| server.begin(path, &json!({key: ENDLESS}))).collect();
        std::thread::sleep(Duration::from_millis(500));
        drop(running);
        let next = server.ask("POST", path, &[], Some(&json!({key: "RETURN 1 AS one"}).to_string()));
        assert!(next.status == 200 || next.status == 202, "{path}: {}{}", next.head, next.body);
    }
}

#[test]
fn an_index_of_facts_has_a_graph_and_no_text() {
    let facts = [
        json!({"kind": "concept", "name": "Kafka", "concept_kind": "Messaging"}),
        json!({"kind": "concept", "name": "HDFS", "concept_kind": "Storage"}),
        json!({"kind": "relation", "subject": "Kafka", "predicate": "FEEDS", "object": "HDFS", "confidence": 900,
            "rule": "arrow", "note": "a.txt", "line": 1, "column": 1, "quote": "Kafka --> HDFS"}),
    ];
    let server = Server::over_facts(&facts.map(|fact| format!("{fact}\n")).concat());
    assert_eq!(
        server.get("/api/relation?from=Kafka&to=HDFS")["relations"][0]["evidence"][0]["quote"],
        "Kafka --> HDFS"
    );
    let searched = server.ask("GET", "/api/search?q=Kafka", &[], None);
    assert_eq!((searched.status, &searched.json()["error"]["code"]), (400, &json!("search")));
    assert_eq!(server.status("/api/note?path=a.txt"), 404);
}

#[test]
fn connections_are_counted() {
    let server = notes();
    let open: Vec<_> = (0..256).map(|_| server.connect()).collect();
    assert_eq!(server.status("/api/status"), 503);
    // They end for themselves, as nothing was asked on them.
    for mut stream in open {
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).unwrap();
        assert_eq!(heard, b"");
    }
    assert_eq!(server.status("/api/status"), 200);
}

#[test]
fn a_hostile_note_is_plain_text() {
    let name = "<script>alert(1)</script>";
    let note = format!("# \"{name}\" & 'x'\n\n[[{name}]] feeds Kafka.\n\u{202e}\u{1b}]0;x\u{7} Kafka feeds HDFS.\n");
    let server = Server::over(&[("<b>.md", &note), ("pipeline.txt", PIPELINE)]);
    let answer = server.ask("GET", "/api/note?path=%3Cb%3E.md", &[], None);
    assert_eq!(answer.json()["lines"][2], json!(format!("[[{name}]] feeds Kafka.")));
    let head = answer.head.to_lowercase();
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");
    assert!(head.contains("default-src 'none'; script-src 'self'"), "{head}");
    assert!(head.contains("frame-ancestors 'none'"), "{head}");
    let echoed = server.ask("GET", &format!("/api/concept?name={}", "%3Cscript%3E"), &[], None);
    assert!(echoed.head.to_lowercase().contains("content-type: application/json"));
    let page = server
        .raw(&format!("GET /%3Cscript%3E HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", server.port));
    assert_eq!((page.status, page.body.contains("<script>")), (404, false));
}

#[test]
fn new_commits_are_followed() {
    let server = notes();
    let before = server.get("/api/status");
    let since = before["commit"].as_str().unwrap().to_owned();
    assert_eq!(server.status("/api/concept?name=Debezium"), 404);
    server.write("new.md", "# Debezium\n\nDebezium feeds Kafka.\n");
    server.ingest();
    let changed = server.get(&format!("/api/changes?since={since}"));
    assert_eq!(changed["changed"], true);
    assert_ne!(changed["commit"], since.as_str());
    assert_eq!(server.get("/api/concept?name=Debezium")["relations"][0]["items"][0]["other"]["name"], "Kafka");
    assert_eq!(server.get("/api/status")["counts"]["notes"], 3);
}

#[test]
fn a_server_ends_when_it_is_asked_to() {
    let mut server = notes();
    let mut waiting = server.connect();
    let commit = server.get("/api/status")["commit"].as_str().unwrap().to_owned();
    let request =
        format!("GET /api/changes?since={commit}&token={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
    waiting.write_all(request.as_bytes()).unwrap();
    assert_eq!(server.interrupt(), Some(0));
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\"changed\":false") || answer.is_empty(), "{answer}");
}

#[test]
fn a_server_that_cannot_begin_says_why() {
    let server = notes();
    let taken = server.quipu(&["serve", "--port", &server.port.to_string()]);
    assert_eq!(taken.status.code(), Some(2));
    let said = String::from_utf8_lossy(&taken.stderr).into_owned();
    assert!(said.contains("cannot be had") && said.contains("hint: another program has it"), "{said}");
    assert_eq!(server.quipu(&["serve", "--index", "nowhere"]).status.code(), Some(5));
    assert_eq!(server.quipu(&["serve", "--token", "short"]).status.code(), Some(2));
}

#[test]
fn secrets_are_hidden_in_notes_quotes_and_snippets() {
    let note = "# Kafka\n\nKafka feeds HDFS with password: hunter2hunter2 today.\n";
    let server = Server::over(&[("kafka.md", note)]);
    for path in [
        "/api/note?path=kafka.md",
        "/api/concept?name=Kafka",
        "/api/relation?from=Kafka&to=HDFS",
        "/api/search?q=today",
    ] {
        let answer = server.ask("GET", path, &[], None);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains("password: hunt") && !answer.body.contains("hunter2"), "{path}: {}", answer.body);
    }
}

#[test]
fn clients_discover_where_everything_is() {
    let server = notes();
    let found = server.ask("GET", "/", &[("Accept", "application/json")], None).json();
    assert_eq!(found["query"], format!("http://127.0.0.1:{}/db/{{databaseName}}/query/v2", server.port));
    assert_eq!(found["bolt_direct"], format!("bolt://127.0.0.1:{}", server.bolt));
    assert_eq!(found["neo4j_version"], "5.26.0");
    let page = server.ask("GET", "/", &[("Accept", "text/html,*/*")], None);
    assert!(page.body.starts_with("<!doctype html>"), "{}", page.body);
}

/// What the Query API answers to a body, whose values tell their types or not.
fn queried(server: &Server, path: &str, body: &Value, typed: bool) -> (u16, Value) {
    let kind = if typed { "application/vnd.neo4j.query" } else { "application/json" };
    let headers = [("Content-Type", kind), ("Accept", kind)];
    let answer = server.ask("POST", &format!("/db/neo4j/query/v2{path}"), &headers, Some(&body.to_string()));
    (answer.status, answer.json())
}

#[test]
fn the_query_api_answers_in_plain_and_typed_json() {
    let server = notes();
    let statement = "MATCH p = (a:Concept {name: $name})-[r:FEEDS]->(:Concept {name: 'Snowflake'}) RETURN r, p, date('2026-11-20') AS day, 1 AS one";
    let body =
        json!({"statement": statement, "parameters": {"name": "Kafka"}, "includeCounters": true, "accessMode": "READ"});
    let (status, plain) = queried(&server, "", &body, false);
    assert_eq!(status, 202);
    assert_eq!(plain["data"]["fields"], json!(["r", "p", "day", "one"]));
    let row = &plain["data"]["values"][0];
    assert_eq!(row[0]["elementId"], "r:c:kafka|FEEDS|c:snowflake");
    assert_eq!((&row[0]["startNodeElementId"], &row[0]["type"]), (&json!("c:kafka"), &json!("FEEDS")));
    let ids: Vec<_> = row[1].as_array().unwrap().iter().map(|step| step["elementId"].as_str().unwrap()).collect();
    assert_eq!(ids, ["c:kafka", "r:c:kafka|FEEDS|c:snowflake", "c:snowflake"]);
    assert_eq!((&row[2], &row[3]), (&json!("2026-11-20"), &json!(1)));
    assert_eq!(plain["counters"]["containsUpdates"], false);
    assert!(plain["bookmarks"][0].as_str().unwrap().starts_with("quipu:"));
    let typed = json!({"statement": "RETURN $list AS list, duration('P1D') AS day, 2.5 AS half",
        "parameters": {"list": {"$type": "List", "_value": [{"$type": "Integer", "_value": "7"}]}}});
    let (status, typed) = queried(&server, "", &typed, true);
    assert_eq!(status, 202);
    assert_eq!(
        typed["data"]["values"][0],
        json!([
            {"$type": "List", "_value": [{"$type": "Integer", "_value": "7"}]},
            {"$type": "Duration", "_value": "P1D"},
            {"$type": "Float", "_value": "2.5"}
        ])
    );
}

#[test]
fn transactions_keep_their_commit_until_they_end() {
    let server = notes();
    let count = json!({"statement": "MATCH (n:Note) RETURN count(n) AS notes"});
    let (status, begun) = queried(&server, "/tx", &json!({}), false);
    assert_eq!(status, 202);
    let id = begun["transaction"]["id"].as_str().unwrap().to_owned();
    assert!(begun["transaction"]["expires"].as_str().unwrap().ends_with('Z'), "{begun}");
    let since = server.get("/api/status")["commit"].as_str().unwrap().to_owned();
    server.write("new.md", "# Debezium\n");
    server.ingest();
    server.get(&format!("/api/changes?since={since}"));
    let notes = |path: &str| queried(&server, path, &count, false).1["data"]["values"][0][0].clone();
    assert_eq!((notes(&format!("/tx/{id}")), notes("")), (json!(2), json!(3)));
    assert_eq!(notes(&format!("/tx/{id}/commit")), 2);
    let (status, gone) = queried(&server, &format!("/tx/{id}"), &count, false);
    assert_eq!((status, &gone["errors"][0]["code"]), (404, &json!("Neo.ClientError.Transaction.TransactionNotFound")));
    let (_, begun) = queried(&server, "/tx", &count, false);
    let id = begun["transaction"]["id"].as_str().unwrap();
    assert_eq!(begun["data"]["values"], json!([[3]]));
    assert_eq!(server.ask("DELETE", &format!("/db/neo4j/query/v2/tx/{id}"), &[], None).status, 200);
    assert_eq!(queried(&server, &format!("/tx/{id}/commit"), &json!({}), false).0, 404);
}

#[test]
fn errors_of_the_query_api_have_neo4js_codes() {
    let server = notes();
    let refused = |statement: &str| {
        let (status, answer) = queried(&server, "", &json!({"statement": statement}), false);
        (status, answer["errors"][0]["code"].as_str().unwrap().to_owned())
    };
    let code = |code: &str| (400, format!("Neo.ClientError.Statement.{code}"));
    assert_eq!(refused("RETURN"), code("SyntaxError"));
    assert_eq!(refused("CREATE (n)"), code("AccessMode"));
    assert_eq!(refused("RETURN 1 / 0"), code("ArithmeticError"));
    assert_eq!(refused("RETURN $x"), code("ParameterMissing"));
    assert_eq!(
        queried(&server, "", &json!({"parameters": {}}), false).1["errors"][0]["code"],
        "Neo.ClientError.Request.InvalidFormat"
    );
    let elsewhere = server.ask("POST", "/db/elsewhere/query/v2", &[], Some("{\"statement\": \"RETURN 1\"}"));
    assert_eq!(
        (elsewhere.status, &elsewhere.json()["errors"][0]["code"]),
        (404, &json!("Neo.ClientError.Database.DatabaseNotFound"))
    );
    let bare = server.raw(&format!("POST /db/neo4j/query/v2 HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", server.port));
    assert_eq!(
        (bare.status, &bare.json()["errors"][0]["code"]),
        (401, &json!("Neo.ClientError.Security.Unauthorized"))
    );
    assert!(bare.head.to_lowercase().contains("www-authenticate: basic"), "{}", bare.head);
    assert_eq!(server.ask("GET", "/db/neo4j/query/v2", &[], None).status, 405);
}
