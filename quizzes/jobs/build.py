"""Makes jobs.json: `python -m quizzes.jobs.build ../shared/data`. Not run at serve time.

What we wrote of each job (written.yaml) is joined with the published figures along the chain
ROME 4 → ROME of 2023 → ISCO-08 → SOC 2010 → O*NET-SOC 2019. docs/profiler.md tells the chain.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, RootModel, StringConstraints

from app.core.texts import Strict
from quizzes.jobs import sources
from quizzes.jobs.catalogue import FILE, Catalogue, Family, Green, Rome, Studies, Told
from quizzes.profiler.areas import AREAS
from quizzes.profiler.data import load

WRITTEN = Path(__file__).with_name("written.yaml")
FLAGS: Mapping[str, Green] = {
    "Emploi Vert": "green",
    "Emploi stratégique pour la Transition écologique": "strategic",
}
ABOUT = (
    "Made by quizzes/jobs/build.py out of written.yaml and published tables: change those. "
    "ROME and its letters: France Travail, Licence Ouverte. Six numbers: O*NET database, U.S. "
    "Department of Labor, CC BY 4.0, averaged by us. docs/profiler.md tells more."
)


class Written(Strict):
    """What we say of one job."""

    rome: Rome
    name: str
    family: Family
    studies: Studies
    diploma: str
    isco: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")] = ""
    onet: tuple[str, ...] = ()
    text: Told


class AllWritten(RootModel[Annotated[list[Written], Field(min_length=1)]]):
    """What we say of all."""


class Tables:
    """The published tables in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def rome_4(self) -> dict[str, dict[str, str]]:
        """ROME 4.60."""
        return sources.rome_4(self.folder)

    @cached_property
    def rome_3(self) -> dict[str, dict[str, Any]]:
        """Letters and ISCO codes."""
        return sources.rome_3(self.folder)

    @cached_property
    def soc(self) -> sources.Several:
        """SOC by ISCO."""
        return sources.soc_by_isco(self.folder)

    @cached_property
    def onet(self) -> sources.Several:
        """O*NET by SOC."""
        return sources.onet_by_soc(self.folder)

    @cached_property
    def interests(self) -> Mapping[str, Mapping[Any, float]]:
        """Six scores by O*NET occupation."""
        return sources.interests(self.folder)


def describe(job: Written, tables: Tables) -> dict[str, Any]:
    """One job as jobs.json holds it. Raises ValueError where its chain breaks."""
    rome = tables.rome_4[job.rome]
    parent = tables.rome_3[rome["code_rome_parent"]]
    chain = follow(job, parent["code"], parent["codeIsco"], tables)
    return {
        **job.model_dump(exclude={"isco", "onet", "text"}),
        "label": accented(rome["libelle_rome"]),
        "green": FLAGS.get(rome["transition_eco"], ""),
        "text": job.text.model_dump(),
        "letters": parent["riasecMajeur"] + parent["riasecMineur"],
        "scores": averaged(chain["onet"], tables),
        "chain": chain,
    }


def follow(job: Written, parent: str, official: str, tables: Tables) -> dict[str, Any]:
    """The codes from the ROME code to the O*NET occupations. Raises ValueError."""
    isco = job.isco or official
    soc = list(tables.soc.get(isco, []))
    reached = sorted({one for code in soc for one in tables.onet.get(code, [])})
    reached = [one for one in reached if one in tables.interests]
    kept = list(job.onet) or reached
    if not kept or not set(kept) <= set(reached):
        raise ValueError(f"{job.rome}: ISCO {isco} leads to {reached}, not to {job.onet}")
    return {
        "parent": parent,
        "isco_official": official,
        "isco": isco,
        "soc": soc,
        "onet": kept,
        "is_narrowed": len(kept) < len(reached),
    }


def averaged(onet: Sequence[str], tables: Tables) -> dict[str, float]:
    """The mean of the scores of these occupations, to two decimals."""
    rows = [tables.interests[one] for one in onet]
    return {area: round(sum(row[area] for row in rows) / len(rows), 2) for area in AREAS}


def accented(label: str) -> str:
    """ROME writes its capitals without accents."""
    return re.sub(r"\bE(?=bén|lectr|lev|cl)", "É", label).replace("'", "’")


def build(folder: Path) -> dict[str, Any]:
    """All jobs, checked."""
    tables = Tables(folder)
    jobs = [describe(job, tables) for job in load(WRITTEN, AllWritten).root]
    made = {"about": ABOUT, "jobs": sorted(jobs, key=lambda job: str(job["rome"]))}
    Catalogue.model_validate(made)
    return made


def main(folder: Path) -> None:
    """Write jobs.json."""
    FILE.write_text(json.dumps(build(folder), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
