"""The log of a room in words: when, who, what, and about whose words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session as Reading

from app.live.chat.models import LogEntry, LogText
from app.live.chat.words import report_reasons
from app.live.sessions.models import Guest
from app.people.models import Account


@dataclass(frozen=True)
class Line:
    """One act."""

    number: int
    at: datetime
    by: str
    act: str
    name: str
    """Whose words it is about."""
    text: str
    is_erased: bool
    """Whether what it was about is gone; its seal stays."""
    seal: str


def act_names() -> dict[str, str]:
    """What each act is called."""
    return {
        "open": _("a ouvert la discussion"),
        "mode": _("a changé le mode"),
        "last_call": _("a appelé les dernières questions"),
        "written": _("en a fait une boîte à questions"),
        "say": _("a écrit"),
        "withdraw": _("a repris son message"),
        "approve": _("a publié"),
        "refuse": _("n’a pas publié"),
        "later": _("a gardé pour plus tard"),
        "undo": _("est revenu sur sa décision"),
        "remove": _("a retiré"),
        "merge": _("a groupé"),
        "stand_in": _("remplace un professeur"),
        "claim": _("y répond"),
        "release": _("a rendu la question"),
        "exclude": _("a fait sortir"),
        "readmit": _("a laissé revenir"),
        "mute": _("a mis en lecture seule"),
        "unmute": _("a rendu la parole"),
        "trust_held": _("relit toujours cet élève"),
        "trust_normal": _("relit cet élève comme les autres"),
        "trust_trusted": _("fait confiance à cet élève"),
        "show": _("a montré un lieu"),
        "allow_views": _("a permis qu’un professionnel tourne les vues de sa classe"),
        "forbid_views": _("ne permet plus qu’un professionnel tourne les vues de sa classe"),
        "report": _("a signalé un message"),
        "alert": _("a touché « Alerte »"),
        "seen": _("s’occupe de l’alerte"),
        "pass": _("passe cette question"),
        "place": _("montre la réponse dans la visite"),
        "unplace": _("ne montre plus la réponse dans la visite"),
    }


def read_lines(reading: Reading, room_id: int) -> list[Line]:
    """All lines of a room's log."""
    query = (
        select(LogEntry, LogText)
        .outerjoin(
            LogText, (LogText.room_id == LogEntry.room_id) & (LogText.number == LogEntry.number)
        )
        .where(LogEntry.room_id == room_id)
        .order_by(LogEntry.number)
    )
    rows = [(entry, text) for entry, text in reading.execute(query)]
    names, acts = _names(reading, {entry.by for entry, _text in rows}), act_names()
    return [_line(entry, text, names, acts) for entry, text in rows]


def _line(
    entry: LogEntry, text: LogText | None, names: dict[str, str], acts: dict[str, str]
) -> Line:
    said = text.text if text else ""
    base, _underscore, reason = entry.act.partition("_")
    act = acts.get(entry.act) or " : ".join(filter(None, (acts.get(base, base), _why(reason))))
    if entry.act == "close":
        act = _("a clos les signalements") if text and text.name else _("a fermé la discussion")
    by = names.get(entry.by, entry.by)
    return Line(entry.number, entry.at, by, act, text.name if text else "", said, text is None,
                entry.seal)  # fmt: skip


def _why(reason: str) -> str:
    return report_reasons().get(reason, "")


def _names(reading: Reading, authors: Iterable[str]) -> dict[str, str]:
    """How those who did something are called: adults by name, students as such."""
    found = {"system": "Déambule", "student": str(_("un élève"))}
    for author in authors:
        kind, _colon, number = author.partition(":")
        if kind in ("account", "guest") and number.isdecimal():
            table = Account if kind == "account" else Guest
            name = reading.scalar(select(table.name).where(table.id == int(number)))
            found[author] = name or _("quelqu’un qui n’est plus là")
    return found
