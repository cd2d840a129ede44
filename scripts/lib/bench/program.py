"""The program by itself: its size, its start, its memory while it builds, large contexts."""

import os
import statistics

from .run import MIB


def size(bench):
    bench.row("release binary", bench.binary.stat().st_size / MIB, "MB", 15)


def help(bench):
    runs = [bench.measure([bench.binary, "--help"])[0] for _ in range(50)]
    floor = statistics.median(bench.measure(["/bin/true"])[0] for _ in range(50))
    bench.row("--help, median of 50, less an empty process", (statistics.median(runs) - floor) * 1000, "ms", 5)


def render(bench):
    service = """  s{number}:
    taskDefinition:
      <<: *task
      containerDefinitions:
        app:
          image: public.ecr.aws/acme/s{number}:${{vars.tag}}
          portMappings: [{{containerPort: 8080}}]
          environment: {{STAGE: "${{vars.stage}}", NAME: s{number}, QUEUE: "https://queue.${{vars.stage}}.example/{number}"}}
    desiredCount: 2
    networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1, subnet-2], securityGroups: [sg-1]}}}}
"""
    head = """account: "123456789012"
region: us-east-1
vars: {tag: "1.2.3", stage: production}
x-task: &task {cpu: 256, memory: 512, executionRoleArn: "arn:aws:iam::${aws.account}:role/ecsTaskExecutionRole"}
services:
"""
    for figure, count, limit in (("render of one service", 1, 10), ("render of 100 services", 100, 50)):
        text = head + "".join(service.format(number=number) for number in range(count))
        measure_file(bench, figure, text, 0, limit)
        if count == 100:
            faulty = text.replace("portMappings", "portMapping").replace("desiredCount: 2", "desiredCount: many")
            measure_file(bench, "the errors of a file of 100 services", faulty, 2, 20)


def measure_file(bench, figure, text, ends_with, limit):
    """Renders a file 30 times. The least time counts: what else the machine does only adds to it."""
    project = bench.folder / figure.replace(" ", "-")
    project.mkdir()
    (project / "deploy.yaml").write_text(text)
    runs = (bench.measure([bench.binary, "render"], project, ends_with=ends_with)[0] for _ in range(30))
    bench.row(f"{figure}, minimum of 30", min(runs) * 1000, "ms", limit)


def memory(bench):
    project = bench.folder / "big"
    project.mkdir()
    with open(project / "blob", "wb") as blob:
        for _ in range(500):
            blob.write(os.urandom(MIB))
    (project / "Dockerfile").write_text("FROM scratch\nCOPY blob /blob\n")
    (project / "deploy.yaml").write_text("images:\n  big: {repository: bench/big, build: .}\nservices: {}\n")
    _, peak, _ = bench.measure([bench.binary, "build"], project)
    bench.row("peak resident set, build of a 500 MB context", peak, "MB", 60)


def context(bench):
    project = bench.folder / "files"
    for folder in range(200):
        (project / f"src/{folder}").mkdir(parents=True)
        for file in range(1_000):
            (project / f"src/{folder}/file-{file}.txt").touch()
    (project / "Dockerfile").write_text("FROM scratch\nCOPY src /src\n")
    (project / "deploy.yaml").write_text("images:\n  files: {repository: bench/files, build: .}\nservices: {}\n")
    listing = [bench.binary, "build", "--list-context"]
    plain, peak, _ = bench.measure(listing, project)
    bench.row("peak resident set, listing of 200,000 files", peak, "MB", 100)
    kinds = ("build/output-{}.o", "**/name-{}", "*.ext{}", "src/*/{}-?.rs", "!src/keep-{}")
    lines = (kinds[number % len(kinds)].format(number) for number in range(20_000))
    (project / ".dockerignore").write_text("\n".join(lines) + "\n")
    ignored, _, _ = bench.measure(listing, project)
    bench.row("the same with 20,000 ignore patterns, to without", ignored / plain, "x", 3)
