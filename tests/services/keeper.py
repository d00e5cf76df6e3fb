"""Keep one server: ``python keeper.py OWNER SIGNAL USER COMMAND…``.

Runs the command in its own process group, passes on the signal that stops it cleanly when it is
told to end itself, and does so unasked when the process OWNER has gone, however it went. So no
server outlives a test run that was killed.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

GRACE = 5.0
"""Seconds that a server gets to end by itself."""


def keep(owner: int, stop: signal.Signals, user: str, command: list[str]) -> int:
    """Wait for the end of the server, or bring it about; its exit code.

    A `user` makes root step down first, for servers that refuse to run as root.
    """
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: asked.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = subprocess.Popen(
        command,
        process_group=0,
        user=user or None,
        group=user or None,
        extra_groups=[] if user else None,
    )
    while not asked and is_alive(owner):
        try:
            return server.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
    server.send_signal(stop)
    try:
        return server.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        return server.wait()


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


if __name__ == "__main__":
    _, owner, number, name, *line = sys.argv
    sys.exit(keep(int(owner), signal.Signals(int(number)), name, line))
