"""The JSON Schema of factory.yaml and tour.yaml, for the editors of authors."""

from typing import Any

from pydantic import BaseModel

from tours.bundles.factory import FactoryFile
from tours.bundles.tour import TourFile


def json_schema() -> dict[str, Any]:
    """One schema for both files; docs/bundle.schema.json is this, written out."""
    tour, factory = _schema(TourFile), _schema(FactoryFile)
    definitions = tour.pop("$defs") | factory.pop("$defs")
    definitions |= {"TourFile": tour, "FactoryFile": factory}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A bundle of Déambule: tour.yaml or factory.yaml",
        "anyOf": [{"$ref": "#/$defs/TourFile"}, {"$ref": "#/$defs/FactoryFile"}],
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(mode="validation")
    _require_wanted(schema)
    return schema


def _require_wanted(part: Any) -> None:
    """What may be empty in a draft only is required of authors."""
    if isinstance(part, list):
        for item in part:
            _require_wanted(item)
    if not isinstance(part, dict):
        return
    for item in part.values():
        _require_wanted(item)
    properties = part.get("properties")
    if isinstance(properties, dict):
        names = [n for n, p in properties.items() if isinstance(p, dict) and p.pop("wanted", 0)]
        required = list(dict.fromkeys([*part.get("required", []), *names]))
        if required:
            part["required"] = required
