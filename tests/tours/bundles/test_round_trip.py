"""Whatever a tour says, it comes out of the database as it went in."""

import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tours.samples import factory_data, tour_data, write_yaml
from tours.bundles.exporting import export_bundle
from tours.bundles.importing import import_bundle

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]),
    min_size=1,
    max_size=40,
).filter(str.strip)
ANGLE = st.integers(-9, 9).map(lambda n: n / 10)


@st.composite
def tours(draw: st.DrawFn) -> dict[str, Any]:
    """The sample with other words, angles and orders."""
    data = tour_data()
    data["title"] = {"fr": draw(WORDS), "en": draw(WORDS)}
    data["minutes"] = draw(st.integers(1, 240))
    for scene in data["scenes"]:
        scene["north"] = draw(st.floats(0, 360, allow_subnormal=False))
        scene["hotspots"] = draw(st.permutations(scene["hotspots"]))
        for hotspot in scene["hotspots"]:
            hotspot["pitch"] = draw(ANGLE)
            hotspot["title"]["en"] = draw(WORDS)
    data["rewards"] *= draw(st.integers(0, 1))
    return data


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=tours(), name=WORDS)
def test_export_after_import_is_the_same(
    app: Flask, sample: Path, tmp_path: Path, data: dict[str, Any], name: str
) -> None:
    root = tmp_path / uuid4().hex
    shutil.copytree(sample, root / "in")
    write_yaml(root / "in" / "tour.yaml", data)
    write_yaml(root / "in" / "factory.yaml", factory_data() | {"name": name})
    import_bundle(root / "in")
    export_bundle("mill-tour", root / "out")
    assert not import_bundle(root / "out").is_changed
    export_bundle("mill-tour", root / "again")
    for file in ("tour.yaml", "factory.yaml"):
        assert (root / "again" / file).read_bytes() == (root / "out" / file).read_bytes()
