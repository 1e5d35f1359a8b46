// Does with Neo4j's JavaScript driver what people do with it, and checks every answer.
//
// Arguments: the folder of the driver, the address of a server over the notes of `tests/drivers.rs`, its token.

const assert = require("node:assert/strict");
const [folder, address, token] = process.argv.slice(2);
const neo4j = require(folder);

async function refused(code, work) {
  await assert.rejects(work, (error) => {
    assert.equal(error.code, code, error.message);
    return true;
  });
}

async function one(driver, statement, parameters) {
  const { records } = await driver.executeQuery(statement, parameters, { database: "neo4j" });
  return records[0].get(0);
}

async function values(driver) {
  const all = [null, true, 1.5, -0.25, "é 🦀", [], ["a", ["b"]], { a: { b: [null] } }, "x".repeat(70000)];
  for (const value of all) assert.deepEqual(await one(driver, "RETURN $value AS value", { value }), value);
  const large = neo4j.int("9223372036854775807");
  assert.ok((await one(driver, "RETURN $value AS value", { value: large })).equals(large));
  for (const [written, test, text] of [
    ["date('2026-11-20')", neo4j.isDate, "2026-11-20"],
    ["localtime('10:11:12.5')", neo4j.isLocalTime, "10:11:12.500000000"],
    ["time('10:11:12+01:00')", neo4j.isTime, "10:11:12+01:00"],
    ["localdatetime('2026-11-20T10:11:12')", neo4j.isLocalDateTime, "2026-11-20T10:11:12"],
    ["datetime('2026-11-20T10:11:12+01:00')", neo4j.isDateTime, "2026-11-20T10:11:12+01:00"],
    ["datetime('2026-07-01T10:00:00[Europe/Stockholm]')", neo4j.isDateTime, "2026-07-01T10:00:00+02:00[Europe/Stockholm]"],
    ["duration({months: 1, days: -2, seconds: 3, nanoseconds: 4})", neo4j.isDuration, "P1M-2DT3.000000004S"],
  ]) {
    const value = await one(driver, `RETURN ${written} AS value`);
    assert.ok(test(value), written);
    assert.equal(value.toString(), text);
    assert.equal(await one(driver, `RETURN $value = ${written} AS same`, { value }), true, written);
  }
}

async function graph(driver) {
  const kafka = await one(driver, "MATCH (c:Concept {name: 'Kafka'}) RETURN c");
  assert.ok(neo4j.isNode(kafka));
  assert.equal(kafka.elementId, "c:kafka");
  assert.deepEqual(kafka.labels, ["Concept", "Messaging"]);
  assert.equal(kafka.properties.definition, "Kafka is a distributed log.");
  const feeds = await one(driver, "MATCH (:Concept {name: 'Kafka'})-[r:FEEDS]->(:Concept {name: 'Snowflake'}) RETURN r");
  assert.ok(neo4j.isRelationship(feeds));
  assert.deepEqual([feeds.type, feeds.startNodeElementId, feeds.endNodeElementId], ["FEEDS", "c:kafka", "c:snowflake"]);
  assert.deepEqual(feeds.properties.evidence, ["kafka.md:9"]);
  const path = await one(driver, "MATCH p = (:Concept {name: 'Snowflake'})<-[:FEEDS]-(:Concept {name: 'Kafka'})-[:FEEDS]->(:Concept {name: 'HDFS'}) RETURN p");
  assert.ok(neo4j.isPath(path));
  assert.deepEqual(path.segments.map((step) => [step.start.properties.name, step.end.properties.name]), [["Snowflake", "Kafka"], ["Kafka", "HDFS"]]);
  assert.equal(path.segments[0].relationship.startNodeElementId, "c:kafka");
}

async function sessions(driver) {
  const session = driver.session({ database: "neo4j", fetchSize: 500, defaultAccessMode: neo4j.session.READ });
  let sum = 0;
  for await (const record of session.run("UNWIND range(1, 10000) AS n RETURN n")) sum += record.get("n").toNumber();
  assert.equal(sum, 50005000);
  const transaction = await session.beginTransaction();
  const first = await transaction.run("UNWIND [1, 2] AS n RETURN n");
  const second = await transaction.run("RETURN 'b' AS x");
  assert.deepEqual([first.records.length, second.records[0].get("x")], [2, "b"]);
  await transaction.commit();
  const names = await session.executeRead(async (work) => (await work.run("MATCH (c:Messaging) RETURN c.name AS name")).records.map((record) => record.get("name")));
  assert.deepEqual(names, ["Kafka"]);
  for (let round = 0; round < 3; round += 1) {
    await refused("Neo.ClientError.Statement.SyntaxError", () => session.run("MATCH (n RETURN n"));
    assert.equal((await session.run("RETURN 1 AS one")).records[0].get("one").toNumber(), 1);
  }
  await session.close();
  const writing = driver.session({ database: "neo4j" });
  await refused("Neo.ClientError.Statement.AccessMode", () => writing.run("CREATE (n:Concept)"));
  await refused("Neo.ClientError.Statement.AccessMode", () => writing.executeWrite((work) => work.run("MATCH (n) DETACH DELETE n")));
  assert.equal((await writing.run("RETURN 1 AS one")).summary.queryType, "r");
  await writing.close();
  await refused("Neo.ClientError.Database.DatabaseNotFound", () => driver.executeQuery("RETURN 1", {}, { database: "elsewhere" }));
}

// As many as run at once are given up by a reset; what is asked next has its turn all the same.
async function reset(driver) {
  const endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c WHERE c < 0 RETURN count(*)";
  const sessions = Array.from({ length: 4 }, () => driver.session({ database: "neo4j" }));
  const running = sessions.map((session) => session.run(endless).then(() => "answered", (error) => error.code));
  await new Promise((go) => setTimeout(go, 500));
  await Promise.all(sessions.map((session) => session.close()));
  const session = driver.session({ database: "neo4j" });
  assert.equal((await session.run("RETURN 1 AS one")).records[0].get("one").toNumber(), 1);
  await session.close();
  for (const end of await Promise.all(running)) assert.equal(end, "Neo.ClientError.Transaction.Terminated");
}

async function main() {
  const stranger = neo4j.driver(address, neo4j.auth.basic("neo4j", "wrong"));
  await refused("Neo.ClientError.Security.Unauthorized", () => stranger.executeQuery("RETURN 1", {}, { database: "neo4j" }));
  await stranger.close();
  const driver = neo4j.driver(address, neo4j.auth.basic("neo4j", token));
  const info = await driver.getServerInfo();
  assert.equal(info.agent, "Neo4j/5.26.0");
  assert.ok(await driver.verifyAuthentication({ database: "neo4j" }));
  await values(driver);
  await graph(driver);
  await sessions(driver);
  const asked = Array.from({ length: 40 }, (_, number) => one(driver, "RETURN $number AS number", { number }));
  assert.deepEqual(await Promise.all(asked), Array.from({ length: 40 }, (_, number) => number));
  await reset(driver);
  await driver.close();
  console.log("all as it should be");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
