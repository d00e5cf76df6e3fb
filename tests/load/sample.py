"""A site to measure: one tour of five scenes and forty hotspots, imported as any other bundle."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.serving import environment, run_command
from tests.tours.samples import (
    factory_data,
    hotspot,
    panorama,
    person,
    question,
    said,
    write_picture,
    write_yaml,
)

TOUR = "bench-tour"
SCENES = ("hall", "attic", "yard", "cellar", "office")
STORY = (
    "La turbine tourne à 93 tours par minute. L’eau entre à marée montante, ressort à marée "
    "descendante, et l’alternateur suit. **Écoute le palier** : un sifflement dit qu’il chauffe."
)


def build_site(data: Path, width: int = 2048) -> None:
    """Make the folder `data` of a site whose tour is published."""
    data.mkdir(parents=True, exist_ok=True)
    bundle = data / "bundle"
    write_sample(bundle, width)
    done = run_command(data, "db", "upgrade")
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    line = [sys.executable, "-m", "tests.load.sample", str(bundle)]
    subprocess.run(line, env=environment(data), check=True)


def write_sample(root: Path, width: int) -> None:
    """Write the bundle; its panoramas are `width` pixels wide and full of detail."""
    (root / "panoramas").mkdir(parents=True, exist_ok=True)
    write_yaml(root / "factory.yaml", factory_data())
    write_yaml(root / "tour.yaml", _tour())
    write_picture(root / "pictures" / "stone.png")
    for seed, name in enumerate(SCENES):
        cv2.imwrite(str(root / "panoramas" / f"{name}.jpg"), _scenery(seed, width))


def _scenery(seed: int, width: int) -> Any:
    """A picture as hard to compress as a photograph: shapes at four scales."""
    random = np.random.default_rng(seed)
    whole = np.zeros((width // 2, width, 3), np.float32)
    for cell, weight in ((256, 0.5), (64, 0.25), (16, 0.15), (3, 0.1)):
        grid = random.integers(0, 255, (width // 2 // cell, width // cell, 3), dtype=np.uint8)
        whole += weight * cv2.resize(grid, (width, width // 2), interpolation=cv2.INTER_CUBIC)
    return whole.clip(0, 255).astype(np.uint8)


def _tour() -> dict[str, Any]:
    clues = [f"{name}-q1" for name in SCENES]
    first, last = f"{SCENES[0]}-person", f"{SCENES[-1]}-person"
    options = [("wait", "calm"), ("call", "help")]
    return {
        "slug": TOUR,
        "title": said("Le moulin", "The mill"),
        "summary": said("Une petite visite."),
        "minutes": 15,
        "start": SCENES[0],
        "scenes": [_scene(number, name) for number, name in enumerate(SCENES)],
        "mission": {
            "situation": said("Le vent tombe. La farine manque."),
            "clues": list(clues),
            "needed": 4,
            "decision": {
                "question": said("Que fais-tu ?"),
                "options": [{"slug": s, "text": said(s), "ending": e} for s, e in options],
            },
            "endings": [
                {"slug": "calm", "title": said("Calme"), "text": said("Bien."), "person": first},
                {"slug": "help", "title": said("Aide"), "text": said("On vient."), "person": last},
            ],
            "trails": [
                {"slug": way, "title": said(way), "text": said("Par là."), "scenes": list(SCENES)}
                for way in ("machine", "people", "product")
            ],
            "finish": {"job": last, "tell": said("Un moulin écoute.")},
        },
        "rewards": [
            _reward("ear", ["hall-info", "attic-info", "yard-info"], 2),
            _reward("eye", clues, 4),
            _reward("chief", ["decision"], 1),
        ],
    }


def _reward(slug: str, finds: list[str], count: int) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": said(slug),
        "text": said("Tu écoutes."),
        "icon": "eye",
        "needs": {"finds": finds, "count": count},
    }


def _picture() -> dict[str, Any]:
    return {
        "file": "pictures/stone.png",
        "alt": said("Une meule"),
        "people": "none",
        "approved_by": "Direction du site, 12 mars 2026",
    }


def _scene(number: int, name: str) -> dict[str, Any]:
    ways = (SCENES[(number + 1) % 5], SCENES[(number - 1) % 5])
    riddle = {
        "question": said("Qui tourne avec le vent ?"),
        "answers": {"fr": ["la girouette"], "en": ["weathercock"]},
    }
    return {
        "slug": name,
        "title": said(name),
        "text": said(
            f"Au fond, une **girouette** tourne. {STORY}", f"At the back a weathercock. {STORY}"
        ),
        "panorama": panorama(name),
        "north": 90,
        "view": {"yaw": 10, "pitch": -2, "hfov": 90},
        "map": {"x": 0.1 + 0.2 * number, "y": 0.4},
        "hotspots": [
            *(hotspot(f"{name}-to-{to}", "link", 150 + 20 * n, to=to) for n, to in enumerate(ways)),
            hotspot(f"{name}-info", "info", 0, text=said(STORY)),
            hotspot(f"{name}-picture", "picture", -20, picture=_picture(), text=said(STORY)),
            question(f"{name}-q1", 20),
            question(f"{name}-q2", 40),
            person(f"{name}-person", 100),
            hotspot(
                f"{name}-cock",
                "treasure",
                120,
                text=said("Une girouette de cuivre."),
                radius=6,
                clue=said("Lève les yeux.", "Look up."),
                riddle=riddle,
            ),
        ],
    }


def main() -> None:
    """Import the bundle named on the command line into the site of the environment."""
    from app.core.config import read_settings
    from app.factory import create_app
    from tours.bundles.importing import import_bundle

    with create_app(read_settings()).app_context():
        import_bundle(Path(sys.argv[1]), publish=True)


if __name__ == "__main__":
    main()
