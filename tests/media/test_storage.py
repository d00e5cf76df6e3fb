"""A folder and a bucket keep the same promises."""

import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from app.core.config import read_settings
from media.storage import Absent, FolderStorage, Storage, storage_from_settings
from tests.services.fixtures import S3

DOCS = Path(__file__).parents[2] / "docs/media.md"


def test_what_was_put_is_read_again_and_put_twice_is_the_last(storage: Storage) -> None:
    storage.put("public/aa/x/card.jpg", b"one")
    storage.put("public/aa/x/card.jpg", b"two")
    assert storage.read("public/aa/x/card.jpg") == b"two"
    assert storage.size("public/aa/x/card.jpg") == 3
    assert storage.exists("public/aa/x/card.jpg")


def test_what_is_not_there_is_absent(storage: Storage) -> None:
    assert not storage.exists("public/aa/x/card.jpg")
    for ask in (storage.read, storage.size):
        with pytest.raises(Absent):
            ask("public/aa/x/card.jpg")
    with pytest.raises(Absent):
        storage.read_range("public/aa/x/card.jpg", 0, 10)
    storage.delete_prefix("public/aa/x/")
    assert list(storage.list("public/aa/x/")) == []


def test_a_range_is_cut_at_the_end_of_the_file(storage: Storage) -> None:
    storage.put("public/aa/x/film.mp4", bytes(range(100)))
    assert storage.read_range("public/aa/x/film.mp4", 10, 5) == (bytes(range(10, 15)), 10, 100)
    assert storage.read_range("public/aa/x/film.mp4", 95, 50) == (bytes(range(95, 100)), 95, 100)
    assert storage.read_range("public/aa/x/film.mp4", 100, 5).data == b""


def test_a_thousand_files_are_written_listed_copied_and_deleted(storage: Storage) -> None:
    names = sorted(f"private/aa/x/{level}/f{row}_0.jpg" for level in (1, 2) for row in range(501))
    storage.put_many((name, name.encode(), "image/jpeg") for name in names)
    assert sorted(storage.list("private/aa/x/")) == names
    storage.copy_prefix("private/aa/x/", "public/aa/x/")
    storage.delete_prefix("private/aa/x/")
    assert list(storage.list("private/aa/x/")) == []
    assert storage.read("public/aa/x/2/f500_0.jpg") == b"private/aa/x/2/f500_0.jpg"


def test_deleting_one_asset_leaves_its_neighbour_with_a_longer_name(storage: Storage) -> None:
    storage.put("public/aa/x/card.jpg", b"1")
    storage.put("public/aa/xy/card.jpg", b"2")
    storage.delete_prefix("public/aa/x/")
    assert storage.exists("public/aa/xy/card.jpg")
    assert not storage.exists("public/aa/x/card.jpg")


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "a//b", "a/.b", "a\0b", ""])
def test_a_folder_takes_no_name_that_leads_out_of_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a file's name"):
        FolderStorage(tmp_path).put(name, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_secret_writes_nothing(s3: S3, tmp_path: Path) -> None:
    settings = read_settings(
        secret=uuid4().hex, data=tmp_path, storage=f"s3://{s3.bucket()}",
        s3_endpoint=s3.endpoint_url, s3_key=s3.access_key, s3_secret="wrong",
    )  # fmt: skip
    with pytest.raises(ClientError):
        storage_from_settings(settings).put("public/aa/x/card.jpg", b"x")


def test_a_failed_upload_among_many_is_told(s3: S3, tmp_path: Path) -> None:
    settings = read_settings(
        secret=uuid4().hex, data=tmp_path, storage="s3://no-such-bucket-here",
        s3_endpoint=s3.endpoint_url, s3_key=s3.access_key, s3_secret=s3.secret_key,
    )  # fmt: skip
    with pytest.raises(ClientError):
        storage_from_settings(settings).put_many([("a", b"x", ""), ("b", b"x", "")])


def test_a_policy_shows_the_public_prefix_and_nothing_else(s3: S3, tmp_path: Path) -> None:
    """The policy is the one that docs/media.md gives to operators."""
    bucket = s3.bucket()
    storage = storage_from_settings(read_settings(
        secret=uuid4().hex, data=tmp_path, storage=f"s3://{bucket}/edition",
        s3_endpoint=s3.endpoint_url, s3_key=s3.access_key, s3_secret=s3.secret_key,
    ))  # fmt: skip
    policy = re.search(r"```json\n(\{\"Version\".*?)```", DOCS.read_text(), re.DOTALL)
    assert policy
    s3.client.put_bucket_policy(Bucket=bucket, Policy=policy[1].replace("BUCKET", bucket)
                                .replace("PREFIX", "edition"))  # fmt: skip
    storage.put("public/aa/x/card.jpg", b"shown")
    storage.put("private/aa/x/card.jpg", b"hidden")
    base = f"{s3.endpoint_url}/{bucket}/edition"
    with urlopen(f"{base}/public/aa/x/card.jpg") as answer:
        assert answer.read() == b"shown"
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert "immutable" in answer.headers["Cache-Control"]
    for path in ("private/aa/x/card.jpg", "public/aa/x/other.jpg"):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{base}/{path}")
        assert refused.value.code in (403, 404)
        refused.value.close()
