"""Runs a script with the pinned packages that scripts/setup installs."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def use() -> None:
    """Starts the script again with the virtual environment's Python, unless it already runs there."""
    venv = Path(os.environ.get("ECSCTL_DEV_DIR") or ROOT / ".ecsctl-dev") / "venv"
    python = venv / "bin/python"
    if Path(sys.prefix).resolve() == venv.resolve():
        return
    if not python.exists():
        sys.exit(f"error: there is no {python}\n  run: scripts/setup --no-docker")
    os.execv(python, [str(python), *sys.argv])


def models():
    """The version of the pinned service models, and the loader that reads them."""
    from botocore.loaders import Loader

    folder = Path(sys.prefix) / "models"
    (pin,) = re.findall(r"^botocore==(\S+)$", (ROOT / "scripts/models.txt").read_text(), re.MULTILINE)
    if not (folder / f"botocore-{pin}.dist-info").is_dir():
        sys.exit(f"error: {folder} does not hold botocore {pin}\n  run: scripts/setup --no-docker")
    return pin, Loader(extra_search_paths=[str(folder / "botocore/data")], include_default_search_paths=False)
