"""An upload is imported by the worker, for those who may."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from app.core.db import db, now
from app.core.jobs import Job, enqueue, run, start_again
from app.core.writer import write
from app.people.models import Account
from tests.tours.samples import factory_data, tour_data, write_bundle, write_yaml
from tours.bundles.archive import pack
from tours.models import FactoryMember, Tour

pytestmark = pytest.mark.usefixtures("app")


def make_account(role: str) -> int:
    def unit(tx: Any) -> int:
        account = Account(email=f"{role}{now()}@example.org", name=role, role=role,
                          password_hash="x", created_at=now())  # fmt: skip
        tx.session.add(account)
        tx.session.flush()
        return int(account.id)

    return write(unit)


def upload(archive: Path, account: int) -> Job:
    """What the workshop does with a zip, and then the worker."""
    arguments = {"path": str(archive), "account_id": account}
    job_id = write(lambda tx: enqueue(tx, "tours.jobs.import_bundle", arguments, "x", account))
    return work(job_id)


def work(job_id: int) -> Job:
    run(current_app.extensions["writer"], job_id)
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.id == job_id)).one()


@pytest.fixture
def archive(sample: Path, tmp_path: Path) -> Path:
    """The sample as an upload."""
    pack(sample, tmp_path / "upload.zip")
    return tmp_path / "upload.zip"


def test_an_author_brings_a_new_factory_which_is_theirs(archive: Path) -> None:
    author = make_account("author")
    job = upload(archive, author)
    assert (job.state, job.problems) == ("done", [])
    assert "mill-tour" in job.message
    assert not archive.exists()
    assert db.session.scalars(select(FactoryMember.account_id)).all() == [author]


def test_another_author_may_not_change_it(archive: Path, sample: Path, tmp_path: Path) -> None:
    upload(archive, make_account("author"))
    pack(sample, tmp_path / "again.zip")
    job = upload(tmp_path / "again.zip", make_account("author"))
    assert job.state == "failed"
    assert "autre équipe" in job.message
    pack(sample, tmp_path / "third.zip")
    assert upload(tmp_path / "third.zip", make_account("organiser")).state == "done"


@pytest.mark.parametrize("role", ["teacher", "professional"])
def test_other_roles_import_nothing(archive: Path, role: str) -> None:
    assert upload(archive, make_account(role)).state == "failed"
    assert db.session.scalars(select(Tour)).all() == []


def test_a_failed_job_says_why_and_can_be_started_again(tmp_path: Path, app: Flask) -> None:
    data = tour_data()
    data["scenes"][0]["hotspots"][0]["to"] = "cellar"
    folder = write_bundle(tmp_path / "b", data)
    pack(folder, tmp_path / "upload.zip")
    job = upload(tmp_path / "upload.zip", make_account("organiser"))
    assert job.state == "failed"
    assert any("cellar" in problem for problem in job.problems)
    write_yaml(folder / "tour.yaml", tour_data())
    pack(folder, tmp_path / "upload.zip")
    write(lambda tx: start_again(tx, job.id))
    assert work(job.id).state == "done"


def test_what_remains_to_be_written_is_told(tmp_path: Path) -> None:
    data = factory_data()
    data["tagline"].pop("en")
    pack(write_bundle(tmp_path / "b", factory=data), tmp_path / "upload.zip")
    job = upload(tmp_path / "upload.zip", make_account("organiser"))
    assert job.state == "done"
    assert [problem for problem in job.problems if "anglaise" in problem]


def test_a_zip_of_another_tool_is_brought_in_too(tmp_path: Path) -> None:
    folder = tmp_path / "export" / "app-files"
    folder.mkdir(parents=True)
    (folder / "data.js").write_text('var data = {"name": "Old mill", "scenes": [{"id": "a"}]};')
    pack(tmp_path / "export", tmp_path / "upload.zip")
    job = upload(tmp_path / "upload.zip", make_account("author"))
    assert job.state == "done"
    assert any("grille" in problem for problem in job.problems)
    assert not db.session.scalars(select(Tour)).one().is_published
