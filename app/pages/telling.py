"""What is held of a visitor in words that a family reads: a section for each table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.classes.codes import show_code
from app.core.locale import choose_language
from app.pages.profile_words import AREA_NAMES
from quizzes.profiler.areas import AREAS
from tours.content import TourContent
from tours.player.replies import reward_views
from tours.player.scenes import local_questions, local_scene
from tours.published import published_tours

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """What one table holds, or that it holds nothing."""

    title: str
    columns: list[str]
    rows: list[list[str]]


class Names:
    """Titles of tours, scenes and hotspots by their slugs; a tour that is gone keeps its slug."""

    def __init__(self, tours: Iterable[TourContent], language: str) -> None:
        self.titles: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        for tour in tours:
            for scene in tour.scenes.values():
                local = local_scene(tour, scene, language)
                self.titles[tour.slug] = local.tour["title"]
                self.titles[f"{tour.slug} {scene.slug}"] = local.scene["title"]
                for hotspot in local.hotspots:
                    self._learn(f"{tour.slug}/{hotspot['slug']}", hotspot)
            for question in local_questions(tour, language):
                self._learn(f"{tour.slug}/{question['slug']}", question)

    def _learn(self, name: str, hotspot: Row) -> None:
        self.titles[name] = hotspot["title"]
        options = (hotspot.get("keys") or {}).get("options") or ()
        self.options[name] = [str(option["text"]) for option in options]

    def of(self, name: str) -> str:
        """The title, or the name itself."""
        return self.titles.get(name, name)

    def answer(self, name: str, answer: list[Any]) -> str:
        """What was answered, in the words of the options where there were any."""
        options = self.options.get(name, [])
        return " ; ".join(_option(str(one), options) for one in answer)


def _option(answer: str, options: list[str]) -> str:
    is_number = answer.isascii() and answer.isdigit() and int(answer) < len(options)
    return options[int(answer)] if is_number else answer


def tell(held: Mapping[str, list[dict[str, Any]]]) -> list[Section]:
    """A section for each table that holds something; unknown tables are told as they are."""
    names = Names(published_tours(), choose_language())
    told = [_tell_table(table, rows, names) for table, rows in held.items() if rows]
    return sorted(told, key=lambda section: len(section.rows) > 1)


def _tell_table(table: str, rows: list[dict[str, Any]], names: Names) -> Section:
    if table not in TABLES:
        return Section(table, list(rows[0]), [[str(cell) for cell in row.values()] for row in rows])
    title, columns, say = TABLES[table]
    return Section(
        str(title), [str(column) for column in columns], [say(row, names) for row in rows]
    )


def _visitor(row: Row, _names: Names) -> list[str]:
    return [show_code(row["resume_code"]), _day(row["created_at"]), _day(row["seen_at"])]


def _student(row: Row, _names: Names) -> list[str]:
    marks = ((_("place de passage"), row["is_passing"]), (_("temps en plus"), row["extra_time"]),
             (_("retiré de la classe"), row["removed_at"]))  # fmt: skip
    told = ", ".join(word for word, is_so in marks if is_so)
    return [row["pseudonym"], row["label"] or "–", _day(row["joined_at"]), told or "–"]


def _entry(row: Row, names: Names) -> list[str]:
    what, _colon, name = row["source"].partition(":")
    if what == "reward":
        name = next((one["title"] for one in reward_views([name])), name)
    return [str(CAUSES.get(what, what)), names.of(name), str(row["points"]), _day(row["at"])]


def _visit(row: Row, names: Names) -> list[str]:
    place = f"{row['tour']} {row['scene']}"
    return [names.of(row["tour"]), names.of(place), _day(row["opened_at"]), _day(row["seen_at"])]


def _attempt(row: Row, names: Names) -> list[str]:
    name = f"{row['tour']}/{row['hotspot']}"
    said = names.answer(name, row["answer"])
    return [names.of(name), said, _("juste") if row["is_right"] else _("pas encore"),
            str(row["tries"]), _day(row["at"])]  # fmt: skip


def _live_answer(row: Row, _names: Names) -> list[str]:
    result = _("juste") if row["worth"] else _("pas encore")
    return [str(row["position"] + 1), " ; ".join(row["answer"]), result, _day(row["at"])]


def _walk(row: Row, names: Names) -> list[str]:
    return [names.of(row["tour"]), row["trail"] or "–", row["ending"] or "–"]


def _profile(row: Row, _names: Names) -> list[str]:
    known = [(AREA_NAMES[area][0], row["scores"].get(area)) for area in AREAS]
    said = ", ".join(f"{name} {'–' if score is None else score}" for name, score in known)
    return [_("30 questions") if row["form"] == "short" else _("60 questions"), said,
            _day(row["taken_at"])]  # fmt: skip


def _activity(row: Row, _names: Names) -> list[str]:
    return [
        _("pendant une leçon préparée") if row["lesson"] else _("le reste du temps"),
        str(row["minutes"]),
    ]


def _knock(row: Row, _names: Names) -> list[str]:
    return [row["pseudonym"], _day(row["created_at"])]


def _day(moment: str | None) -> str:
    return format_datetime(datetime.fromisoformat(moment), "short") if moment else "–"


def _proof(row: Row, _names: Names) -> list[str]:
    pins = [one["title"] for one in reward_views([row["reward_slug"]])]
    return [*(pins or [row["reward_slug"]]), f"/proofs/{row['token']}", _day(row["made_at"])]


Say = Callable[[Row, Names], list[str]]
CAUSES: Mapping[str, Any] = {
    "hotspot": _l("Trouvaille"),
    "decision": _l("Décision"),
    "ending": _l("Fin"),
    "reward": _l("Pin’s"),
    "quiz": _l("Quiz en direct"),
}
TABLES: Mapping[str, tuple[Any, list[Any], Say]] = {
    "visitor": (
        _l("La place"), [_l("Code"), _l("Créée"), _l("Ouverte la dernière fois")], _visitor,
    ),
    "student": (
        _l("Dans la classe"), [_l("Pseudonyme"), _l("Repère"), _l("Arrivée"), _l("À savoir")],
        _student,
    ),
    "knock": (_l("À la porte"), [_l("Pseudonyme"), _l("Heure")], _knock),
    "activity": (_l("Temps actif"), [_l("Quand"), _l("Minutes")], _activity),
    "entry": (
        _l("Trouvailles, boulons et pin’s"),
        [_l("Quoi"), _l("Nom"), _l("Boulons"), _l("Heure")], _entry,
    ),
    "proof": (
        _l("Liens qui montrent un pin’s"), [_l("Pin’s"), _l("Lien"), _l("Heure")], _proof,
    ),
    "profile_result": (
        _l("Mes goûts"), [_l("Quoi"), _l("Scores"), _l("Heure")], _profile,
    ),
    "visit": (
        _l("Lieux ouverts"),
        [_l("Visite"), _l("Lieu"), _l("Première fois"), _l("Dernière fois")], _visit,
    ),
    "attempt": (
        _l("Réponses"),
        [_l("Question"), _l("Dernière réponse"), _l("Résultat"), _l("Essais"), _l("Heure")],
        _attempt,
    ),
    "live_answer": (
        _l("Réponses d’un quiz en direct, jusqu’à cette nuit"),
        [_l("Question"), _l("Réponse"), _l("Résultat"), _l("Heure")], _live_answer,
    ),
    "walk": (_l("Missions"), [_l("Visite"), _l("Piste"), _l("Fin")], _walk),
}  # fmt: skip
