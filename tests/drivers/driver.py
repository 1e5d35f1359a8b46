"""Does with Neo4j's Python driver what people do with it, and checks every answer.

Arguments: the address of a server over the notes of `tests/drivers.rs`, and its token.
"""

import asyncio
import datetime
import math
import sys
import warnings

import neo4j
import pytz
from neo4j import AsyncGraphDatabase, GraphDatabase
from neo4j.exceptions import AuthError, ClientError, CypherSyntaxError, Neo4jError
from neo4j.time import Date, DateTime, Duration, Time

warnings.simplefilter("ignore")
address, token = sys.argv[1:3]
auth = ("neo4j", token)
bolt = not address.startswith("http")
database = "neo4j"


def refused(code, work):
    try:
        work()
    except Neo4jError as error:
        assert error.code == code, (error.code, error.message)
        return error
    raise AssertionError(f"{code} was expected")


def one(driver, statement, **parameters):
    records, _, _ = driver.execute_query(statement, parameters, database_=database)
    return records[0][0]


def the_token_is_the_password():
    with GraphDatabase.driver(address, auth=("neo4j", "wrong")) as driver:
        try:
            driver.execute_query("RETURN 1", database_=database)
            raise AssertionError("a wrong token was taken")
        except AuthError as error:
            assert error.code == "Neo.ClientError.Security.Unauthorized", error.code


def values_come_and_go(driver):
    values = [None, True, False, 0, -17, 127, 128, -129, 40000, 2**31, -(2**63), 2**63 - 1, 1.5, -0.0, math.inf,
              "", "é\u202e \U0001f980 'quoted' \\", "x" * 70000, [], [1, [2, "three"]], {"a": {"b": [None]}}, list(range(300))]
    for value in values:
        assert one(driver, "RETURN $value AS value", value=value) == value, value
    assert math.isnan(one(driver, "RETURN $value AS value", value=math.nan))
    assert one(driver, "RETURN {kind: 'map', list: [1, 2.0]} AS value") == {"kind": "map", "list": [1, 2.0]}


def temporal_values_are_objects(driver):
    stockholm = one(driver, "RETURN datetime('2026-07-01T10:00:00.5[Europe/Stockholm]') AS value")
    assert isinstance(stockholm, DateTime) and stockholm.utcoffset() == datetime.timedelta(hours=2), stockholm
    assert (stockholm.hour, stockholm.nanosecond) == (10, 500_000_000)
    plus = pytz.FixedOffset(60)
    pairs = [
        ("date('2026-11-20')", Date(2026, 11, 20)),
        ("localtime('10:11:12.5')", Time(10, 11, 12, 500_000_000)),
        ("localdatetime('2026-11-20T10:11:12')", DateTime(2026, 11, 20, 10, 11, 12)),
        ("time('10:11:12+01:00')", Time(10, 11, 12, 0, tzinfo=plus)),
        ("datetime('2026-11-20T10:11:12+01:00')", DateTime(2026, 11, 20, 10, 11, 12, 0, tzinfo=plus)),
        ("duration({months: 1, days: -2, seconds: 3, nanoseconds: 4})", Duration(months=1, days=-2, seconds=3, nanoseconds=4)),
    ]
    for written, value in pairs:
        found = one(driver, f"RETURN {written} AS value")
        assert type(found) is type(value) and found == value, (written, found)
        assert one(driver, f"RETURN $value = {written} AS same", value=value), written
        assert one(driver, "RETURN $value AS value", value=value) == value, written
    zoned = one(driver, "RETURN $value AS value", value=stockholm)
    assert zoned == stockholm, zoned


def nodes_relationships_and_paths_are_objects(driver):
    kafka = one(driver, "MATCH (c:Concept {name: 'Kafka'}) RETURN c")
    assert isinstance(kafka, neo4j.graph.Node)
    assert kafka.element_id == "c:kafka" and kafka.labels == {"Concept", "Messaging"}, kafka
    assert kafka["kind"] == "Messaging" and kafka["definition"] == "Kafka is a distributed log.", dict(kafka)
    feeds = one(driver, "MATCH (:Concept {name: 'Kafka'})-[r:FEEDS]->(:Concept {name: 'Snowflake'}) RETURN r")
    assert isinstance(feeds, neo4j.graph.Relationship) and feeds.type == "FEEDS"
    assert feeds.element_id == "r:c:kafka|FEEDS|c:snowflake", feeds.element_id
    assert (feeds.start_node.element_id, feeds.end_node.element_id) == ("c:kafka", "c:snowflake")
    assert feeds["evidence"] == ["kafka.md:9"] and feeds["quote"] == "Kafka feeds Snowflake.", dict(feeds)
    path = one(driver, "MATCH p = (:Concept {name: 'Snowflake'})<-[:FEEDS]-(:Concept {name: 'Kafka'})-[:FEEDS]->(:Concept {name: 'HDFS'}) RETURN p")
    assert isinstance(path, neo4j.graph.Path) and len(path) == 2
    assert [node["name"] for node in path.nodes] == ["Snowflake", "Kafka", "HDFS"]
    assert [step.start_node["name"] for step in path.relationships] == ["Kafka", "Kafka"]
    note = one(driver, "MATCH (n:Note {path: 'kafka.md'}) RETURN n")
    assert note.element_id == "n:kafka.md" and note["rating"] == 4.5, dict(note)


def answers_tell_about_themselves(driver):
    records, summary, keys = driver.execute_query(
        "MATCH (c:Concept) WHERE c.name = $name RETURN c.name AS name, 1 AS one", name="Kafka", database_=database,
        routing_="r")
    assert keys == ["name", "one"] and [record.data() for record in records] == [{"name": "Kafka", "one": 1}]
    assert summary.query_type == "r" and not summary.counters.contains_updates
    assert summary.database == "neo4j"
    _, summary, _ = driver.execute_query("EXPLAIN MATCH (c:Concept) RETURN c", database_=database)
    assert "operatorType" in summary.plan, summary.plan
    _, summary, _ = driver.execute_query("PROFILE RETURN 1 AS one", database_=database)
    assert summary.profile["rows"] == 1, summary.profile


def tools_find_their_way(driver):
    labels = {record["label"] for record in driver.execute_query("CALL db.labels() YIELD label RETURN label", database_=database).records}
    assert {"Concept", "Note", "Messaging"} <= labels, labels
    types = driver.execute_query("CALL db.relationshipTypes()", database_=database).records
    assert "FEEDS" in [record["relationshipType"] for record in types], types
    assert one(driver, "CALL dbms.components() YIELD name RETURN name") == "quipu"
    found = one(driver, "CALL search('distributed') YIELD note RETURN note")
    assert found is not None


def many_rows_are_streamed(driver):
    with driver.session(database=database, fetch_size=700) as session:
        result = session.run("UNWIND range(1, 20000) AS n RETURN n, toString(n) AS text")
        rows = list(result)
        assert len(rows) == 20000 and rows[19999]["text"] == "20000" and sum(row["n"] for row in rows) == 200010000
        assert session.run("UNWIND range(1, 20000) AS n RETURN n").peek()["n"] == 1
        # The rest is not read; the session goes on.
        assert session.run("RETURN 1 AS one").single()["one"] == 1
        assert len(session.run("UNWIND range(1, 5000) AS n RETURN n").fetch(10)) == 10


def transactions_read(driver):
    with driver.session(database=database, fetch_size=2, default_access_mode=neo4j.READ_ACCESS) as session:
        with session.begin_transaction() as transaction:
            first = transaction.run("UNWIND [1, 2, 3, 4, 5] AS n RETURN n")
            second = transaction.run("UNWIND ['a', 'b', 'c'] AS x RETURN x")
            pairs = [(next(first)["n"], next(second)["x"]) for _ in range(3)]
            assert pairs == [(1, "a"), (2, "b"), (3, "c")] and [row["n"] for row in first] == [4, 5]
            transaction.commit()
        with session.begin_transaction() as transaction:
            transaction.run("RETURN 1").consume()
            transaction.rollback()
        names = session.execute_read(lambda work: [row[0] for row in work.run("MATCH (c:Messaging) RETURN c.name")])
        assert names == ["Kafka"], names
        assert session.last_bookmarks().raw_values, "a transaction gives a bookmark"
        assert session.run("RETURN 1 AS one").single()["one"] == 1


def writes_are_refused(driver):
    for statement in ["CREATE (n:Concept {name: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.x = 1", "MERGE (n:X)"]:
        refused("Neo.ClientError.Statement.AccessMode", lambda: driver.execute_query(statement, database_=database))
    with driver.session(database=database) as session:
        refused("Neo.ClientError.Statement.AccessMode", lambda: session.execute_write(lambda work: work.run("CREATE ()").consume()))


def failures_are_survived(driver):
    with driver.session(database=database) as session:
        for _ in range(3):
            error = refused("Neo.ClientError.Statement.SyntaxError", lambda: session.run("MATCH (n RETURN n").consume())
            assert isinstance(error, CypherSyntaxError) and "line 1, column" in error.message, error.message
            assert session.run("RETURN 1 AS one").single()["one"] == 1
        refused("Neo.ClientError.Statement.ParameterMissing", lambda: session.run("RETURN $nothing").consume())
        refused("Neo.ClientError.Statement.ArithmeticError", lambda: session.run("RETURN 1 / 0").consume())
        transaction = session.begin_transaction()
        refused("Neo.ClientError.Statement.SyntaxError", lambda: transaction.run("nonsense").consume())
        transaction.close()
        assert session.run("RETURN 2 AS two").single()["two"] == 2
        deep = "RETURN " + "(" * 70 + "1" + ")" * 70
        error = refused("Neo.DatabaseError.Statement.ExecutionFailed", lambda: session.run(deep).consume())
        hint = "; ask for less; the limit `max-depth` is raised where this server is started"
        assert error.message.endswith(hint), error.message
        if bolt:
            long = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)"
            patient = neo4j.Query(long, timeout=0.05)
            refused("Neo.ClientError.Transaction.TransactionTimedOut", lambda: session.run(patient).consume())
        assert session.run("RETURN 3 AS three").single()["three"] == 3
    refused("Neo.ClientError.Database.DatabaseNotFound", lambda: driver.execute_query("RETURN 1", database_="elsewhere"))


async def many_ask_at_once():
    async with AsyncGraphDatabase.driver(address, auth=auth) as driver:
        async def ask(number):
            records, _, _ = await driver.execute_query("RETURN $number AS number", number=number, database_=database)
            return records[0]["number"]
        assert await asyncio.gather(*map(ask, range(40))) == list(range(40))


async def statements_that_are_given_up_end():
    """As many as run at once are given up; what is asked next has its turn all the same."""
    endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c WHERE c < 0 RETURN count(*)"
    async with AsyncGraphDatabase.driver(address, auth=auth) as driver:
        async def ask(statement):
            async with driver.session(database=database) as session:
                return await (await session.run(statement)).single()
        running = [asyncio.create_task(ask(endless)) for _ in range(4)]
        await asyncio.sleep(0.5)
        for task in running:
            task.cancel()
        ends = await asyncio.gather(*running, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends), ends
        assert (await ask("RETURN 1 AS one"))["one"] == 1


def main():
    the_token_is_the_password()
    with GraphDatabase.driver(address, auth=auth) as driver:
        if bolt:
            driver.verify_connectivity()
            assert driver.verify_authentication(auth)
            assert driver.get_server_info().agent == "Neo4j/5.26.0"
            assert driver.get_server_info().protocol_version == (5, 4)
            # No name of a database: the one there is.
            assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1
        values_come_and_go(driver)
        temporal_values_are_objects(driver)
        nodes_relationships_and_paths_are_objects(driver)
        answers_tell_about_themselves(driver)
        tools_find_their_way(driver)
        many_rows_are_streamed(driver)
        transactions_read(driver)
        writes_are_refused(driver)
        failures_are_survived(driver)
    asyncio.run(many_ask_at_once())
    if bolt:
        asyncio.run(statements_that_are_given_up_end())
    print("all as it should be")


main()
