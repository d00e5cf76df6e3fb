"""Fixtures of media/: every test that asks for ``storage`` runs on a folder and on a bucket."""

from pathlib import Path
from uuid import uuid4

import pytest

from app.core.config import read_settings
from media.storage import Storage, storage_from_settings
from tests.services.fixtures import S3


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage, as the settings of an operator open it."""
    if request.param == "folder":
        return storage_from_settings(read_settings(secret=uuid4().hex, data=tmp_path))
    s3: S3 = request.getfixturevalue("s3")
    return storage_from_settings(read_settings(
        secret=uuid4().hex, data=tmp_path, storage=f"s3://{s3.bucket()}/edition",
        s3_endpoint=s3.endpoint_url, s3_key=s3.access_key, s3_secret=s3.secret_key,
    ))  # fmt: skip
