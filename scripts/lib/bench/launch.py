"""Runs a program and reports its seconds, its peak resident set in KiB, and its exit code, in a file.

  launch.py REPORT PROGRAM [ARG]...

A process's peak begins as that of the one that started it (Linux keeps it over an exec): so a small one has to.
"""

import os
import sys
import time

report, *args = sys.argv[1:]
began = time.perf_counter()
process = os.posix_spawnp(args[0], args, os.environ)
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - began
with open(report, "w") as out:
    print(seconds, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=out)
