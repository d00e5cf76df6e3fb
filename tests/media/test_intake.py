"""Files come in once: complete, or not at all."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from media.errors import Refused
from media.intake import take_in
from media.keys import private_prefix
from media.pictures import clean_picture
from media.publishing import forget, publish
from media.storage import FolderStorage, Storage
from tests.media import recordings
from tests.media.pictures import full_of_places, jpeg

ROOT = Path(__file__).parents[2]


@pytest.fixture
def panorama(tmp_path: Path) -> Path:
    path = tmp_path / "hall.jpg"
    path.write_bytes(jpeg((2048, 1024)))
    return path


def test_a_panorama_is_cut_once_and_found_the_second_time(storage: Storage, panorama: Path) -> None:
    shares: list[float] = []
    first = take_in(panorama, "panorama", storage, shares.append)
    stored = sorted(storage.list(private_prefix(first.key)))
    assert stored == sorted(private_prefix(first.key) + name for name in first.files)
    assert shares[-1] == 1
    second = take_in(panorama, "panorama", storage)
    assert (second.key, second.meta, second.files) == (first.key, first.meta, [])
    assert json.loads(storage.read(private_prefix(first.key) + "meta.json")) == first.meta


def test_the_same_file_as_picture_and_as_panorama_is_two_assets(
    storage: Storage, panorama: Path
) -> None:
    assert take_in(panorama, "panorama", storage).key != take_in(panorama, "picture", storage).key


def test_a_refused_file_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    path = tmp_path / "hall.jpg"
    path.write_bytes(jpeg()[:-3000])
    with pytest.raises(Refused):
        take_in(path, "panorama", storage)
    assert list(storage.list("private/")) == []
    with pytest.raises(Refused, match="hologram"):
        take_in(path, "hologram", storage)


def test_an_asset_without_its_mark_is_made_again(storage: Storage, panorama: Path) -> None:
    taken = take_in(panorama, "panorama", storage)
    kept = storage.read(private_prefix(taken.key) + "1/f0_0.jpg")
    storage.delete_prefix(private_prefix(taken.key))
    storage.put(private_prefix(taken.key) + "1/f0_0.jpg", b"half a tile")
    assert len(take_in(panorama, "panorama", storage).files) == len(taken.files)
    assert storage.read(private_prefix(taken.key) + "1/f0_0.jpg") == kept


def test_a_killed_intake_is_taken_up_again(tmp_path: Path, panorama: Path) -> None:
    program = (
        "import os, signal; from pathlib import Path; from media.intake import take_in;"
        "from media.storage import FolderStorage\n"
        "def die(share):\n    if share > 0.4: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"take_in(Path({str(panorama)!r}), 'panorama', FolderStorage(Path({str(tmp_path)!r})), die)"
    )
    died = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, env=os.environ)
    assert died.returncode == -signal.SIGKILL
    storage = FolderStorage(tmp_path)
    assert list(storage.list("private/"))
    assert not [name for name in storage.list("private/") if name.endswith("meta.json")]
    assert take_in(panorama, "panorama", storage).files


def test_every_kind_comes_in_and_is_published(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(recordings.document())
    (tmp_path / "arm.jpg").write_bytes(full_of_places())
    sources = {
        "film": recordings.film(tmp_path / "press.mp4"),
        "sound": recordings.sound(tmp_path / "press.mp3"),
        "document": tmp_path / "plan.pdf",
        "picture": tmp_path / "arm.jpg",
    }
    for kind, path in sources.items():
        taken = take_in(path, kind, storage)
        assert taken.meta["kind"] == kind
        publish(storage, taken.key)
        for name in taken.files:
            public = f"public/{taken.key[:2]}/{taken.key}/{name}"
            assert b"Secret" not in storage.read(public)
        forget(storage, taken.key)
    assert list(storage.list("public/")) == []


def test_a_picture_is_drawn_anew_at_two_sizes() -> None:
    files: dict[str, bytes] = {}
    meta = clean_picture(jpeg((3000, 1000)), files.__setitem__)
    assert set(files) == {"picture.jpg", "picture-640.jpg"}
    assert (meta["width"], meta["height"]) == (1600, 533)
