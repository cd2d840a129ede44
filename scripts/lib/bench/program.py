"""The program by itself: its size, its start, its memory while it builds."""

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
