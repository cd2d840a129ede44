"""How soon a rollout's end and its first failure are noticed, and what watching a hundred of them takes."""

import random
import statistics
import sys
import time

from .ecs import LAST_WORDS, TARGET_REASON, Service, World
from .process import LIMIT, Process
from .scripted import Server, Throttle

# Seconds over which moments are spread: three intervals of `aws ecs wait`, and of ecsctl's both paces.
SPREAD = 45


def watch(bench, runs=20):
    """A rollout completes; when does the process that waits for it end? Both clients wait for the same services."""
    services = in_progress(runs)
    world = World(services)
    with Server(world) as server:
        env = server.env(bench.env)
        theirs = [Process([bench.aws, "ecs", "wait", "services-stable", "--services", it.name], env) for it in services]
        seen(server, "aws-cli", services, theirs)
        project = write_file(bench, "watch", services)
        ours = [Process([bench.binary, "wait", it.name], env, project) for it in services]
        seen(server, "ecsctl", services, ours)
        moments = spread(runs)
        with server.lock:
            for service, moment in zip(services, moments):
                service.completes = moment
        lags = [one.end() - moment for one, moment in zip(ours, moments)]
        peers = [one.end() - moment for one, moment in zip(theirs, moments)]
        polls = [asked for asked in server.requests() if "ecsctl" in asked.agent]
        told = [last_answer(world, polls, service) - moment for service, moment in zip(services, moments)]
        complete(server)
    bench.row(f"success noticed, the longest of {runs}", max(told), "s", 2)
    bench.row(f"  the process has ended, mean of {runs}", statistics.mean(lags), "s", 1)
    bench.row("  aws ecs wait / ecsctl, means", statistics.mean(peers) / statistics.mean(lags), "x", 5, ">=")
    bench.note(f"ended after: ecsctl {figures(lags)}; aws ecs wait {figures(peers)}")


def explain(bench, runs=12):
    """The first task stops; when does ecsctl print its last words, and what its target said?"""
    services = in_progress(runs)
    world = World(services)
    with Server(world, latency=0.1) as server:
        project = write_file(bench, "explain", services)
        env = server.env(bench.env)
        processes = [Process([bench.binary, "wait", it.name, "-o", "jsonl"], env, project) for it in services]
        seen(server, "ecsctl", services, processes)
        moments = spread(runs)
        with server.lock:
            for service, moment in zip(services, moments):
                service.crashes, service.fails = moment, moment + 8
        lags = []
        for process, service, moment in zip(processes, services, moments):
            process.end(expected=5)
            words = f"{service.name} {LAST_WORDS}"
            lags.append(process.when(lambda line: words in line and TARGET_REASON in line) - moment)
        ordered = sum(is_in_order(world, server, service) for service in services)
        complete(server)
    bench.row(f"first stopped task explained, the longest of {runs}", max(lags), "s", 3)
    bench.row("  ListTasks, DescribeTasks, then log beside target health", ordered, "", runs, ">=")
    bench.note(f"printed after: {figures(lags)}, with 100 ms to each answer")


def hundred(bench, count=100, seconds=60):
    """One process deploys a hundred services; the server throttles as ECS does."""
    services = [Service(number, f"s{number:02d}", events=100) for number in range(count)]
    world = World(services, lambda service, now: service.begin(now, now + seconds))
    with Server(world, throttle=Throttle()) as server:
        project = write_file(bench, "hundred", services)
        began = time.time()
        took, peak, text = bench.measure([bench.binary, "deploy", "-q"], project, server.env(bench.env))
        missing = [it.name for it in services if f"{it.name}:2" not in text]
        if missing:
            sys.exit(f"error: not deployed: {', '.join(missing)}\n{text}")
        log = server.requests()
        complete(server)
    first = next(it.came for it in log if it.operation == "UpdateService")
    reads = [it for it in log if it.is_read and it.came >= first]
    rate = len(reads) / (max(it.answered for it in reads) - first)
    throttled = [it.operation for it in log if it.refused == "ThrottlingException"]
    largest = max(len(it.input["services"]) for it in log if it.operation == "DescribeServices")
    bench.row(f"{count} services deployed: requests throttled", len(throttled), "", 0)
    bench.row("  reads of ECS a second from the first update on", rate, "/s", 6)
    bench.row("  peak resident set", peak, "MB", 60)
    bench.row("  services in the largest DescribeServices", largest, "", 10, ">=")
    before = len([it for it in log if it.is_read and it.came < first])
    bench.note(f"{took:.1f} s, {before} reads in the {first - began:.1f} s before the first update, {len(reads)} after"
               + (f"; throttled: {counts(throttled)}" if throttled else ""))


# -- what they stand on ---------------------------------------------------------------------------


def in_progress(count):
    services = [Service(number, f"s{number:02d}") for number in range(count)]
    for service in services:
        service.begin(time.time())
    return services


def write_file(bench, name, services):
    project = bench.folder / name
    project.mkdir()
    lines = [f"  {it.name}: {{taskDefinition: '{it.name}:2', desiredCount: 1}}" for it in services]
    (project / "deploy.yaml").write_text("\n".join(["region: us-east-1", "services:", *lines, ""]))
    return project


def seen(server, agent, services, processes):
    """Waits until a client has asked for each service: so that starting up isn't measured."""
    wanted = {it.name for it in services}
    deadline = time.time() + LIMIT
    while wanted:
        for asked in server.requests(operation="DescribeServices"):
            if agent in asked.agent and asked.answered:
                wanted -= set(asked.input["services"])
        dead = [it for it in processes if not it.waiter.is_alive()]
        if dead or time.time() > deadline:
            text = "".join(it.text for it in dead)
            sys.exit(f"error: {agent} does not watch {', '.join(sorted(wanted))}\n{text}")
        time.sleep(0.1)


def spread(count):
    """A moment at random in each of so many equal parts of the time to come, in random order."""
    first, part = time.time() + 2, SPREAD / count
    moments = [first + part * (number + random.random()) for number in range(count)]
    random.shuffle(moments)
    return moments


def last_answer(world, asked, service):
    return max(it.answered for it in asked if service.name in world.of_request(it))


def is_in_order(world, server, service):
    """Whether each read waited for what it needs, and log and target health not for one another."""
    first = {}
    for asked in server.requests():
        if asked.came >= service.crashes and service.name in world.of_request(asked):
            first.setdefault(asked.operation, asked)
    listed, described = first["ListTasks"], first["DescribeTasks"]
    definition, log, target = (first[it] for it in ("DescribeTaskDefinition", "GetLogEvents", "DescribeTargetHealth"))
    side_by_side = max(definition.came, target.came) < min(definition.answered, target.answered)
    return (listed.answered <= described.came and described.answered <= min(definition.came, target.came)
            and target.came < log.answered and side_by_side)


def complete(server):
    if server.unknown():
        sys.exit(f"error: the bench's AWS was asked for what it does not play: {', '.join(server.unknown())}")


def figures(values):
    return f"mean {statistics.mean(values):.2f} s, longest {max(values):.2f} s"


def counts(names):
    return ", ".join(f"{names.count(name)} {name}" for name in sorted(set(names)))
