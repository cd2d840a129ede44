"""One run of the bench: the binary, the environment, a folder of its own, and the rows."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MIB = 1024 * 1024
LAUNCH = Path(__file__).with_name("launch.py")


def dev_env(standin):
    """The environment of what is measured; with the addresses that scripts/setup wrote when the stand-in is used."""
    script = f'. "{ROOT}/scripts/lib.sh"; set -a; DEV="$DEV"; {{ [[ ! -e $DEV/env ]] || . "$DEV/env"; }}; env -0'
    out = subprocess.run(["bash", "-c", script], check=True, capture_output=True).stdout
    env = dict(pair.split("=", 1) for pair in out.decode().split("\0") if "=" in pair)
    # A person's own settings would change what is measured.
    env = {name: value for name, value in env.items() if not name.startswith(("AWS_", "ECSCTL_LOG", "GITHUB_"))}
    env.update(AWS_EC2_METADATA_DISABLED="true", AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test",
               AWS_REGION="us-east-1", AWS_DEFAULT_REGION="us-east-1")
    env["ECSCTL_TEST_PYTHON"] = f"{env['DEV']}/venv/bin/python"
    if standin:
        endpoint = env["ECSCTL_TEST_ENDPOINT"]
        env.update(AWS_ENDPOINT_URL=endpoint, ECSCTL_REGISTRY=endpoint.removeprefix("http://"))
    return env


class Bench:
    """The binary, the environment, and what came of the figures."""

    def __init__(self, binary, env, folder):
        self.binary, self.env, self.folder = binary, env, folder
        self.rows = []

    @property
    def aws(self):
        """The aws CLI that scripts/setup installed."""
        return str(Path(self.env["ECSCTL_TEST_PYTHON"]).parent / "aws")

    def measure(self, args, cwd=None, env=None, ends_with=0):
        """Runs one process, which has to end with this exit code; its wall seconds, its peak resident set in MiB, and what it printed."""
        with tempfile.NamedTemporaryFile() as report:
            launch = [sys.executable, "-ISE", str(LAUNCH), report.name, *map(str, args)]
            done = subprocess.run(launch, cwd=cwd, env=env or self.env, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, check=True)
            seconds, peak, code = report.read().split()
        text = done.stdout.decode(errors="replace")
        if int(code) != ends_with:
            sys.exit(f"error: {' '.join(map(str, args))} ended with {int(code)}\n{text}")
        return float(seconds), int(peak) / 1024, text

    def row(self, figure, value, unit, limit, better="<="):
        holds = value <= limit if better == "<=" else value >= limit
        self.rows.append({"figure": figure, "value": round(value, 3), "unit": unit, "limit": limit,
                          "better": better, "holds": holds})
        mark = "ok  " if holds else "MISS"
        print(f"{mark} {figure:<60} {value:>9.2f} {unit:<3}  {better} {limit:.3g} {unit}", flush=True)

    def note(self, text):
        """What a row was measured with."""
        print(f"     {text}", flush=True)
