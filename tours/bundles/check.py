"""Reading a bundle's folder and listing everything that is wrong with it, with file and line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from tours.bundles.factory import FactoryFile
from tours.bundles.folder import look_at, needless
from tours.bundles.graph import shown_files
from tours.bundles.mending import Mended, mend
from tours.bundles.problems import Fault, Problem, in_order
from tours.bundles.rules import tour_faults
from tours.bundles.rules.written import written_faults
from tours.bundles.shares import Shares, shares_of
from tours.bundles.standins import strings_of
from tours.bundles.tour import TourFile
from tours.bundles.walking import FileUse
from tours.bundles.yaml12 import BadYaml, Source, read_yaml

M = TypeVar("M", bound=BaseModel)
Examine = Callable[[Path, str], str | None]
"""Looks at a whole media file of a kind; says what is wrong with it, if anything."""
FACTORY, TOUR = "factory.yaml", "tour.yaml"


@dataclass
class Checked:
    """A bundle as it was read: what could be understood of it, and what is wrong."""

    root: Path
    factory: FactoryFile | None = None
    tour: TourFile | None = None
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, FileUse] = field(default_factory=dict)
    """The files it names, and where tour.yaml names each first."""
    source: Source = field(default_factory=Source)
    """Where tour.yaml says what it says."""

    @property
    def shares(self) -> Shares | None:
        """What its boulons are earned for."""
        return shares_of(self.tour) if self.tour else None

    def refusals(self, *, as_draft: bool) -> list[Problem]:
        """The problems that keep it out; a draft may be unfinished."""
        return [p for p in self.problems if not (as_draft and p.is_unfinished)]


def check_bundle(root: Path, examine: Examine | None = None) -> Checked:
    """Read the bundle in the folder `root` and list all problems, in order.

    Without `examine` media files are looked at from outside only.
    """
    checked = Checked(root)
    factory = _read(checked, FACTORY, FactoryFile)
    checked.factory = factory.whole
    if factory.model:
        _locate(checked, FACTORY, factory.source, factory.certain(written_faults(factory.model)))
    tour = _read(checked, TOUR, TourFile)
    checked.tour, checked.source = tour.whole, tour.source
    if tour.model:
        _locate(checked, TOUR, tour.source, tour.certain(tour_faults(tour.model)))
        uses = [use for use in shown_files(tour.model) if not tour.is_told(use.loc)]
        _check_files(checked, uses, examine)
        if "files" not in tour.doubts:
            _tell_unused(checked)
    checked.problems = in_order(checked.problems)
    return checked


def _read(checked: Checked, name: str, model: type[M]) -> Mended[M]:
    """Read one file of texts; what is wrong with its shape is noted."""
    try:
        source = read_yaml(checked.root / name)
    except BadYaml as error:
        checked.problems.append(error.as_problem(name))
        return Mended(Source())
    mended = mend(model, source)
    _locate(checked, name, source, mended.faults)
    return mended


def _locate(checked: Checked, name: str, source: Source, faults: Iterable[Fault]) -> None:
    for fault in faults:
        line, column = source.place(fault.loc)
        sentence = fault.sentence
        checked.problems.append(Problem(name, line, column, sentence, fault.is_unfinished))


def _check_files(checked: Checked, uses: list[FileUse], examine: Examine | None) -> None:
    _locate(checked, TOUR, checked.source, _file_faults(checked, uses, examine))


def _tell_unused(checked: Checked) -> None:
    # An unknown key may be a file's.
    said = () if checked.tour else strings_of(checked.source.value)
    named = {*checked.files, *said}
    unused = _l("Ce fichier ne sert à rien dans la visite : retirez-le ou citez-le.")
    checked.problems.extend(Problem(file, 0, 0, unused) for file in needless(checked.root, named))


def _file_faults(checked: Checked, uses: list[FileUse], examine: Examine | None) -> Iterator[Fault]:
    for use in uses:
        if use.file in checked.files:
            continue
        checked.files[use.file] = use
        path = checked.root / use.file
        wrong = look_at(checked.root, use.file, use.media)
        if wrong is None and examine is not None:
            seen = examine(path, use.media)
            wrong = f"{use.file} : {seen}" if seen else None
        if wrong is not None:
            yield Fault(use.loc, wrong)
