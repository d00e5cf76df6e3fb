"""The guide's examples are right."""

import re
from pathlib import Path

from tours.bundles.factory import SECTORS, FactoryFile
from tours.bundles.tour import TourFile
from tours.bundles.yaml12 import parse_yaml
from tours.kinds import KINDS

GUIDE = (Path(__file__).parents[3] / "docs" / "bundle.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_examples_make_a_factory_and_a_tour() -> None:
    factory, *tour = EXAMPLES
    assert FactoryFile.model_validate(parse_yaml(factory).value).slug == "tidal-plant"
    assert len(TourFile.model_validate(parse_yaml("".join(tour)).value).scenes[0].hotspots) == 4


def test_every_kind_and_sector_is_told() -> None:
    assert [name for name in KINDS if f"| `{name}` |" not in GUIDE] == []
    assert [name for name in SECTORS if f"`{name}`" not in GUIDE] == []
