"""Every check and every test in turn: ``make test``; ``--checks`` stops before the tests.

A check that fails does not keep the others from running. The last line counts the tests that
passed and failed on all databases and in the browser; a failed check counts as one failure.
"""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "--durations=5", "--durations-min=5")
PARALLEL = ("-n", "2", "--dist", "loadfile", "--ignore=tests/e2e")

CHECKS: dict[str, tuple[str, ...]] = {
    "ruff": (f"{BIN}/ruff", "check", "--output-format=concise", "."),
    "format": (f"{BIN}/ruff", "format", "--check", "--output-format=concise", "."),
    "mypy": (f"{BIN}/mypy",),
    "djlint": (f"{BIN}/djlint", "--lint", "--quiet", "app", "tours"),
    "tsc": (f"{BIN}/node", "node_modules/typescript/bin/tsc", "--project", "tsconfig.json"),
    "imports": (f"{BIN}/lint-imports", "--no-logo"),
}
TESTS: dict[str, tuple[str, ...]] = {
    "tests on SQLite": (*PYTEST, *PARALLEL),
    "tests on PostgreSQL": (*PYTEST, *PARALLEL, "--database=postgresql"),
    "tests in a browser": (*PYTEST, "tests/e2e"),
}


@dataclass
class Result:
    """How one step went; `counts` as pytest words them (`passed`, `skipped`, …)."""

    name: str
    code: int
    seconds: float
    counts: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Run all; 1 when anything failed."""
    results = [run(name, command) for name, command in CHECKS.items()]
    if "--checks" not in sys.argv[1:]:
        results += [run(name, command) for name, command in TESTS.items()]
    tell(results)
    return int(any(result.code for result in results))


def run(name: str, command: tuple[str, ...]) -> Result:
    """Run one step, its output passed on as it comes."""
    print(f"\n=== {name}", flush=True)
    started = time.monotonic()
    last = ""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as step:
        for line in step.stdout or ():
            print(line, end="", flush=True)
            last = line if line.strip() else last
    counts = count(last) if name in TESTS else Counter()
    return Result(name, step.returncode, time.monotonic() - started, counts)


def count(line: str) -> Counter[str]:
    """What pytest's last line says: `3 passed, 1 skipped in 0.12s`."""
    found = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)", line)
    return Counter({word.rstrip("s"): int(number) for number, word in found})


def tell(results: Iterable[Result]) -> None:
    """One line per step, then the sum, which is the last line."""
    total: Counter[str] = Counter()
    print("\n=== all")
    for result in results:
        total += result.counts
        lost = result.code and not result.counts["failed"] and not result.counts["error"]
        total["failed"] += bool(lost)
        print(f"{'failed' if result.code else 'ok':8}{result.seconds:6.0f} s  {result.name}")
    failed = total["failed"] + total["error"]
    print(f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped")


if __name__ == "__main__":
    sys.exit(main())
