"""Two imports at the same moment: one after the other, or the second is told to wait."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.config import Settings
from app.core.db import db
from media.models import Asset
from tests.serving import SECRET
from tests.tours.bundles.test_importing import everything
from tests.tours.samples import write_panorama
from tours.bundles import alone
from tours.bundles.alone import import_alone
from tours.bundles.importing import Imported, import_bundle
from tours.bundles.problems import BadBundle
from tours.models import Tour

HOLD = """
import sys
from app.core.config import read_settings
from app.factory import create_app
from tours.bundles.alone import import_alone
secret, data, database = sys.argv[1:]
with create_app(read_settings(secret=secret, data=data, database=database)).app_context():
    with import_alone("x"):
        print("held", flush=True)
        sys.stdin.read()
"""


def bring_in(app: Flask, path: Path) -> Imported:
    """Import as another process would: with a context of its own."""
    with app.app_context():
        try:
            return import_bundle(path)
        finally:
            db.session.remove()


def test_two_imports_of_a_new_tour_both_succeed(app: Flask, sample: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _n: bring_in(app, sample), range(3)))
    assert sorted(one.is_changed for one in done) == [False, False, True]
    assert len(db.session.scalars(select(Tour)).all()) == 1
    before = everything()
    assert not import_bundle(sample).is_changed
    assert everything() == before


def test_one_that_fails_leaves_the_files_of_the_other(
    app: Flask, sample: Path, bundle: Path
) -> None:
    write_panorama(bundle / "panoramas" / "hall.jpg", 7)
    spoilt = bundle / "panoramas" / "attic.jpg"
    spoilt.write_bytes(spoilt.read_bytes()[:-300])
    with ThreadPoolExecutor(2) as pool:
        bad, good = pool.submit(bring_in, app, bundle), pool.submit(bring_in, app, sample)
        assert good.result().slug == "mill-tour"
        with pytest.raises(BadBundle, match="attic"):
            bad.result()
    before = everything()
    assert len(db.session.scalars(select(Asset)).all()) == 8
    assert not import_bundle(sample).is_changed
    assert everything() == before


def test_another_process_is_waited_for_then_told(
    app: Flask, settings: Settings, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "PATIENCE", 0.3)
    before = everything()
    arguments = (SECRET, str(settings.data), settings.database_url)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BadBundle, match="Une autre importation est en cours"):
            import_bundle(sample)
        assert everything() == before
        other.kill()
    monkeypatch.setattr(alone, "PATIENCE", 60)  # the database lets go once it has seen the end
    assert import_bundle(sample).is_changed
    with import_alone("x"):  # it was let go
        pass
