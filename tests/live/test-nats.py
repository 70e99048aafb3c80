#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""nats-reader and nats-writer against a server of the test's own: nothing lost and nothing doubled when workers and the server are
killed, dead letters, limits, TLS and users. TAP on standard output.

test-nats.py AVER [NAME...]    only tests whose names have one of these in them

AVER_LIVE_DOCUMENTS=20000 (the default is 2000): how many documents go through the runs in which things are killed
"""
import json
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "pipelines"))
import tap
from nats import Client, Server, wait_for
from tap import contains, equal, test

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
aver = os.path.abspath(sys.argv[1])
MANY = int(os.environ.get("AVER_LIVE_DOCUMENTS", "2000"))
TEXT = '"We will build %d trams," Mayor Ada Brook said on Monday. It rained in Harrowby.'

if not os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "nats-reader.so")):
    print("1..0 # SKIP nats-reader is not built")
    sys.exit(0)
try:
    server = Server("max_payload: 65536")
except OSError as reason:
    print(f"1..0 # SKIP {str(reason).splitlines()[0]}")
    sys.exit(0)
client = Client(server)


def write_pipeline(*stages, name="live.json"):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages)}, file)
    return name


def reader(stream, **options):
    return {"plugin": "nats-reader", "options": {"servers": server.url, "stream": stream, **options}}


def writer(subject, **options):
    return {"plugin": "nats-writer", "options": {"servers": server.url, "subject": subject, **options}}


def start(*arguments, environment=None, **more):
    return subprocess.Popen([aver, "run", "--quiet", "-j", "2", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env={**os.environ, **(environment or {})}, **more)


def end(process, expected=0, seconds=120):
    out, err = process.communicate(timeout=seconds)
    assert process.returncode == expected, (process.returncode, err.decode(errors="replace"))
    return out.decode(), err.decode(errors="replace")


def run(*arguments, expected=0, **more):
    return end(start(*arguments, **more), expected)


def documents(n, prefix="d"):
    return [json.dumps({"id": f"{prefix}{i}", "text": TEXT % i}).encode() for i in range(n)]


def names(n, prefix="d"):
    return {f"{prefix}{i}" for i in range(n)}


def read_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def read_file(path):
    with open(path, encoding="utf-8") as file:
        return read_lines(file.read())


numbers = iter(range(1000))


def stream():
    """A new one, with its subject."""
    name = f"S{next(numbers)}"
    client.make_stream(name, f"in.{name}")
    return name, f"in.{name}"


@test
def messages_are_documents_and_are_acknowledged():
    name, subject = stream()
    client.publish_all(subject, documents(300))
    path = write_pipeline(reader(name, stop_when_empty=True), "jsonl-writer")
    out, _ = run(path)
    equal([line["id"] for line in read_lines(out)], [f"d{i}" for i in range(300)])
    equal(client.state(name)["messages"], 0)


@test
def an_id_is_made_of_stream_and_sequence():
    name, subject = stream()
    client.publish(subject, b'{"text":"It rained."}')
    client.publish(subject, b"It rained in Harrowby.")
    client.publish(subject, b"<!doctype html><title>Rain</title><p>It rained in Harrowby all day long, and nobody asked why.</p>")
    client.publish(subject, b'{"text":"no JSON"}', Content_Type="text/plain")
    path = write_pipeline(reader(name, stop_when_empty=True), "jsonl-writer")
    out, _ = run(path, "--set", "jsonl-writer.text=true")
    lines = read_lines(out)
    equal([line["id"] for line in lines], [f"{name}:{i}" for i in range(1, 5)])
    equal([lines[i]["text"] for i in (0, 1, 3)], ["It rained.", "It rained in Harrowby.", '{"text":"no JSON"}'])


@test
def an_idle_worker_commits_at_once_and_stops_well():
    name, subject = stream()
    client.publish_all(subject, documents(50))
    path = write_pipeline(reader(name), "jsonl-writer")
    process = start(path, "--checkpoint", "1000s")
    wait_for(lambda: client.state(name)["messages"] == 0, what="acknowledgement of an idle worker")
    process.send_signal(signal.SIGTERM)
    out, _ = end(process)
    equal({line["id"] for line in read_lines(out)}, names(50))


@test
def a_stop_gives_back_what_was_fetched():
    name, subject = stream()
    client.publish_all(subject, documents(400))
    path = write_pipeline(reader(name, ack_wait=1000), {"plugin": "exec", "options": {"command": "sleep 100"}}, "jsonl-writer")
    process = start(path)
    wait_for(lambda: client.api(f"CONSUMER.NAMES.{name}")["consumers"] and client.consumer(name)["num_ack_pending"] > 0)
    process.send_signal(signal.SIGTERM)
    end(process)
    equal(client.state(name)["messages"], 400)
    path = write_pipeline(reader(name, stop_when_empty=True), "jsonl-writer")
    out, _ = run(path)  # within the consumer's ack wait of a thousand seconds
    equal({line["id"] for line in read_lines(out)}, names(400))


@test
def results_are_published_once():
    name, subject = stream()
    client.make_stream(f"R{name}", f"out.{name}", "limits")
    client.publish_all(subject, documents(200) + documents(200))
    path = write_pipeline(reader(name, stop_when_empty=True), "sentence-splitter", "quote-attributor", writer(f"out.{name}"))
    run(path)
    found = client.read_stream(f"R{name}")
    equal(sorted(json.loads(payload)["id"] for _, payload in found), sorted(names(200)))
    equal({bool(json.loads(payload)["layers"]["quote"]) for _, payload in found}, {True})


@test
def a_message_too_long_for_the_server_costs_one_document():
    name, subject = stream()
    client.make_stream(f"R{name}", f"out.{name}", "limits")
    client.publish(subject, documents(1)[0])
    client.publish(subject, b'{"id":"long","text":"' + b"\x7f" * 65000 + b'"}')
    path = write_pipeline(reader(name, stop_when_empty=True), writer(f"out.{name}", text=True))
    _, err = run(path, expected=1)
    contains(err, f"{name}:2: stage 'nats-writer': the message has 65", "max_payload")
    equal([json.loads(payload)["id"] for _, payload in client.read_stream(f"R{name}")], ["d0"])
    equal(client.state(name)["messages"], 0)


@test
def what_fails_goes_to_the_dead_letters_and_can_be_read_again():
    name, subject = stream()
    client.publish(subject, b'{"id": 1, "text": ')
    client.publish(subject, documents(1)[0])
    dead = {"dead_letter": f"dead.{name}", "create": True}
    path = write_pipeline(reader(name, stop_when_empty=True, **dead), "jsonl-writer")
    out, err = run(path, expected=1)
    equal([line["id"] for line in read_lines(out)], ["d0"])
    [(headers, payload)] = client.read_stream(f"DEAD-{name}")
    equal(payload, b'{"id": 1, "text": ')
    error = json.loads(headers["Aver-Error"])
    equal((error["stream"], error["sequence"], error["stage"]), (name, 1, "jsonl-reader"))
    contains(err, f"{name}:1: stage 'jsonl-reader': {error['error']}")
    equal(client.state(name)["messages"], 0)
    path = write_pipeline(reader(f"DEAD-{name}", stop_when_empty=True, format="text"), "jsonl-writer")
    out, _ = run(path, "--set", "jsonl-writer.text=true")
    equal([line["text"] for line in read_lines(out)], ['{"id": 1, "text": '])


@test
def a_policy_with_a_file_of_dead_letters_goes_with_it():
    name, subject = stream()
    client.publish(subject, b'{no')
    path = write_pipeline(reader(name, stop_when_empty=True), "jsonl-writer")
    _, err = run(path, "--dead-letter", "dead.jsonl", expected=2)
    contains(err, "'dead.jsonl' is a file, which appears when the input ends; expected a job (--job)")
    equal(client.state(name)["messages"], 1)
    run(path, "--dead-letter", "dead.jsonl", "--job", "job", "-o", "out.jsonl", expected=1)
    [letter] = read_file("dead.jsonl")
    equal((letter["record"], letter["origin"], letter["line"], letter["reader"]), ("{no", name, 1, "jsonl-reader"))
    run(path, "--replay", "dead.jsonl", "-o", "again.jsonl", expected=1)
    equal(client.state(name)["messages"], 0)


@test
def a_file_without_a_job_is_refused():
    name, _ = stream()
    path = write_pipeline(reader(name), "jsonl-writer")
    _, err = run(path, "-o", "out.jsonl", expected=2)
    contains(err, "stage 'jsonl-writer': 'out.jsonl' is a file, which appears when the input ends")
    path = write_pipeline(reader(name), "csv-writer")
    _, err = run(path, "-o", "out", expected=2)
    contains(err, "stage 'csv-writer': only complete when the input ends, which 'nats-reader' acknowledges long before")


@test
def whoever_kills_its_worker_is_put_aside():
    """A stage that kills the process it is in, whenever it sees one document."""
    name, subject = stream()
    payloads = documents(40)
    payloads[17] = json.dumps({"id": "d17", "text": "kill"}).encode()
    client.publish_all(subject, payloads)
    path = write_pipeline(reader(name, stop_when_empty=True, ack_wait=1, max_deliver=3, dead_letter=f"dead.{name}", create=True),
                          {"plugin": "exec", "options": {"command": f"{sys.executable} {root}/tests/live/killer.py"}}, "jsonl-writer")
    ids = []
    for attempt in range(1, 20):
        out, err = start_and_wait(path)
        ids += [line["id"] for line in read_lines(out)]
        if err is not None:
            break
    equal(set(ids), names(40) - {"d17"})
    contains(err, "was delivered 3 times and never acknowledged")
    [(headers, payload)] = client.read_stream(f"DEAD-{name}")
    equal((json.loads(headers["Aver-Error"])["sequence"], json.loads(payload)["id"]), (18, "d17"))
    equal(client.state(name)["messages"], 0)
    print(f"# {attempt} workers")


def start_and_wait(*arguments):
    """What a worker wrote, and said if it was not killed."""
    process = start(*arguments)
    out, err = process.communicate(timeout=60)
    whole = out[:out.rfind(b"\n") + 1].decode()
    return whole, err.decode() if process.returncode >= 0 else None


@test
def a_server_that_is_not_there_is_named():
    path = write_pipeline({"plugin": "nats-reader", "options": {"servers": "nats://127.0.0.1:1", "stream": "NEWS"}}, "jsonl-writer")
    _, err = run(path, expected=3)
    contains(err, "stage 'nats-reader': cannot connect to a NATS server at 'nats://127.0.0.1:1' (option servers)")
    path = write_pipeline(reader("NOWHERE"), "jsonl-writer")
    _, err = run(path, expected=2)
    contains(err, "there is no stream 'NOWHERE' at", "expected one, or the option create=true")
    path = write_pipeline(reader(stream()[0], stop_when_empty=True), writer("no.one.takes.it"))
    _, err = run(path, expected=2)
    contains(err, "option 'subject' is 'no.one.takes.it', which no stream of")


@test
def options_are_checked_before_anything_runs():
    for options, said in [({}, "option 'stream' is not set"), ({"stream": "a.b"}, "option 'stream' is 'a.b'; expected a name"),
                          ({"stream": "A", "dead_letter": "a.>"}, "expected a subject without wildcards"),
                          ({"stream": "A", "servers": "nats://ada:secret@host"}, "option 'servers' has a user in it"),
                          ({"stream": "A", "tls_cert": "x"}, "option 'tls_cert' without 'tls_key'")]:
        path = write_pipeline({"plugin": "nats-reader", "options": options}, "jsonl-writer")
        done = subprocess.run([aver, "check", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 2, (options, done.stdout)
        contains(done.stdout.decode(), said)
        assert b"secret" not in done.stdout


@test
def neither_end_takes_a_file():
    path = write_pipeline(reader(stream()[0]), "jsonl-writer")
    _, err = run(path, "in.jsonl", expected=2)
    contains(err, "messages come from a server, not from 'in.jsonl'; expected no input")
    path = write_pipeline("jsonl-reader", writer("a"))
    _, err = run(path, "-o", "out", expected=2)
    contains(err, "messages go to a server, not to a file; expected no output")


@test
def streams_are_made_when_they_are_to_be():
    name = f"S{next(numbers)}"
    path = write_pipeline(reader(name, create=True), "jsonl-writer")
    _, err = run(path, expected=2)
    contains(err, "option 'subject' is not set; expected a subject, as news.results")
    path = write_pipeline(reader(name, create=True, subject=f"in.{name}", stop_when_empty=True), "jsonl-writer")
    equal(run(path)[0], "")
    put = write_pipeline("jsonl-reader", writer(f"in.{name}", create=True, text=True), name="put.json")
    with open("in.jsonl", "wb") as file:
        file.write(b"\n".join(documents(3)))
    run(put, "in.jsonl")  # into the stream that takes it already
    equal([line["id"] for line in read_lines(run(path)[0])], ["d0", "d1", "d2"])
    put = write_pipeline("jsonl-reader", writer(f"out.{name}", create=True, stream=f"R{name}"), name="put.json")
    run(put, "in.jsonl")
    equal([json.loads(payload)["id"] for _, payload in client.read_stream(f"R{name}")], ["d0", "d1", "d2"])
    put = write_pipeline("jsonl-reader", writer(f"else.{name}", create=True, stream=f"R{name}"), name="put.json")
    _, err = run(put, "in.jsonl", expected=2)
    contains(err, f"there is a stream 'R{name}' at '{server.url}' that does not take 'else.{name}'; expected one that does")
    put = write_pipeline("jsonl-reader", writer("*.wild", create=True, stream=f"W{name}"), name="put.json")
    _, err = run(put, "in.jsonl", expected=2)
    contains(err, "expected a subject without wildcards")


@test
def consumers_of_another_kind_are_refused():
    name, subject = stream()
    client.api(f"STREAM.DELETE.{name}")
    client.make_stream(name, subject, "limits")
    for settings, said in [({"ack_policy": "none", "deliver_subject": "to.bea"}, "does not acknowledge each message"),
                           ({"ack_policy": "explicit", "deliver_subject": "to.ada"}, "is one that messages are pushed to"),
                           ({"ack_policy": "explicit", "filter_subject": subject}, "has another subject than the option says")]:
        client.api(f"CONSUMER.DURABLE.CREATE.{name}.aver", stream_name=name, config={"durable_name": "aver", **settings})
        path = write_pipeline(reader(name, subject="in.else"), "jsonl-writer")
        _, err = run(path, expected=2)
        contains(err, f"consumer 'aver' of stream '{name}' {said}; expected a pull consumer with explicit acknowledgement")
        client.api(f"CONSUMER.DELETE.{name}.aver")
    path = write_pipeline(reader(name, subject="in.else"), "jsonl-writer")
    _, err = run(path, expected=3)
    contains(err, f"cannot make consumer 'aver' of stream '{name}' at")


@test
def a_full_stream_stops_the_run():
    name, subject = stream()
    client.api(f"STREAM.CREATE.R{name}", name=f"R{name}", subjects=[f"out.{name}"], retention="limits", storage="file", max_msgs=2,
               discard="new")
    client.publish_all(subject, documents(5))
    path = write_pipeline(reader(name, stop_when_empty=True), writer(f"out.{name}"))
    _, err = run(path, expected=3)
    contains(err, f"does not take a message for 'out.{name}': maximum messages exceeded")
    equal(client.state(name)["messages"], 5)


@test
def a_dead_letter_without_room_is_its_reason_alone():
    name, subject = stream()
    client.publish(subject, b'{"text":' + b"x" * 65300)
    client.publish(subject, b'{"id":"long","text":"y"}')
    path = write_pipeline(reader(name, stop_when_empty=True, dead_letter=f"dead.{name}", create=True),
                          {"plugin": "exec", "options": {"command": f"{sys.executable} {root}/tests/live/complainer.py"}}, "jsonl-writer")
    run(path, expected=1)
    (first, one), (second, other) = client.read_stream(f"DEAD-{name}")
    equal((json.loads(first["Aver-Error"])["payload"], one), (False, b""))
    equal((json.loads(second["Aver-Error"])["payload"], other), (True, b'{"id":"long","text":"y"}'))
    error = json.loads(second["Aver-Error"])["error"]
    equal(error, "\u00fc" * 500)
    equal(client.state(name)["messages"], 0)


@test
def dead_letters_that_nobody_takes_stop_the_run():
    name, subject = stream()
    client.api(f"STREAM.CREATE.DEAD-{name}", name=f"DEAD-{name}", subjects=[f"dead.{name}"], retention="limits", storage="file",
               max_msgs=1, discard="new")
    client.publish_all(subject, [b"{no", b"{no"])
    path = write_pipeline(reader(name, stop_when_empty=True, dead_letter=f"dead.{name}", reconnect=0), "jsonl-writer")
    _, err = run(path, expected=3)
    contains(err, f"cannot put a message aside on 'dead.{name}' at")
    equal(client.state(f"DEAD-{name}")["messages"], 1)


@test
def a_server_that_does_not_come_back_is_told():
    other = Server("max_payload: 4194304\nauthorization { token: t0ken }")
    token = {"NATS_TOKEN": "t0ken"}
    try:
        own = Client(other, auth_token="t0ken")
        own.make_stream("IN", "in")
        own.make_stream("OUT", "out", "limits")
        own.publish("in", b'{"id":"long","text":"' + b"x" * (1 << 20) + b'"}')
        own.publish("in", documents(1)[0])
        get = {"plugin": "nats-reader", "options": {"servers": other.url, "stream": "IN", "reconnect": 1}}
        put = {"plugin": "nats-writer", "options": {"servers": other.url, "subject": "out", "reconnect": 1}}
        _, err = run(write_pipeline(get, "jsonl-writer"), environment={"NATS_TOKEN": "wr0ng"}, expected=3)
        assert "cannot connect to a NATS server" in err and "wr0ng" not in err, err
        reading = start(write_pipeline(get, put), "--max-record", "1", environment=token)
        wait_for(lambda: own.state("IN")["messages"] == 0)
        equal([json.loads(payload)["id"] for _, payload in own.read_stream("OUT")], ["d0"])
        writing = subprocess.Popen([aver, "run", "--quiet", write_pipeline("jsonl-reader", put, name="put.json")], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **token})
        writing.stdin.write(documents(2)[1] + b"\n")
        writing.stdin.flush()
        wait_for(lambda: own.state("OUT")["messages"] == 2)
        other.kill()
        writing.stdin.write(documents(3)[2] + b"\n")
        writing.stdin.close()
        writing.stdin = None
        contains(end(writing, expected=3)[1], "cannot publish: lost the server at")
        contains(end(reading, expected=3)[1], "cannot fetch: lost the server at", "a message of 10485", "expected 1048576 at most (--max-record)")
    finally:
        other.stop()


@test
def files_of_secrets_that_cannot_be_read_are_named():
    for options, said in [({"credentials": "none.creds"}, "option 'credentials': "), ({"tls_ca": "none.pem"}, "option 'tls_ca': cannot use 'none.pem': "),
                          ({"tls_cert": "none.pem", "tls_key": "none.key"}, "option 'tls_cert': cannot use 'none.pem': ")]:
        path = write_pipeline(reader("A", **options), "jsonl-writer")
        _, err = run(path, expected=2)
        contains(err, "stage 'nats-reader': " + said, "none.")


def is_done(name):
    """A server that was killed may keep messages that it knows to be acknowledged; the consumer tells."""
    consumer = client.consumer(name)
    return consumer["num_pending"] + consumer["num_ack_pending"] == 0


def killed_workers(n, arguments, more=lambda i: {}, kill_server=True):
    """Three workers until all of `n` documents are done with; one is killed and started again, then the server is."""
    workers = [start(*arguments(i), **more(i)) for i in range(3)]
    left = lambda: client_now().state(NAME[0])["messages"]
    wait_for(lambda: left() < n * 4 // 5, what="the first documents")
    workers[1].kill()
    workers[1].communicate()
    time.sleep(0.1)
    workers[1] = start(*arguments(1), **more(1))
    if kill_server:
        wait_for(lambda: left() < n // 2, what="half of the documents")
        server.kill()
        time.sleep(0.5)
        server.start()
        renew_client()
    return [end_well(worker, arguments(i), more(i)) for i, worker in enumerate(workers)]


def end_well(worker, arguments, more):
    """One that was started while there was no server is started again, as any supervisor does."""
    out, err = worker.communicate(timeout=240)
    if worker.returncode == 3 and b"cannot connect" in err:
        return end(start(*arguments, **more), seconds=240)
    equal((worker.returncode, err), (0, b""))
    return out, err


NAME = [None]


def client_now():
    return client


def renew_client():
    global client
    client = Client(server)


def slow_stages():
    return ["sentence-splitter", "quote-attributor"]


@test
def nothing_is_lost_or_doubled_in_files_when_a_worker_is_killed():
    fill_files(False)


@test
def nothing_is_lost_in_files_when_the_server_is_killed_as_well():
    """It may forget acknowledgements that it confirmed: what it sends again to another worker stands in two files."""
    fill_files(True)


def fill_files(kill_server):
    NAME[0], subject = stream()
    client.publish_all(subject, documents(MANY))
    path = write_pipeline(reader(NAME[0], stop_when_empty=True, ack_wait=5), *slow_stages(), "jsonl-writer")
    killed_workers(MANY, lambda i: [path, "--job", f"job{i}", "--checkpoint", "100", "-o", f"out{i}.jsonl"],
                   kill_server=kill_server)
    files = [[line["id"] for line in read_file(f"out{i}.jsonl")] for i in range(3)]
    ids = sum(files, [])
    print(f"# {MANY} documents, {[len(file) for file in files]} by each worker, {len(ids) - len(set(ids))} doubled")
    equal(set(ids), names(MANY))
    equal([len(set(file)) for file in files], [len(file) for file in files])
    assert kill_server or len(ids) == MANY
    assert is_done(NAME[0])


@test
def nothing_is_lost_or_doubled_in_postgresql_when_worker_and_server_are_killed():
    if not os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "postgres-writer.so")):
        raise tap.Skip("postgres-writer is not built")
    import server as postgres
    try:
        database = postgres.Server()
    except OSError as reason:
        raise tap.Skip(str(reason).splitlines()[0])
    try:
        NAME[0], subject = stream()
        client.publish_all(subject, documents(MANY))
        path = write_pipeline(reader(NAME[0], stop_when_empty=True, ack_wait=5), *slow_stages(), "postgres-writer")
        killed_workers(MANY, lambda i: [path, "--checkpoint", "200"], lambda i: {"environment": database.environment})
        equal(database.psql("SELECT count(*), count(DISTINCT id) FROM aver.document"), f"{MANY}|{MANY}\n")
        equal(database.psql("SELECT count(*), count(DISTINCT document) FROM aver.quote"), f"{MANY}|{MANY}\n")
        assert is_done(NAME[0])
    finally:
        database.stop()


@test
def a_job_acknowledges_what_its_journal_has_when_it_goes_on():
    """Killed between the journal and the acknowledgement, for which the server is made to stand still."""
    name, subject = stream()
    client.publish_all(subject, documents(100))
    path = write_pipeline(reader(name, ack_wait=1000), {"plugin": "exec", "options": {"command": f"{sys.executable} {root}/tests/live/"
                          f"killer.py {server.process.pid}"}}, "jsonl-writer")
    process = start(path, "--job", "job", "-o", "out.jsonl")
    journal = os.path.join("job", "journal.log")
    wait_for(lambda: os.path.exists(journal) and '"documents_out":100' in open(journal, encoding="utf-8").read())
    process.kill()
    process.communicate()
    server.kill()
    server.start()
    renew_client()
    equal(client.state(name)["messages"], 100)
    process = start(path, "--job", "job", "-o", "out.jsonl")
    wait_for(lambda: client.state(name)["messages"] == 0)
    process.send_signal(signal.SIGTERM)
    end(process)
    [partial] = [entry for entry in os.listdir(".") if entry.endswith(".partial")]
    equal([line["id"] for line in read_file(partial)], [f"d{i}" for i in range(100)])


def certificates():
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for name in ("ca", "server", "client"):
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")
    openssl("req", "-x509", "-new", "-key", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Harrowby CA")
    for name in ("server", "client"):
        with open(f"{name}.ext", "w", encoding="utf-8") as file:
            file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        openssl("req", "-new", "-key", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", f"{name}.pem",
                "-days", "2", "-extfile", f"{name}.ext")


@test
def tls_and_users():
    import shutil
    import ssl
    if not shutil.which("openssl"):
        raise tap.Skip("no openssl")
    certificates()
    here = os.getcwd()
    other = Server(f'tls {{ cert_file: "{here}/server.pem", key_file: "{here}/server.key", ca_file: "{here}/ca.pem", verify: true }}\n'
                   'authorization { user: "ada", password: "s3kr1t" }')
    try:
        context = ssl.create_default_context(cafile="ca.pem")
        context.load_cert_chain("client.pem", "client.key")
        secure = Client(other, context, user="ada", **{"pass": "s3kr1t"})
        secure.make_stream("NEWS", "news")
        secure.publish("news", documents(1)[0])
        options = {"servers": f"nats://localhost:{other.port}", "stream": "NEWS", "stop_when_empty": True, "tls_ca": "ca.pem",
                   "tls_cert": "client.pem", "tls_key": "client.key"}
        user = {"NATS_USER": "ada", "NATS_PASSWORD": "s3kr1t"}
        path = write_pipeline({"plugin": "nats-reader", "options": options}, "jsonl-writer")
        out, _ = run(path, environment=user)
        equal([line["id"] for line in read_lines(out)], ["d0"])
        _, err = run(path, environment={"NATS_USER": "ada", "NATS_PASSWORD": "wr0ng"}, expected=3)
        contains(err, "cannot connect to a NATS server at 'nats://localhost:")
        assert "wr0ng" not in err, err
        certificates()  # of another authority
        _, err = run(path, environment=user, expected=3)
        contains(err, "cannot connect to a NATS server at 'nats://localhost:", "SSL")
    finally:
        other.stop()


wanted = sys.argv[2:]
if wanted:
    tap.TESTS[:] = [function for function in tap.TESTS if any(part in function.__name__ for part in wanted)]
try:
    tap.main()
finally:
    server.stop()
