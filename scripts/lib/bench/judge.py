"""What one step of the judges costs, measured inside the crate (`src/verdict/judge/benchmark.rs`).

The judges see no adapter, so the modules that they use build without the SDK: in a minute, by the release profile.
"""

import json
import re
import subprocess
import sys
import tomllib

from .run import ROOT

ROOMS = ("diagnostic", "ecs", "exit", "model", "schema", "verdict")
TEST = "verdict::judge::benchmark::a_step_over_a_hundred_services"
# Kept between runs: the dependencies take most of that minute.
TARGET = ROOT / "target/bench-judge"


def judge(bench):
    crate = bench.folder / "judge"
    crate.mkdir()
    files = [path for room in ROOMS for path in [ROOT / f"src/{room}.rs", *(ROOT / f"src/{room}").rglob("*.rs")]
             if path.exists()]
    sources = "\n".join(path.read_text() for path in files)
    (crate / "Cargo.toml").write_text(manifest(sources))
    (crate / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
    (crate / "lib.rs").write_text("#![allow(dead_code, unused_imports)]\n" + "".join(map(module, ROOMS)))
    command = ["cargo", "test", "--quiet", "--lib", "--release", "--", "--ignored", "--exact", "--nocapture", TEST]
    env = dict(bench.env, CARGO_TARGET_DIR=str(TARGET))
    done = subprocess.run(command, cwd=crate, env=env, capture_output=True, text=True)
    found = re.search(r"median (\d+) ns, first (\d+) ns", done.stdout)
    if done.returncode != 0 or not found:
        sys.exit(f"error: {' '.join(command)} measured nothing\n{done.stdout}{done.stderr}")
    median, first = (int(nanoseconds) / 1e6 for nanoseconds in found.groups())
    bench.row("a judge step over 100 services with 50 events each", median, "ms", 1)
    bench.note(f"median of 1000, each with news of every service; the first, with 50 of each: {first:.1f} ms")
    bench.note("the release profile, of the judges and the modules that they use")


def module(room):
    path = ROOT / f"src/{room}/mod.rs"
    path = path if path.exists() else ROOT / f"src/{room}.rs"
    return f"#[path = {json.dumps(str(path))}]\npub mod {room};\n"


def manifest(sources):
    """The crate's own, with those dependencies that the modules use."""
    whole = tomllib.loads((ROOT / "Cargo.toml").read_text())
    all_of_them = whole["dependencies"] | whole["dev-dependencies"]
    named = {name: of for name, of in all_of_them.items() if re.search(rf"\b{name.replace('-', '_')}::", sources)}
    package = {"name": "ecsctl", "version": "0.0.0", "edition": whole["package"]["edition"]}
    parts = {"package": package, "lib": {"path": "lib.rs"}, "dependencies": named,
             "profile.release": whole["profile"]["release"], "workspace": {}}
    lines = []
    for part, members in parts.items():
        lines += [f"[{part}]", *(f"{name} = {toml(value)}" for name, value in members.items())]
    return "\n".join([*lines, ""])


def toml(value):
    """Text, numbers and lists are written as in JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {toml(of)}" for name, of in value.items()) + " }"
    return json.dumps(value)
