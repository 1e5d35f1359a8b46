"""An S3 server on loopback (moto) behind a proxy that counts requests and fails as it is told.

Prints {"port": N}, the port of the proxy. Then reads a command a line and answers each with a line:

{"put": {KEY: TEXT}}     writes objects into the bucket `notes`, past the proxy; answers {KEY: ETAG}
{"files": {KEY: PATH}}   the same with the bytes of files
{"faults": {KIND: N}}    from now on, of the keys that have not failed yet: `busy` answers every Nth with 503 once, `cut` ends
                         every Nth transfer in its middle once; `down` answers the Nth GET and all later ones of any key with
                         503, `denied` all of them with 403 and a page that repeats the key id, as S3 does. {} heals all
{"count": true}          {"list": N, "get": {KEY: N}}, how often what was asked since the last count
"""

import http.client
import http.server
import json
import sys
import threading
import urllib.parse
from pathlib import Path


from moto.server import ThreadedMotoServer

BUCKET = "notes"
# moto lets nobody write over an object who shows no signature, and looks no further.
SIGNED = "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
lock = threading.Lock()
faults: dict[str, int] = {}
failed: set[str] = set()
count = {"list": 0, "get": {}}
gets = 0


def fault(key):
    """What goes wrong with this request, and notes that it was made; `key` is empty for a listing."""
    global gets
    with lock:
        if key:
            gets += 1
            count["get"][key] = count["get"].get(key, 0) + 1
        else:
            count["list"] += 1
        if "denied" in faults:
            return "denied"
        if key and gets >= faults.get("down", gets + 1):
            return "busy"
        if key not in failed:
            failed.add(key)
            number = len(failed)
            for kind in ("busy", "cut"):
                if kind in faults and number % faults[kind] == 0:
                    return kind
    return None


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        kind = fault(path.removeprefix(f"/{BUCKET}").lstrip("/"))
        if kind in ("busy", "denied"):
            status, code = (503, "SlowDown") if kind == "busy" else (403, "InvalidAccessKeyId")
            body = f"<Error><Code>{code}</Code><AWSAccessKeyId>{self.headers.get('Authorization')}</AWSAccessKeyId></Error>"
            return self.answer(status, [("Content-Type", "application/xml")], body.encode())
        server = http.client.HTTPConnection("127.0.0.1", moto_port)
        server.request("GET", self.path, headers=dict(self.headers))
        got = server.getresponse()
        body = got.read()
        own = ("connection", "content-length", "date", "server", "transfer-encoding")
        headers = [(name, value) for name, value in got.getheaders() if name.lower() not in own]
        self.answer(got.status, headers, body, half=kind == "cut")

    def answer(self, status, headers, body, half=False):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)
        self.close_connection |= half

    def log_message(self, *arguments):
        pass


def put(path, body):
    server = http.client.HTTPConnection("127.0.0.1", moto_port)
    server.request("PUT", urllib.parse.quote(path), body=body, headers={"Authorization": SIGNED})
    answer = server.getresponse()
    assert answer.status == 200, (path, answer.status, answer.read())
    return answer.getheader("ETag")


def command(words):
    global count, gets
    if "put" in words:
        return {key: put(f"/{BUCKET}/{key}", text.encode()) for key, text in words["put"].items()}
    if "files" in words:
        return {key: put(f"/{BUCKET}/{key}", Path(path).read_bytes()) for key, path in words["files"].items()}
    with lock:
        if "faults" in words:
            faults.clear()
            faults.update(words["faults"])
            failed.clear()
            gets = 0
            return {}
        counted, count = count, {"list": 0, "get": {}}
        return counted


moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
moto.start()
moto_port = moto.get_host_and_port()[1]
put(f"/{BUCKET}", b"")
proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
proxy.daemon_threads = True
threading.Thread(target=proxy.serve_forever, daemon=True).start()
print(json.dumps({"port": proxy.server_port}), flush=True)
for line in sys.stdin:
    print(json.dumps(command(json.loads(line))), flush=True)
moto.stop()
