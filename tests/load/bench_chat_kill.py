"""Death in the middle of chats: twenty kills in a hundred thousand messages, then power cuts.

Everybody speaks as fast as the limits allow; lines are cut, and after each death everything that
was not acknowledged, and some that was, is sent again from two lines at once.
"""

import sys
import time
from pathlib import Path

from tests.load.chat_cuts import ChatToll, Deaths, die_while_chatting
from tests.load.disk import NoCompiler, build_disk
from tests.load.harness import QUICK, Bench, say
from tests.load.rooms import chat_site, open_halls

ROOMS = 8 if QUICK else 40
MESSAGES, KILLS = (1_500, 2) if QUICK else (100_000, 20)
CUT_MESSAGES, CUTS = (1_000, 1) if QUICK else (30_000, 6)


def storm(bench: Bench, data: Path, how: str, deaths: Deaths) -> None:
    """Die, and tell."""
    say(f"{how}: {deaths.times} in {deaths.messages} messages, {ROOMS} rooms")
    halls = open_halls(data, ROOMS, classes=2, students=2, answering=4)
    start = time.perf_counter()
    tell(bench, how, die_while_chatting(data, halls, deaths), time.perf_counter() - start)


def tell(bench: Bench, how: str, toll: ChatToll, seconds: float) -> None:
    """The rows of one kind of death."""
    bench.tell(f"{how}: messages acknowledged", toll.acknowledged, "", reference=toll.resent)
    bench.tell(f"{how}: lines cut besides", toll.cut, "")
    say("\n".join(toll.disordered))
    bench.tell(f"{how}: refused as too fast, sent again later", toll.throttled, "")
    bench.tell(f"{how}: refused as failed, sent again later", toll.failed, "")
    bench.tell(f"{how}: heard once more after a history that had it", toll.again, "")
    bench.tell(f"{how}: acknowledged a second, deaths included", toll.acknowledged / seconds, "1/s")
    for name, count in (
        ("acknowledged and lost", len(toll.lost)),
        ("doubled", len(toll.doubled)),
        ("out of order", len(toll.disordered)),
        ("gaps in the numbers of rooms, kept or heard", len(toll.gaps)),
        ("shown and never heard by who listened", len(toll.unheard)),
        ("rooms whose log is broken", len(toll.broken)),
    ):
        bench.at_most(f"{how}: {name}", count, "", limit=0)


def main() -> int:
    """Measure and print."""
    bench = Bench("chat_kill")
    with chat_site() as data:
        storm(bench, data, f"{KILLS} kills", Deaths(MESSAGES, KILLS))
        try:
            library = build_disk(data.parent)
        except NoCompiler as reason:
            say(f"NOT MEASURED, power cuts: {reason}")
            return bench.finish() or 1
        storm(bench, data, f"{CUTS} power cuts", Deaths(CUT_MESSAGES, CUTS, library))
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
