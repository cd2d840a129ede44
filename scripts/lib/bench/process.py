"""A process that runs beside others, with the moments at which its lines came and at which it ended."""

import os
import signal
import subprocess
import sys
import threading
import time

# Seconds: nothing in a figure takes longer.
LIMIT = 240


class Process:
    """Started at once; read and waited for by threads of its own."""

    def __init__(self, args, env, cwd=None):
        self.args = args
        self.lines = []
        self.process = subprocess.Popen(args, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.waiter = threading.Thread(target=self.wait, daemon=True)
        self.readers = [threading.Thread(target=self.read, args=(pipe,), daemon=True)
                        for pipe in (self.process.stdout, self.process.stderr)]
        for thread in (self.waiter, *self.readers):
            thread.start()

    def wait(self):
        # Ended, but not yet reaped: Popen does that.
        os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT)
        self.ended = time.time()
        self.process.wait()

    def read(self, pipe):
        for line in pipe:
            self.lines.append((time.time(), line.decode(errors="replace")))

    @property
    def text(self):
        return "".join(line for _, line in self.lines)

    def end(self, expected=0):
        """Waits for its end; when that was."""
        self.waiter.join(LIMIT)
        if self.waiter.is_alive():
            self.process.kill()
            sys.exit(f"error: {' '.join(map(str, self.args))} does not end\n{self.text}")
        for reader in self.readers:
            reader.join()
        if self.process.returncode != expected:
            sys.exit(f"error: {' '.join(map(str, self.args))} ended with {self.process.returncode}\n{self.text}")
        return self.ended

    def when(self, wanted):
        """When the first such line came."""
        for at, line in self.lines:
            if wanted(line):
                return at
        sys.exit(f"error: {' '.join(map(str, self.args))} never said it\n{self.text}")

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
