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
