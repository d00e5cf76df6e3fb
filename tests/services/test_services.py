"""The servers that tests stand on answer, and are gone when their owner is."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis
from botocore.exceptions import ClientError

from tests.services import keeper, redis_server
from tests.services.fixtures import S3
from tests.services.postgres import create_database, drop_database
from tests.services.process import running


def test_postgresql_makes_databases_from_a_template(postgres_url: str) -> None:
    made = create_database(postgres_url, "one")
    with psycopg.connect(made.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE kept (number integer)")
    copy = create_database(postgres_url, "two", template="one")
    with psycopg.connect(copy.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    for name in ("one", "two"):
        drop_database(postgres_url, name)


def test_redis_keeps_a_value(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("tests", "kept")
        assert client.get("tests") == b"kept"


def test_s3_gives_ranges_and_refuses_a_wrong_secret(s3: S3) -> None:
    bucket = s3.bucket()
    s3.client.put_object(Bucket=bucket, Key="a/b", Body=b"0123456789")
    part = s3.client.get_object(Bucket=bucket, Key="a/b", Range="bytes=2-4")
    assert part["Body"].read() == b"234"
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        s3.connect(s3.access_key, "wrong").list_buckets()


def test_nginx_serves_what_it_is_told(
    serve_with_nginx: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text("here")
    address = serve_with_nginx(f"root {tmp_path};")
    with urllib.request.urlopen(f"{address}/page.txt") as answer:
        assert answer.read() == b"here"


def test_a_server_is_gone_after_its_block() -> None:
    with running(redis_server.start) as service:
        (pid,) = service.keepers
        assert keeper.is_alive(pid)
    assert not keeper.is_alive(pid)


def test_a_server_does_not_outlive_an_owner_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "server.pid"
    owner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    sleeper = f"import os, time; open({str(file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    watched = [keeper.__file__, str(owner.pid), "15", ""]
    kept = subprocess.Popen([sys.executable, *watched, sys.executable, "-c", sleeper])
    deadline = time.monotonic() + 20
    while not (file.exists() and file.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    kept.wait(timeout=20)
    assert not keeper.is_alive(int(file.read_text()))
