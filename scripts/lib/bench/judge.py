"""What one step of the judges costs, measured inside the crate (`src/verdict/judge/figures.rs`)."""

import re
import subprocess
import sys

from .run import ROOT

# The tests' own build, with this crate optimised and its dependencies as they are: slower than what is released.
PROFILE = ["--config", "profile.dev.package.ecsctl.opt-level=2"]
TEST = "verdict::judge::figures::a_step_over_a_hundred_services"


def judge(bench):
    command = ["cargo", "test", "--quiet", "--lib", *PROFILE, "--", "--ignored", "--exact", "--nocapture", TEST]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found = re.search(r"median (\d+) ns", done.stdout)
    if done.returncode != 0 or not found:
        sys.exit(f"error: {' '.join(command)} measured nothing\n{done.stdout}{done.stderr}")
    bench.row("a judge step over 100 services with 50 events each", int(found[1]) / 1e6, "ms", 1)
    bench.note("median of 1000; dev profile, the crate at opt-level 2, its dependencies not optimised")
