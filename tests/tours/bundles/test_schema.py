"""The published schema is the one that is used."""

import json
from pathlib import Path

from tours.bundles.schema import json_schema

PUBLISHED = Path(__file__).parents[3] / "docs" / "bundle.schema.json"


def test_the_published_schema_is_current() -> None:
    """Print it anew with `deambule tour schema > docs/bundle.schema.json`."""
    assert json.loads(PUBLISHED.read_text("utf-8")) == json_schema()


def test_what_a_draft_may_lack_is_required_of_editors() -> None:
    definitions = json_schema()["$defs"]
    assert definitions["Text"]["required"] == ["fr", "en"]
    assert {"alt", "people", "approved_by"} <= set(definitions["Panorama"]["required"])
    assert "credit" not in definitions["Panorama"]["required"]
