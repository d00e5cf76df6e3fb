"""Two writes at once, always in the same order: a race that is run on purpose."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from flask import Flask

from app.core.writer import Transaction, Unit, write

HESITATION = 0.4
"""Seconds between the first one's work and its commit."""


def write_meanwhile(app: Flask, first: Unit[Any], second: Unit[Any]) -> tuple[Any, Any]:
    """`second` begins once `first` has done its work and before it commits; both results."""
    is_done = Event()

    def hesitate(tx: Transaction) -> Any:
        result = first(tx)
        tx.finish()
        is_done.set()
        time.sleep(HESITATION)
        return result

    def run(unit: Unit[Any]) -> Any:
        with app.app_context():
            return write(unit)

    with ThreadPoolExecutor(2) as pool:
        before = pool.submit(run, hesitate)
        assert is_done.wait(10)
        after = pool.submit(run, second)
        return before.result(), after.result()
