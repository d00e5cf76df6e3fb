"""The compass: what the author wrote, else what the camera knew."""

from pathlib import Path

import pytest
from flask import Flask

from tests.tours.mill import Student
from tests.tours.samples import tour_data, write_bundle
from tours.bundles.importing import import_bundle

SUN = Path(__file__).parents[3].parent / "shared" / "data" / "panoramas" / "sun.jpg"


def test_the_written_north_wins(student: Student) -> None:
    assert student.told("hall")["north"] == 90
    assert student.told("attic")["north"] is None


@pytest.mark.skipif(not SUN.exists(), reason="the photographs of ../shared/data are not here")
def test_a_camera_heading_is_used_where_nothing_is_written(
    mill: Flask, student: Student, tmp_path: Path
) -> None:
    tour = tour_data()
    bundle = write_bundle(tmp_path / "sunny", tour)
    (bundle / "panoramas" / "attic.jpg").write_bytes(SUN.read_bytes())
    import_bundle(bundle, publish=True)
    assert student.told("attic")["north"] == pytest.approx(9)
