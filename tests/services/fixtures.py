"""Fixtures: real servers, started once for a whole run and only when a test asks.

An address in the environment (`DEAMBULE_TEST_POSTGRES`, `DEAMBULE_TEST_REDIS`,
`DEAMBULE_TEST_S3` with `DEAMBULE_TEST_S3_KEY` and `DEAMBULE_TEST_S3_SECRET`) is used instead of
starting a server. What is not installed skips with its reason; where `CI` is set it fails.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from tests.services import ceph, nginx, postgres, redis_server
from tests.services.process import Service, Unavailable
from tests.services.shared import FOLDER, open_run, shared, stop_all

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def pytest_configure(config: pytest.Config) -> None:
    """The process that collects the run owns its servers; its workers find them."""
    if not hasattr(config, "workerinput"):
        open_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing of ours runs on when the tests have ended."""
    if not hasattr(config, "workerinput"):
        stop_all()


@dataclass(frozen=True)
class S3:
    """An S3 server, and buckets on it."""

    endpoint_url: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"

    @cached_property
    def client(self) -> "S3Client":
        """A client with the right keys."""
        return self.connect(self.access_key, self.secret_key)

    def connect(self, access_key: str, secret_key: str) -> "S3Client":
        """A client with these keys, right or wrong."""
        config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint_url,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            region_name=self.region,
            config=config,
        )

    def bucket(self) -> str:
        """The name of a new empty bucket."""
        name = f"tests-{uuid4().hex[:20]}"
        self.client.create_bucket(Bucket=name)
        return name


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """URL of a PostgreSQL server's maintenance database, as SQLAlchemy names it."""
    given = os.environ.get("DEAMBULE_TEST_POSTGRES")
    return given or _shared("postgres", postgres.start)["url"]


@pytest.fixture(scope="session")
def redis_url() -> str:
    """URL of a Redis server."""
    return os.environ.get("DEAMBULE_TEST_REDIS") or _shared("redis", redis_server.start)["url"]


@pytest.fixture(scope="session")
def s3() -> S3:
    """A real S3 server: `s3.endpoint_url`, `.access_key`, `.secret_key`, `.bucket()`."""
    given = os.environ.get("DEAMBULE_TEST_S3")
    if given:
        keys = os.environ["DEAMBULE_TEST_S3_KEY"], os.environ["DEAMBULE_TEST_S3_SECRET"]
        return S3(given, *keys)
    return S3(**_shared("ceph", ceph.start))


@pytest.fixture
def serve_with_nginx(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Give nginx the directives of a server block; get the address it serves them under."""
    started: list[Service] = []

    def serve(directives: str) -> str:
        try:
            started.append(nginx.start(tmp_path, directives))
        except Unavailable as reason:
            _miss(str(reason))
        return started[-1].address["url"]

    yield serve
    for service in started:
        service.stop()


def _shared(name: str, start: Callable[[Path], Service]) -> dict[str, str]:
    assert FOLDER in os.environ
    try:
        return shared(name, start)
    except Unavailable as reason:
        _miss(str(reason))


def _miss(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
