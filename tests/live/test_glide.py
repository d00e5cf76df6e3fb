"""The step by which a view nears the leader's: it never passes it, and goes the shorter way."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WALK = """
const { nearer } = await import(process.argv[1]);
const { from, to, pauses } = JSON.parse(process.argv[2]);
let view = from;
console.log(JSON.stringify(pauses.map((ms) => (view = nearer(view, to, ms)))));
"""
View = dict[str, float]


def walk(start: View, end: View, pauses: list[float]) -> list[View]:
    """The views on the way, a step for each pause in milliseconds."""
    told = json.dumps({"from": start, "to": end, "pauses": pauses})
    module = (ROOT / "static/js/player/glide.js").as_uri()
    line = [str(ROOT / ".venv/bin/node"), "--input-type=module", "-e", WALK, module, told]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    views: list[View] = json.loads(done.stdout)
    return views


def look(yaw: float, pitch: float = 0.0, hfov: float = 100.0) -> View:
    """A view."""
    return {"yaw": yaw, "pitch": pitch, "hfov": hfov}


@pytest.mark.parametrize("pause", [1, 16, 60, 125, 1000, 60_000])
def test_a_view_nears_another_and_never_passes_it(pause: float) -> None:
    views = walk(look(-20, 30, 110), look(50, -10, 60), [pause] * 200)
    for name, sign in (("yaw", 1), ("pitch", -1), ("hfov", -1)):
        values = [sign * view[name] for view in views]
        assert values == sorted(values)
        assert values[-1] <= sign * {"yaw": 50, "pitch": -10, "hfov": 60}[name]


def test_it_arrives_within_a_second_whatever_the_pace_of_the_machine() -> None:
    for pause in (8, 16, 66, 200):
        views = walk(look(0), look(90), [pause] * (1000 // pause + 1))
        assert views[-1] == look(90)


def test_it_goes_the_shorter_way_round() -> None:
    middle: Any = walk(look(170), look(-170), [76.25])[0]["yaw"]
    assert middle == pytest.approx(180, abs=0.1)
    middle = walk(look(-170), look(170), [76.25])[0]["yaw"]
    assert middle == pytest.approx(-180, abs=0.1)


def test_a_clock_that_goes_back_moves_nothing() -> None:
    assert walk(look(0), look(90), [-500])[0] == look(0)
