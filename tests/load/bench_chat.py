"""Sixty rooms of sixty-five in one process: how soon what is said is heard by all others.

In each room sixty students of two classes, their two teachers and three professionals. Every four
seconds something is said that all hear: a question that its teacher approves, its answer, a word.
That is more than people do: four professionals who take 45 seconds an answer give one in eleven,
and a teacher who takes four seconds a decision approves one in four. Everything is kept at full
durability before it is acknowledged. Beside it, in the same run and with the same client, servers
that keep nothing, check nothing and know nobody: Flask-SocketIO out of the box on gevent, and
socket.io on Node. Then the rate climbs until the p99 breaks.
"""

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection

from tests.live.chat.meeting import log_in
from tests.live.lesson import app_on
from tests.load.crowd import Figures, Plan, chat, measure, plain, word
from tests.load.harness import QUICK, Bench, percentile, say
from tests.load.rooms import Hall, chat_site, open_halls
from tests.load.site import MeasuredSite
from tests.services.process import free_port

ROOMS = 3 if QUICK else 60
CLASSES, STUDENTS, ANSWERING = 2, 30, 3
PACE = 2.0 if QUICK else 4.0
"""Seconds between two things said in a room."""
SECONDS = 8.0 if QUICK else 48.0
STEPS = () if QUICK else (30, 45, 60, 80, 100, 120, 150, 180, 220, 260, 300)
"""Words a second in all rooms, up to what the limits of a line let adults say."""
NODE = Path(sys.executable).with_name("node")
SERVERS = {
    "Flask-SocketIO": [sys.executable, "-m", "tests.load.stockserver"],
    "Node socket.io": [str(NODE), str(Path(__file__).with_name("nodeserver.mjs"))],
}


@contextmanager
def reference(name: str) -> Iterator[tuple[int, int]]:
    """A server to compare with; its port and process."""
    port = free_port()
    with subprocess.Popen([*SERVERS[name], str(port)]) as process:
        for _ in range(200):
            with suppress(OSError), create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield port, process.pid
        process.terminate()


def measure_apart(plan: Plan) -> Figures:
    """Measure from a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(measure, plan).result()


def measure_ours(data: Path, halls: Sequence[Hall]) -> Figures:
    """Déambule; at the end everything is closed."""
    _number, organiser = log_in(app_on(data), "organiser", "closes@example.org")
    with MeasuredSite(data) as site:
        site.settle()
        say(f"Déambule: {ROOMS} rooms of {CLASSES * (STUDENTS + 1) + ANSWERING}")
        plan = Plan(site.port, site.pid, halls, chat, word, PACE, SECONDS, STEPS,
                    organiser=organiser)  # fmt: skip
        return measure_apart(plan)


def measure_reference(name: str, halls: Sequence[Hall]) -> Figures:
    """Another."""
    with reference(name) as (port, pid):
        say(name)
        return measure_apart(Plan(port, pid, halls, plain, plain, PACE, SECONDS, STEPS))


def main() -> int:
    """Measure and print."""
    bench = Bench("chat")
    with chat_site() as data:
        halls = open_halls(data, ROOMS, classes=CLASSES, students=STUDENTS, answering=ANSWERING)
        ours = measure_ours(data, halls)
        others = {name: measure_reference(name, halls) for name in SERVERS}
    tell(bench, ours, others["Node socket.io"])
    for name, figures in others.items():
        tell_other(bench, name, figures)
    return bench.finish()


def tell(bench: Bench, ours: Figures, node: Figures) -> None:
    """Our rows."""
    bench.tell("messages a second that all hear", ours.said / SECONDS, "1/s")
    bench.at_most("messages that somebody did not hear", ours.lost, "", limit=0)
    for share, limit in ((50, 5), (95, 25), (99, 150)):
        value, beside = (1000 * percentile(one.heard, share) for one in (ours, node))
        bench.at_most(f"emitted to heard by another, p{share}", value, "ms", limit=limit,
                      reference=beside, full_only=True)  # fmt: skip
    for share in (50, 95, 99):
        value, beside = (1000 * percentile(one.last, share) for one in (ours, node))
        bench.tell(f"emitted to heard by all 64 others, p{share}", value, "ms", reference=beside)
    for share in (50, 99):
        bench.tell(f"kept and acknowledged, p{share}", 1000 * percentile(ours.kept, share), "ms")
    bench.tell("words a second before the p99 to all is over 150 ms", ours.sustained, "1/s",
               reference=node.sustained)  # fmt: skip
    bench.at_most("close everything: until the last line knows", ours.closed, "s", limit=2,
                  full_only=True)  # fmt: skip
    bench.tell("processor of the serving process", ours.busy, "%", reference=node.busy)
    bench.tell("its memory", ours.memory, "MB", reference=node.memory)
    bench.tell("processor of the client", ours.client, "%", reference=node.client)


def tell_other(bench: Bench, name: str, figures: Figures) -> None:
    """A reference's rows."""
    for share in (50, 95, 99):
        bench.tell(f"{name}: heard by another, p{share}",
                   1000 * percentile(figures.heard, share), "ms")  # fmt: skip
    for share in (50, 95, 99):
        bench.tell(f"{name}: heard by all 64 others, p{share}",
                   1000 * percentile(figures.last, share), "ms")  # fmt: skip
    bench.tell(f"{name}: messages a second before the p99 breaks", figures.sustained, "1/s")
    bench.tell(f"{name}: processor", figures.busy, "%")
    bench.tell(f"{name}: memory", figures.memory, "MB")
    bench.at_most(f"{name}: not heard by everybody", figures.lost, "", limit=0)


if __name__ == "__main__":
    sys.exit(main())
