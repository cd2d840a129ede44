"""A small AWS of the bench's own, in real time: it answers as the service's protocol has it, notes when, and throttles
as ECS does. What it answers is up to a world (`ecs.py`, `logs.py`)."""

import json
import threading
import time
import urllib.parse
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Bucket and refill a second (ECS API reference, "Request throttling for the Amazon ECS API").
QUOTAS = {
    "service read": (100, 20, {"DescribeServices", "ListServices"}),
    "cluster resource read": (100, 20, {"DescribeTasks", "ListTasks"}),
    "service deployment": (50, 20, {"DescribeServiceDeployments", "ListServiceDeployments"}),
    "service revision": (50, 20, {"DescribeServiceRevisions"}),
    "task definition read": (50, 20, {"DescribeTaskDefinition", "ListTaskDefinitions"}),
    "service modify": (50, 5, {"CreateService", "UpdateService", "DeleteService"}),
}
# Every read of ECS together: stricter than AWS.
ALL_READS = (100, 20)


class Refused(Exception):
    """An answer that is an error in AWS's form."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


@dataclass
class Request:
    """One request: seconds since the epoch at which it came, and at which it had been answered."""

    service: str
    operation: str
    input: dict
    agent: str
    came: float
    answered: float = 0.0
    refused: str = ""

    @property
    def is_read(self):
        return self.service == "ecs" and self.operation.startswith(("Describe", "List"))


class Bucket:
    def __init__(self, size, refill):
        self.size, self.refill, self.tokens, self.at = size, refill, size, time.monotonic()

    def take(self):
        now = time.monotonic()
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.refill)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Throttle:
    """ECS's token buckets."""

    def __init__(self):
        self.buckets = [(Bucket(size, refill), names) for size, refill, names in QUOTAS.values()]
        self.reads = Bucket(*ALL_READS)

    def check(self, request):
        allowed = [bucket.take() for bucket, names in self.buckets if request.operation in names]
        if request.is_read:
            allowed.append(self.reads.take())
        if not all(allowed):
            raise Refused("ThrottlingException", "Rate exceeded")


class Server:
    """Serves a world: `world.answer(request)` gives a dict (JSON), or text (the result of a query, as XML)."""

    def __init__(self, world, latency=0.03, throttle=None):
        self.world, self.latency, self.throttle = world, latency, throttle
        self.lock = threading.Lock()
        self.log = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                server.handle(self)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *_: None  # a client that was ended by a signal
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def env(self, env):
        """The environment of a client of this server."""
        return dict(env, AWS_ENDPOINT_URL=self.url)

    def requests(self, **having):
        """What was asked so far, with these members."""
        with self.lock:
            log = list(self.log)
        return [it for it in log if all(getattr(it, name) == value for name, value in having.items())]

    def unknown(self):
        """Operations that the world doesn't play: a figure with one of these means nothing."""
        return sorted({it.operation for it in self.requests() if it.refused == "UnknownOperationException"})

    def handle(self, handler):
        came = time.time()
        body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
        request = parse(handler.headers, body, came)
        with self.lock:
            self.log.append(request)
        time.sleep(self.latency / 2)
        try:
            with self.lock:
                if self.throttle:
                    self.throttle.check(request)
                answer = self.world.answer(request)
            status, kind, payload = encode(request, answer)
        except Refused as refusal:
            request.refused = refusal.code
            status, kind = 400, "application/x-amz-json-1.1"
            payload = json.dumps({"__type": refusal.code, "message": refusal.message})
        time.sleep(self.latency / 2)
        payload = payload.encode()
        handler.send_response(status)
        handler.send_header("content-type", kind)
        handler.send_header("content-length", str(len(payload)))
        handler.end_headers()
        request.answered = time.time()
        handler.wfile.write(payload)


TARGETS = {
    "AmazonEC2ContainerServiceV20141113": "ecs",
    "Logs_20140328": "logs",
    "AnyScaleFrontendService": "application-autoscaling",
}


def parse(headers, body, came):
    """AWS JSON 1.1 names its operation in a header, the query protocol in the body."""
    agent = headers.get("user-agent", "")
    target = headers.get("x-amz-target")
    if target:
        prefix, operation = target.split(".")
        return Request(TARGETS.get(prefix, prefix), operation, json.loads(body), agent, came)
    pairs = dict(urllib.parse.parse_qsl(body.decode()))
    return Request("query", pairs.get("Action", ""), pairs, agent, came)


def encode(request, answer):
    if isinstance(answer, dict):
        return 200, "application/x-amz-json-1.1", json.dumps(answer)
    name = request.operation
    xml = (f"<{name}Response><{name}Result>{answer}</{name}Result>"
           f"<ResponseMetadata><RequestId>bench</RequestId></ResponseMetadata></{name}Response>")
    return 200, "text/xml", xml


def unknown(request):
    return Refused("UnknownOperationException", f"the bench's AWS does not play {request.service} {request.operation}")
