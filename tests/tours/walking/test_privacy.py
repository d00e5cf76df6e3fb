"""What is held of a visitor is declared, exported whole, and erased without a trace."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import time_machine
from flask import Flask
from sqlalchemy import ForeignKeyConstraint, select

from app.classes.models import Visitor
from app.classes.visitors import KEPT_DAYS, purge_visitors
from app.core.db import Base, db, now
from app.core.privacy import PrivacyRegistry
from app.core.writer import write
from tests.tours.mill import Student


def tables_about_visitors() -> Iterator[str]:
    for table in Base.metadata.tables.values():
        keys = (c for c in table.constraints if isinstance(c, ForeignKeyConstraint))
        targets = {element.column.table.name for key in keys for element in key.elements}
        if table.name == "visitor" or "visitor" in targets:
            yield table.name


def test_every_table_with_a_visitor_is_declared(app: Flask) -> None:
    registry: PrivacyRegistry = app.extensions["privacy"]
    assert set(registry.holdings) == set(tables_about_visitors())


def test_an_export_holds_what_was_done(mill: Flask, student: Student) -> None:
    student.answer("gauge")
    registry: PrivacyRegistry = mill.extensions["privacy"]
    db.session.rollback()
    visitor = db.session.scalars(select(Visitor.id)).one()
    export = write(lambda tx: registry.export(tx, visitor))
    assert [row["source"] for row in export["entry"]] == ["hotspot:mill-tour/gauge"]
    assert export["attempt"][0]["answer"] == ["1"]
    assert {"visitor", "entry", "visit", "attempt", "walk"} <= set(export)


def test_nothing_is_left_of_somebody_erased_not_even_in_the_raw_files(
    mill: Flask, student: Student, tmp_path: Path
) -> None:
    student.open("attic")
    assert student.find("weight", answer=["31415926"]).status_code == 200
    db.session.rollback()
    code = db.session.scalars(select(Visitor.resume_code)).one()
    assert is_somewhere(mill, code, tmp_path / "before")
    assert is_somewhere(mill, "31415926", tmp_path / "before")
    student.client.post("/me/forget", data={"sure": "yes"})
    checkpoint(mill)
    assert not is_somewhere(mill, code, tmp_path / "after")
    assert not is_somewhere(mill, "31415926", tmp_path / "after")


def checkpoint(app: Flask) -> None:
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        db.engine.dispose()
        with sqlite3.connect(app.extensions["settings"].database_url[10:]) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_somewhere(app: Flask, words: str, copy: Path) -> bool:
    """Whether the words are in a dump of the database, or in its raw files on SQLite."""
    if db.engine.dialect.name != "sqlite":
        tables = Base.metadata.sorted_tables
        rows = [str(row) for table in tables for row in db.session.execute(select(table))]
        db.session.rollback()
        return any(words in row for row in rows)
    copy.mkdir(exist_ok=True)
    path = Path(app.extensions["settings"].database_url[10:])
    for file in path.parent.glob(f"{path.name}*"):
        shutil.copy(file, copy)
    return any(words.encode() in file.read_bytes() for file in copy.iterdir())


def test_a_purge_erases_those_whom_nobody_has_seen(mill: Flask, student: Student) -> None:
    registry: PrivacyRegistry = mill.extensions["privacy"]
    db.session.rollback()
    with time_machine.travel(now() + timedelta(days=KEPT_DAYS - 1)):
        assert purge_visitors(registry) == 0
    with time_machine.travel(now() + timedelta(days=KEPT_DAYS + 1)):
        assert purge_visitors(registry) == 1
    tables = [Base.metadata.tables[name] for name in tables_about_visitors()]
    assert [db.session.execute(select(table)).all() for table in tables] == [[]] * len(tables)


def test_the_number_of_somebody_erased_is_never_given_again(
    mill: Flask, student: Student, new_student: Callable[[], Student]
) -> None:
    old = student.client.get_cookie("deambule")
    assert old is not None
    student.find("meal", opened=True)
    student.client.post("/me/forget", data={"sure": "yes"})
    newcomer = new_student()
    newcomer.open()
    student.client.set_cookie("deambule", old.value)
    assert student.find("meal", opened=True).status_code == 409
