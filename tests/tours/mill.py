"""A published mill, and students who walk in it."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from media.intake import take_in
from media.storage import FolderStorage
from tests.tours.samples import write_bundle
from tours.bundles.importing import import_bundle

RIGHT = {"gauge": "1", "belt": "1", "bolt": "1", "lamp": "1", "rope": "1", "weight": "1,5"}


@pytest.fixture(scope="session")
def mill_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the mill, written once."""
    return write_bundle(tmp_path_factory.mktemp("bundles") / "mill")


@pytest.fixture
def mill(app: Flask, mill_bundle: Path, mill_files: Path) -> Flask:
    """The app with the mill in it, open to everybody."""
    app.config["WTF_CSRF_ENABLED"] = False
    storage = app.extensions["settings"].data / "media"
    shutil.copytree(mill_files, storage, copy_function=os.link, dirs_exist_ok=True)
    import_bundle(mill_bundle, publish=True)
    return app


@pytest.fixture(scope="session")
def mill_files(mill_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files as they are stored, cut once for all tests."""
    folder = tmp_path_factory.mktemp("files")
    kinds = {"panoramas": "panorama", "pictures": "picture", "films": "film", "sounds": "sound"}
    for path in mill_bundle.glob("*/*.*"):
        if path.parent.name in kinds and path.suffix != ".vtt":
            take_in(path, kinds[path.parent.name], FolderStorage(folder))
    return folder


def read_told(page: TestResponse) -> dict[str, Any]:
    """What a scene's page tells its script."""
    found = re.search(r'id="scene"[^>]*>(.*?)</script>', page.text)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


class Student:
    """Somebody who walks: a browser of their own."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, scene: str = "hall") -> TestResponse:
        """Open a scene."""
        return self.client.get(f"/tours/mill-tour/{scene}")

    def told(self, scene: str = "hall") -> dict[str, Any]:
        """What the page of a scene tells its script."""
        return read_told(self.open(scene))

    def find(self, hotspot: str, **evidence: Any) -> TestResponse:
        """Send evidence as the page's script does."""
        return self.client.post(f"/tours/mill-tour/hotspots/{hotspot}/find", json=evidence)

    def answer(self, hotspot: str, answer: str | None = None) -> TestResponse:
        """Answer a question; rightly unless told otherwise."""
        return self.find(hotspot, answer=[answer or RIGHT[hotspot]])

    def decide(self, option: str) -> TestResponse:
        """Take the decision."""
        return self.client.post("/tours/mill-tour/decision", json={"option": option})


@pytest.fixture
def new_student(mill: Flask) -> Callable[[], Student]:
    """Students, each with a browser of their own."""
    return lambda: Student(mill.test_client())


@pytest.fixture
def student(new_student: Callable[[], Student]) -> Student:
    """A student who stands in the hall."""
    one = new_student()
    assert one.open("hall").status_code == 200
    return one
