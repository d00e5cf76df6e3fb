"""Tiles asked for as fast as a server gives them, by wrk where it is installed."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.load.client import Stream, run_apart
from tests.load.harness import say
from tests.load.students import BROWSER

CONNECTIONS = 32
SCRIPT = """
local paths = {{ {paths} }}
local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", paths[number % #paths + 1])
end
"""


def tile_paths(data: Path) -> list[str]:
    """Addresses of all published tiles of a site."""
    root = data / "media" / "public"
    tiles = sorted(root.glob("*/*/[1-9]/*.jpg"))
    return [f"/media/{tile.relative_to(root)}" for tile in tiles]


def measure_tiles(port: int, paths: Sequence[str], seconds: float, folder: Path) -> float:
    """Tiles a second from the server on `port`."""
    if shutil.which("wrk") is None:
        say("wrk is not installed (apt-get install wrk): the client may be slower than nginx")
        requests = [f"GET {path} HTTP/1.1\r\n{BROWSER}\r\n".encode() for path in paths]
        many = requests * (1 + int(4000 * seconds) // len(requests))
        return run_apart(Stream(port, many, CONNECTIONS))[0].expect(200).rate
    script = folder / "tiles.lua"
    script.write_text(SCRIPT.format(paths=", ".join(f'"{path}"' for path in paths)))
    line = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "-s", str(script)]
    address = f"http://127.0.0.1:{port}"
    done = subprocess.run([*line, address], capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout)
    return float(found[1])
