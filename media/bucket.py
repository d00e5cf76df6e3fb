"""Files in an S3 bucket: one client, 32 threads, retries. Loaded only when a bucket is chosen."""

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from app.core.config import Settings
from media.storage import Absent, Piece, Put, type_of

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

THREADS: Final = 32
_WAITING: Final = 4 * THREADS
"""Files kept in memory while they wait for a thread: cutting must not run ahead of the network."""
_FOREVER: Final = "public, max-age=31536000, immutable"
_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})


class BucketStorage:
    """Files under a prefix of a bucket; boto3's client may be shared by threads."""

    def __init__(self, client: "S3Client", bucket: str, prefix: str = "") -> None:
        self.client = client
        self.bucket = bucket
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        """Write a file; S3 shows it whole or not at all."""
        self.client.put_object(
            Bucket=self.bucket,
            Key=self.prefix + key,
            Body=data,
            CacheControl=_FOREVER,
            ContentType=content_type or type_of(key),
        )

    @contextmanager
    def putting(self) -> Iterator[Put]:
        """Write from many threads; the first failure is raised, at the latest at the end."""
        uploads: list[Future[None]] = []
        room = threading.BoundedSemaphore(_WAITING)
        with ThreadPoolExecutor(THREADS) as threads:

            def put(key: str, data: bytes, content_type: str = "") -> None:
                room.acquire()
                upload = threads.submit(self.put, key, data, content_type)
                upload.add_done_callback(lambda _: room.release())
                uploads.append(upload)

            yield put
        for upload in uploads:
            upload.result()

    def put_many(self, files: Iterable[tuple[str, bytes, str]]) -> None:
        """Write every file."""
        with self.putting() as put:
            for file in files:
                put(*file)

    def read(self, key: str) -> bytes:
        """The file. Raises Absent."""
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + key)
            return answer["Body"].read()
        except ClientError as error:
            raise _explain(error, key) from error

    def read_range(self, key: str, start: int, length: int) -> Piece:
        """Part of a file, cut at its end. Raises Absent."""
        wanted = f"bytes={start}-{start + length - 1}"
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + key, Range=wanted)
            size = int(answer["ContentRange"].rpartition("/")[2])
            return Piece(answer["Body"].read(), start, size)
        except ClientError as error:
            if _code(error) in {"InvalidRange", "416"}:
                return Piece(b"", start, self.size(key))
            raise _explain(error, key) from error

    def size(self, key: str) -> int:
        """Bytes. Raises Absent."""
        try:
            head = self.client.head_object(Bucket=self.bucket, Key=self.prefix + key)
        except ClientError as error:
            raise _explain(error, key) from error
        return head["ContentLength"]

    def exists(self, key: str) -> bool:
        """Whether there is a file of this name."""
        try:
            self.size(key)
        except Absent:
            return False
        return True

    def list(self, prefix: str) -> Iterator[str]:
        """Names that begin with the prefix."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.prefix + prefix
        )
        for page in pages:
            for item in page.get("Contents", []):
                yield item["Key"].removeprefix(self.prefix)

    def copy_prefix(self, source: str, target: str) -> None:
        """Copied inside the bucket, by 32 threads."""
        with ThreadPoolExecutor(THREADS) as threads:
            copies = [
                threads.submit(self._copy, key, target + key.removeprefix(source))
                for key in self.list(source)
            ]
        for copy in copies:
            copy.result()

    def _copy(self, source: str, target: str) -> None:
        self.client.copy_object(
            Bucket=self.bucket,
            Key=self.prefix + target,
            CopySource={"Bucket": self.bucket, "Key": self.prefix + source},
        )

    def delete_prefix(self, prefix: str) -> None:
        """A thousand at a time, which is what S3 takes."""
        names = [self.prefix + key for key in self.list(prefix)]
        for start in range(0, len(names), 1000):
            batch: list[ObjectIdentifierTypeDef] = [
                {"Key": name} for name in names[start : start + 1000]
            ]
            answer = self.client.delete_objects(
                Bucket=self.bucket, Delete={"Objects": batch, "Quiet": True}
            )
            if answer.get("Errors"):
                raise OSError(f"not deleted: {answer['Errors'][0].get('Key')}")


def open_bucket(settings: Settings) -> BucketStorage:
    """The bucket of the settings, ``s3://bucket/prefix``."""
    bucket, _, prefix = settings.storage.removeprefix("s3://").partition("/")
    client = boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint or None,
        region_name=settings.s3_region,
        aws_access_key_id=settings.s3_key or None,
        aws_secret_access_key=settings.s3_secret.get_secret_value() or None,
        config=Config(
            max_pool_connections=THREADS,
            retries={"max_attempts": 5, "mode": "standard"},
            connect_timeout=5,
            read_timeout=30,
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
    return BucketStorage(client, bucket, prefix)


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")


def _explain(error: ClientError, key: str) -> Exception:
    return Absent(key) if _code(error) in _MISSING else error
