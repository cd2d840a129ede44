"""A server on loopback that plays one ECS service with two tasks and their log streams, for `scripts/bench`.

Lines are written at a steady rate once the first read has come, and read as GetLogEvents reads them: as many to a page
as were asked for; tokens are places in the stream, forward or backward from there.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ECS = "arn:aws:ecs:us-east-1:000000000000"
TASKS = ["%032x" % number for number in (1, 2)]
DEFINITION = {
    "taskDefinitionArn": f"{ECS}:task-definition/web:1", "family": "web", "revision": 1, "status": "ACTIVE",
    "containerDefinitions": [{"name": "web", "image": "web", "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}}}],
}


class Logs:
    """The streams, and the writer that fills them."""

    def __init__(self, rate, seconds):
        self.rate, self.total = rate, rate * seconds
        self.streams = {task: [] for task in TASKS}
        self.lock, self.started = threading.Lock(), threading.Event()
        self.written_at = None

    def write(self):
        """Each fiftieth of a second a batch, in turns."""
        self.started.wait()
        began, batch, number = time.monotonic(), self.rate // 50, 0
        for turn in range(self.total // batch):
            now = int(time.time() * 1000)
            lines = [{"timestamp": now, "ingestionTime": now, "message": f"GET /orders/{number + n} 200 {'x' * 80}"}
                     for n in range(batch)]
            number += batch
            with self.lock:
                self.streams[TASKS[turn % 2]].extend(lines)
            time.sleep(max(0, began + (turn + 1) / 50 - time.monotonic()))
        self.written_at = time.monotonic()

    def read(self, request):
        task = request["logStreamName"].rsplit("/", 1)[1]
        self.started.set()
        with self.lock:
            events = self.streams[task]
            kind, _, place = request.get("nextToken", "").partition("/")
            if kind == "f":
                start, end = int(place), int(place) + request["limit"]
            elif kind == "b":
                start, end = max(0, int(place) - request["limit"]), int(place)
            elif request.get("startFromHead"):
                start, end = 0, request["limit"]
            else:
                start, end = max(0, len(events) - request["limit"]), len(events)
            page = events[start:end]
        return {"events": page, "nextForwardToken": f"f/{start + len(page)}", "nextBackwardToken": f"b/{start}"}


def answer(logs, operation, request):
    """The reply to one operation."""
    if operation == "GetLogEvents":
        return logs.read(request)
    if operation == "ListTasks":
        running = request.get("desiredStatus", "RUNNING") == "RUNNING"
        return {"taskArns": [f"{ECS}:task/default/{task}" for task in TASKS] if running else []}
    if operation == "DescribeTasks":
        return {"failures": [], "tasks": [{
            "taskArn": arn, "taskDefinitionArn": DEFINITION["taskDefinitionArn"], "lastStatus": "RUNNING",
            "desiredStatus": "RUNNING", "containers": [{"name": "web", "lastStatus": "RUNNING"}],
        } for arn in request["tasks"]]}
    if operation == "DescribeTaskDefinition":
        return {"taskDefinition": DEFINITION}
    raise KeyError(operation)


def serve(rate, seconds):
    """Starts it: the server, and what it serves."""
    logs = Logs(rate, seconds)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            operation = self.headers["x-amz-target"].rsplit(".", 1)[1]
            body = json.dumps(answer(logs, operation, request)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/x-amz-json-1.1")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    for work in (server.serve_forever, logs.write):
        threading.Thread(target=work, daemon=True).start()
    return server, logs
