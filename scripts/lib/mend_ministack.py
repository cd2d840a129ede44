"""Mends the pinned ministack where it differs from ECS in what a deployment's failure is explained by.

A task's `startedBy` is its deployment's id (ECS API reference: Task); the stand-in writes the service's name.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

WRITES = '"startedBy": svc_name,'
SHOULD_WRITE = '"startedBy": primary.get("id") if primary else svc_name,'


def main() -> None:
    ecs = Path(find_spec("ministack").submodule_search_locations[0]) / "services/ecs.py"
    source = ecs.read_text()
    if source.count(WRITES) != 1:
        sys.exit(f"error: {ecs} is not the one that the pin in scripts/requirements.txt names: no `{WRITES}`")
    ecs.write_text(source.replace(WRITES, SHOULD_WRITE))


if __name__ == "__main__":
    main()
