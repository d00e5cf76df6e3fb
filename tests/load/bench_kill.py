"""Death in the middle of finds: five kills, five power cuts, and what a lazier database loses."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.load.cuts import Toll, cut_while_finding, cut_while_forgetting, kill_while_finding
from tests.load.disk import NoCompiler, build_disk
from tests.load.harness import QUICK, Bench, say
from tests.load.site import new_site
from tests.load.students import Find, enrol, find_requests, take

FINDS, DEATHS = (300, 2) if QUICK else (2000, 5)


def new_finds(data: Path) -> Sequence[Find]:
    """Finds of students who were not there before."""
    return take(find_requests(enrol(data, FINDS)), FINDS)


def tell(bench: Bench, how: str, toll: Toll) -> None:
    """Three rows: all there, none lost, none twice."""
    bench.tell(f"{how}: finds acknowledged", toll.acknowledged, "finds", reference=FINDS)
    for name, count in (
        ("acknowledged and lost", len(toll.lost)),
        ("counted twice", len(toll.twice)),
        ("sent again and missing at the end", len(toll.missing)),
    ):
        bench.at_most(f"{how}: {name}", count, "finds", limit=0, full_only=True)


def main() -> int:
    """Measure and print."""
    bench = Bench("kill")
    with new_site() as data:
        say(f"killing the server {DEATHS} times in {FINDS} finds")
        tell(bench, f"{DEATHS} kills", kill_while_finding(data, new_finds(data), DEATHS))
        try:
            library = build_disk(data.parent)
        except NoCompiler as reason:
            say(f"NOT MEASURED, power cuts: {reason}")
            return bench.finish() or 1
        say(f"cutting its power {DEATHS} times in {FINDS} finds")
        toll = cut_while_finding(data, new_finds(data), DEATHS, library)
        tell(bench, f"{DEATHS} power cuts", toll)
        toll = cut_while_forgetting(data, new_finds(data), library)
        bench.at_least(
            "one power cut at synchronous=NORMAL: acknowledged and lost (the model bites)",
            len(toll.lost), "finds", limit=1, reference=toll.acknowledged, full_only=True,
        )  # fmt: skip
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
