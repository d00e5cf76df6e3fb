"""Students for a measured site, made straight in its database, and what their browsers send."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from tests.load.sample import SCENES, TOUR
from tests.serving import SECRET

EARLIER = 6
"""Finds that a student has before those that are measured."""
BROWSER = (
    "Host: 127.0.0.1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept-Language: fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3\r\n"
    "Accept-Encoding: gzip, deflate\r\n"
    "Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\n"
)
ACCEPT_PAGE = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"


@dataclass(frozen=True)
class Student:
    """A visitor, and the cookie and token of their browser."""

    id: int
    cookie: str
    token: str


@dataclass(frozen=True)
class Find:
    """One request that finds something, and the entry that it must leave."""

    visitor: int
    source: str
    request: bytes


def enrol(data: Path, count: int) -> list[Student]:
    """Add students who have opened every scene and found a few things."""
    with closing(sqlite3.connect(data / "deambule.db")) as database:
        first = database.execute("SELECT coalesce(max(id), 0) + 1 FROM visitor").fetchone()[0]
        ids = range(first, first + count)
        moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        _write(database, ids, moment)
        database.commit()
    return [_student(one) for one in ids]


def _write(database: sqlite3.Connection, ids: range, at: str) -> None:
    database.executemany(
        "INSERT INTO visitor (id, resume_code, progress, created_at, seen_at) VALUES (?,?,6,?,?)",
        ((one, f"B{one:09}", at, at) for one in ids),
    )
    scenes = [row[0] for row in database.execute("SELECT id FROM scene")]
    database.executemany(
        "INSERT INTO visit (visitor_id, scene_id, opened_at, seen_at) VALUES (?,?,?,?)",
        ((one, scene, at, at) for one in ids for scene in scenes),
    )
    tour = database.execute("SELECT id FROM tour").fetchone()[0]
    database.executemany(
        "INSERT INTO walk (visitor_id, tour_id, trail, started_at) VALUES (?,?,'people',?)",
        ((one, tour, at) for one in ids),
    )
    database.executemany(
        "INSERT INTO entry (visitor_id, source, points, at) VALUES (?,?,1,?)",
        ((one, f"hotspot:{TOUR}/{slug}", at) for one in ids for slug in finds()[:EARLIER]),
    )


def _student(visitor: int) -> Student:
    raw = sha1(str(visitor).encode(), usedforsecurity=False).hexdigest()
    app = Flask("cookies")
    app.secret_key = SECRET
    signer: Any = SecureCookieSessionInterface().get_signing_serializer(app)
    cookie = signer.dumps({"_permanent": True, "csrf_token": raw, "visitor": visitor})
    token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw)
    return Student(visitor, str(cookie), str(token))


def finds() -> list[str]:
    """The hotspots that are found, in an order that mixes their kinds."""
    kinds = ("info", "q1", "person", "picture", "q2", "cock")
    return [f"{scene}-{kind}" for kind in kinds for scene in SCENES]


def evidence_for(slug: str) -> dict[str, Any]:
    """What a page sends when a student has done what the hotspot asks."""
    kind = slug.rpartition("-")[2]
    if kind in ("q1", "q2"):
        return {"answer": ["1"]}
    if kind == "cock":
        return {"riddle": "la girouette"}
    return {"opened": True}


def find_requests(students: Sequence[Student]) -> Iterator[Find]:
    """The next finds: each student one, then each student another, different ones beside."""
    left = finds()[EARLIER:]
    for turn in range(len(left)):
        for place, student in enumerate(students):
            slug = left[(turn + place) % len(left)]
            body = orjson.dumps(evidence_for(slug))
            request = post(f"/tours/{TOUR}/hotspots/{slug}/find", student, body)
            yield Find(student.id, f"hotspot:{TOUR}/{slug}", request)


def take(finds: Iterator[Find], count: int) -> list[Find]:
    """The next `count` finds. Raises when the students have found everything."""
    taken = list(islice(finds, count))
    if len(taken) < count:
        raise RuntimeError("enrol more students: these have found everything")
    return taken


def post(path: str, student: Student, body: bytes) -> bytes:
    """A JSON request as the page's script sends it."""
    head = (
        f"POST {path} HTTP/1.1\r\n{BROWSER}Accept: application/json\r\n"
        f"Content-Type: application/json\r\nX-CSRFToken: {student.token}\r\n"
        f"Origin: http://127.0.0.1\r\nCookie: deambule={student.cookie}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(path: str, student: Student | None = None, tag: str = "") -> bytes:
    """A page as a browser asks for it, with the tag of the one it holds."""
    cookie = f"Cookie: deambule={student.cookie}\r\n" if student else ""
    held = f"If-None-Match: {tag}\r\n" if tag else ""
    return f"GET {path} HTTP/1.1\r\n{BROWSER}{ACCEPT_PAGE}{cookie}{held}\r\n".encode()


def some(students: Sequence[Student], count: int) -> list[Student]:
    """`count` students drawn at random, always the same ones."""
    return random.Random(1).choices(students, k=count)
