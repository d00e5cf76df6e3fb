"""What every benchmark shares: rows with a bar, medians of interleaved rounds, a verdict.

A benchmark is a module with ``main()``, run as ``python -m tests.load.bench_NAME``:

    def main() -> int:
        bench = Bench("finds")
        rates = interleaved(3, {"ours": measure_ours, "ok": measure_ok})
        share = 100 * median(rates["ours"]) / median(rates["ok"])
        bench.at_least("share of the ok view", share, "%", limit=18, reference=median(rates["ok"]))
        bench.tell("finds", median(rates["ours"]), "1/s")
        return bench.finish()

    if __name__ == "__main__":
        sys.exit(main())

``--json`` prints the rows as JSON, ``QUICK=1`` in the environment asks for small inputs (``QUICK``
below); what small inputs cannot measure is declared with ``full_only=True`` and then prints
``quick``. The exit code is 1 when a bar falls short.
"""

import json
import os
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

QUICK = os.environ.get("QUICK", "") not in ("", "0")

Verdict = Literal["ok", "short", "quick", ""]


@dataclass(frozen=True)
class Row:
    """One figure; ``limit`` as printed (``>= 10``), ``verdict`` empty when there is no bar."""

    name: str
    value: float
    unit: str
    reference: float | None
    limit: str
    verdict: Verdict


class Bench:
    """The rows of one benchmark, printed by :meth:`finish`."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[Row] = []

    def at_least(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        limit: float,
        reference: float | None = None,
        full_only: bool = False,
    ) -> None:
        """A bar from below; ``full_only`` marks what QUICK=1 cannot measure."""
        verdict = _judge(value >= limit, full_only)
        self.rows.append(Row(name, value, unit, reference, f">= {_figure(limit)}", verdict))

    def at_most(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        limit: float,
        reference: float | None = None,
        full_only: bool = False,
    ) -> None:
        """A bar from above; ``full_only`` marks what QUICK=1 cannot measure."""
        verdict = _judge(value <= limit, full_only)
        self.rows.append(Row(name, value, unit, reference, f"<= {_figure(limit)}", verdict))

    def tell(self, name: str, value: float, unit: str, *, reference: float | None = None) -> None:
        """A figure without a bar."""
        self.rows.append(Row(name, value, unit, reference, "", ""))

    def finish(self) -> int:
        """Print the rows; 1 when one falls short, else 0."""
        print(self.as_json() if "--json" in sys.argv[1:] else self.as_table())
        return int(any(row.verdict == "short" for row in self.rows))

    def as_json(self) -> str:
        """The rows as one JSON object."""
        rows = [asdict(row) for row in self.rows]
        return json.dumps({"bench": self.title, "quick": QUICK, "rows": rows}, ensure_ascii=False)

    def as_table(self) -> str:
        """The rows as aligned text."""
        head = ("name", "value", "unit", "reference", "limit", "")
        lines = [head, *(_cells(row) for row in self.rows)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
        title = f"== {self.title}{' (quick)' if QUICK else ''}"
        return "\n".join([title, *(_aligned(line, widths) for line in lines)])


def interleaved(rounds: int, measures: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Run each measure once per round, in turn, so that a noisy minute hits all of them alike."""
    figures: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            figures[name].append(measure())
    return figures


median = statistics.median


def percentile(values: list[float], share: float) -> float:
    """The value under which ``share`` (0..100) of the values lie, nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def say(text: str) -> None:
    """Progress and remarks, on stderr so that ``--json`` stays pure."""
    print(text, file=sys.stderr, flush=True)


def _judge(reached: bool, full_only: bool) -> Verdict:
    if QUICK and full_only:
        return "quick"
    return "ok" if reached else "short"


def _cells(row: Row) -> tuple[str, ...]:
    reference = "" if row.reference is None else _figure(row.reference)
    return (row.name, _figure(row.value), row.unit, reference, row.limit, row.verdict)


def _aligned(line: tuple[str, ...], widths: list[int]) -> str:
    numbers = {1, 3}
    cells = (
        cell.rjust(width) if column in numbers else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return "  ".join(cells).rstrip()


def _figure(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
