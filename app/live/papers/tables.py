"""Tables that leave the house: for a spreadsheet as CSV, for paper as a page."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import format_date, format_datetime, format_decimal

from app.core.locale import current_language
from app.live.papers.cells import Cell, clean, disarm, tidy

BOM = "\ufeff"
"""Excel takes the file for UTF-8 only when it begins so."""


@dataclass(frozen=True)
class Table:
    """A title, the names of the columns, and rows as long as these."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    """What a reader must know, below the table."""
    totals: int = 0
    """How many rows, the first ones, speak of the whole class."""
    timezone: str = "UTC"
    """The zone in which moments are told."""
    subtitle: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError when a row is not as long as the head."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has as many cells as it has columns")

    def tidy_rows(self) -> Iterator[list[Cell]]:
        """The rows, their texts clean, their moments in the zone of the table."""
        zone = ZoneInfo(self.timezone)
        for row in self.rows:
            yield [tidy(cell, zone) for cell in row]


def to_csv(table: Table) -> bytes:
    """The table as Excel and LibreOffice open it by a double click, in French and in English."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([disarm(clean(name)) for name in table.columns])
    writer.writerows([_written(cell) for cell in row] for row in table.tidy_rows())
    if table.notes:
        writer.writerow([])
        writer.writerows([disarm(clean(note))] for note in table.notes)
    return (BOM + lines.getvalue()).encode()


def _written(cell: Cell) -> str:
    """A cell as the user's spreadsheet types it: 0,5 in French; dates as they are in no doubt."""
    if isinstance(cell, float):
        number = f"{cell:.10g}"
        return number.replace(".", ",") if current_language() == "fr" else number
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return disarm(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def table_html(table: Table) -> str:
    """The table as a page to print: lying, its head on every sheet."""
    rows = [[_shown(cell) for cell in row] for row in table.tidy_rows()]
    return render_template("papers/table.html", table=table, rows=rows)


def _shown(cell: Cell) -> tuple[str, bool]:
    """A cell as people read it, and whether it is a figure."""
    if isinstance(cell, datetime):
        return format_datetime(cell, "short", rebase=False), True
    if isinstance(cell, date):
        return format_date(cell, "short", rebase=False), True
    if isinstance(cell, int | float):
        return format_decimal(cell), True
    return cell or "", False
