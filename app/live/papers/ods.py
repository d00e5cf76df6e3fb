"""A table as an OpenDocument spreadsheet. Only the worker imports this: odfdo is heavy."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime

from odfdo import Cell as Box
from odfdo import Column, ConfigItem, Document, Element, Row, Style
from odfdo import Table as Leaf

from app.core.locale import WRITTEN, current_language
from app.live.papers.cells import Cell, clean
from app.live.papers.tables import Table

NARROWEST, WIDEST = 8, 48
"""Characters of a column."""
CHARACTER_CM = 0.2
_DATE = """<number:date-style style:name="{name}-format"><number:year number:style="long"/>
<number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text>
<number:day number:style="long"/>{more}</number:date-style>"""
_CLOCK = """<number:text> </number:text><number:hours number:style="long"/>
<number:text>:</number:text><number:minutes number:style="long"/>"""
DATES = {"day": "", "moment": _CLOCK}
BOLD = {"head": "#FFECB3", "total": "#F1E9DA"}
"""Rows that stand out, and on which ground."""
FROZEN = {"VerticalSplitMode": 2, "VerticalSplitPosition": 1, "ActiveSplitRange": 2,
          "PositionBottom": 1}  # fmt: skip
"""How LibreOffice writes that the first row stays in sight."""


def to_ods(table: Table) -> bytes:
    """The table as a spreadsheet: figures are figures, dates dates, texts never formulas."""
    document = Document("spreadsheet")
    document.body.clear()
    _declare_styles(document)
    leaf = Leaf(_leaf_name(table.title))
    _fill(document, leaf, table)
    document.body.append(leaf)
    _keep_head_in_sight(document, leaf)
    document.meta.title = clean(table.title)
    document.language = WRITTEN[current_language()].replace("_", "-")
    document.del_part("Thumbnails/thumbnail.png")
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def _leaf_name(title: str) -> str:
    """The title without what no spreadsheet takes in the name of a leaf."""
    return re.sub(r"[\[\]*?:/\\']", " ", clean(title))[:31].strip() or "1"


def _declare_styles(document: Document) -> None:
    for name, ground in BOLD.items():
        style = Style("table-cell", name=name, area="table-cell", background_color=ground)
        style.set_properties({"fo:font-weight": "bold"}, area="text")
        document.insert_style(style, automatic=True)
    for name, more in DATES.items():
        document.insert_style(Element.from_tag(_DATE.format(name=name, more=more)), automatic=True)  # type: ignore[arg-type]  # any style element
        document.insert_style(
            Style("table-cell", name=name, data_style=f"{name}-format"), automatic=True
        )


def _fill(document: Document, leaf: Leaf, table: Table) -> None:
    rows = list(table.tidy_rows())
    head = [clean(name) for name in table.columns]
    for index, texts in enumerate(zip(head, *rows, strict=True)):
        leaf.append_column(_column(document, index, texts))
    for row in _rows(head, rows, table):
        leaf.append_row(row)


def _column(document: Document, index: int, texts: tuple[Cell, ...]) -> Column:
    """A column as wide as its longest text."""
    longest = max(len(str(text)[:WIDEST]) for text in texts)
    width = f"{max(NARROWEST, longest + 2) * CHARACTER_CM:.1f}cm"
    name = f"column{index}"
    document.insert_style(Style("table-column", name=name, width=width), automatic=True)
    return Column(style=name)


def _rows(head: list[str], rows: list[list[Cell]], table: Table) -> Iterator[Row]:
    yield _row(list(head), "head")
    for number, row in enumerate(rows):
        yield _row(row, "total" if number < table.totals else "")
    if table.notes:
        yield Row()
    for note in table.notes:
        yield _row([clean(note)])


def _row(cells: list[Cell], style: str = "") -> Row:
    row = Row()
    for cell in cells:
        row.append_cell(_box(cell, style))
    return row


def _box(cell: Cell, style: str) -> Box:
    """A cell of its type; a moment loses its zone, which was made the table's."""
    if isinstance(cell, datetime):
        return Box(cell.replace(tzinfo=None, microsecond=0), style=style or "moment")
    if isinstance(cell, date):
        return Box(cell, style=style or "day")
    return Box(cell, style=style or None)


def _keep_head_in_sight(document: Document, leaf: Leaf) -> None:
    """Freeze the first row, where the settings of the template speak of their only leaf."""
    path = "//config:config-item-map-named[@config:name='Tables']/config:config-item-map-entry"
    (entry,) = document.settings.get_elements(path)
    entry.set_attribute("config:name", leaf.name or "")
    for item in entry.get_elements("config:config-item"):
        if item.get_attribute("config:name") in FROZEN:
            entry.delete(item)
    for name, value in FROZEN.items():
        kind = "int" if name.startswith(("Position", "VerticalSplitPos")) else "short"
        entry.append(ConfigItem(name=name, config_type=kind, value=value))
    for item in document.settings.get_elements("//config:config-item"):
        if item.get_attribute("config:name") == "ActiveTable":
            item.text = leaf.name or ""
