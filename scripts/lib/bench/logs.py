"""`ecsctl logs -f` under load: lines that come faster than anybody reads, over several streams."""

import json
import sys
import time

from .ecs import CLUSTER, arn
from .process import Process
from .scripted import Server, unknown

STREAMS, SECONDS, LINES_A_SECOND = 5, 10, 5000
# GetLogEvents: "up to 10,000 events or 1 MB" (API reference, CloudWatch Logs); 26 bytes a line are counted besides.
PAGE_EVENTS, PAGE_BYTES, EVENT_BYTES = 10_000, 1_048_576, 26
# Requests a second where it is smallest (CloudWatch Logs quotas: GetLogEvents, 10 to 30 by region).
QUOTA = 10
# Secrets that the task definition holds in the clear: to hide them is part of the work, and every tenth line has one.
SECRETS = {"API_TOKEN": "tok-81f2c3d4e5", "DB_PASSWORD": "p4ssw0rd-of-db", "SESSION_SECRET": "s3cret-of-sessions"}


class World:
    """One service whose tasks all write: each stream's line number N appears at the N-th tick after the beginning."""

    def __init__(self):
        self.begins = None
        self.asked = set()
        self.ids = [f"{number:032x}" for number in range(STREAMS)]
        self.rate = LINES_A_SECOND / STREAMS
        self.count = int(self.rate * SECONDS)

    def answer(self, request):
        play = getattr(self, request.operation, None)
        if play is None:
            raise unknown(request)
        return play(request.input, time.time())

    def ListTasks(self, it, now):
        running = it.get("desiredStatus", "RUNNING") == "RUNNING"
        return {"taskArns": [arn(f"task/{CLUSTER}/{id}") for id in self.ids] if running else []}

    def DescribeTasks(self, it, now):
        return {"failures": [], "tasks": [{
            "taskArn": task, "clusterArn": arn(f"cluster/{CLUSTER}"), "group": "service:web", "lastStatus": "RUNNING",
            "taskDefinitionArn": arn("task-definition/web:1"), "desiredStatus": "RUNNING", "createdAt": 1.7e9,
            "startedAt": 1.7e9, "startedBy": "ecs-svc/1", "launchType": "FARGATE",
            "containers": [{"name": "web", "lastStatus": "RUNNING", "runtimeId": f"{task[-32:]}-1"}],
        } for task in it["tasks"]]}

    def DescribeTaskDefinition(self, it, now):
        options = {"awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}
        return {"taskDefinition": {
            "taskDefinitionArn": arn("task-definition/web:1"), "family": "web", "revision": 1, "status": "ACTIVE",
            "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/bench/web:1", "essential": True,
                                      "environment": [{"name": name, "value": value} for name, value in SECRETS.items()],
                                      "logConfiguration": {"logDriver": "awslogs", "options": options}}],
        }}

    def GetLogEvents(self, it, now):
        stream = self.ids.index(it["logStreamName"].split("/")[-1])
        self.asked.add(stream)
        there = 0 if self.begins is None else min(self.count, max(0, int((now - self.begins) * self.rate)))
        token, limit = it.get("nextToken"), min(it.get("limit", PAGE_EVENTS), PAGE_EVENTS)
        if token and token[0] == "f" or not token and it.get("startFromHead"):
            first = int(token[2:]) if token else 0
            last = min(there, first + limit)
        else:
            last = int(token[2:]) if token else there
            first = max(0, last - limit)
        events, size = [], 0
        for number in range(first, last):
            at = int((self.begins + number / self.rate) * 1000)
            secret = SECRETS["DB_PASSWORD"] if number % 10 == 0 else "nothing"
            message = f"{stream} {number} {secret} GET /shop/items/{number * 7919 % 10007} 200 {number % 97} ms, a line as servers write them"
            size += len(message) + EVENT_BYTES
            if size > PAGE_BYTES:
                last = number
                break
            events.append({"timestamp": at, "ingestionTime": at, "message": message})
        return {"events": events, "nextForwardToken": f"f/{last}", "nextBackwardToken": f"b/{first}"}


def logs(bench):
    world = World()
    project = bench.folder / "logs"
    project.mkdir()
    (project / "deploy.yaml").write_text("region: us-east-1\nservices: {web: {taskDefinition: 'web:1'}}\n")
    with Server(world) as server:
        process = Process([bench.binary, "logs", "-f", "-o", "jsonl"], server.env(bench.env), project)
        wait_for(lambda: len(world.asked) == STREAMS, process, 60)
        with server.lock:
            world.begins = time.time() + 0.5
        every = STREAMS * world.count
        ends = world.begins + SECONDS
        wait_for(lambda: len(process.lines) >= every, process, SECONDS + 30, fatal=False)
        time.sleep(3)  # what comes twice comes late
        process.interrupt()
        process.end(expected=130)
        asked = server.requests(operation="GetLogEvents")
        if server.unknown():
            sys.exit(f"error: the bench's AWS was asked for what it does not play: {', '.join(server.unknown())}")
    wrong, last = check(world, process.lines)
    during = [it for it in asked if world.begins <= it.came <= ends]
    bench.row(f"logs -f at {LINES_A_SECOND} lines a second: lost, doubled, out of order", wrong, "", 0)
    bench.row("  its last line printed after it was there", last - ends, "s", 5)
    bench.row("  GetLogEvents a second", len(during) / SECONDS, "/s", QUOTA)
    bench.note(f"{every} lines of {STREAMS} streams in {SECONDS} s")


def check(world, lines):
    """How many lines are not what should come next of their stream, show a secret, or never came; and when the last one came."""
    expected, wrong, last = [0] * STREAMS, 0, 0
    for at, line in lines:
        try:
            stream, number = map(int, json.loads(line)["message"].split(" ", 2)[:2])
        except (ValueError, KeyError, TypeError):
            sys.exit(f"error: not a line of the log: {line}")
        last = max(last, at)
        if number == expected[stream] and not any(secret in line for secret in SECRETS.values()):
            expected[stream] += 1
        else:
            wrong += 1
    return wrong + sum(world.count - count for count in expected), last


def wait_for(condition, process, seconds, fatal=True):
    deadline = time.time() + seconds
    while not condition():
        if not process.waiter.is_alive():
            sys.exit(f"error: ecsctl logs ended too soon\n{process.text[-2000:]}")
        if time.time() > deadline:
            if fatal:
                sys.exit(f"error: ecsctl logs does not read the log\n{process.text[-2000:]}")
            return
        time.sleep(0.05)
