"""A small tour with everything in it, written as authors write it, and media to go with it."""

import math
from copy import deepcopy
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pikepdf
from ruamel.yaml import YAML

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\n{}\n"


def said(fr: str, en: str | None = None) -> dict[str, str]:
    """A text in both languages."""
    return {"fr": fr, "en": en or f"{fr} (in English)"}


def panorama(name: str) -> dict[str, Any]:
    """A panorama, approved."""
    return {
        "file": f"panoramas/{name}.jpg",
        "alt": said("Une grande salle claire"),
        "people": "none",
        "approved_by": "Direction du site, 12 mars 2026",
    }


def hotspot(slug: str, kind: str, yaw: float, **own: Any) -> dict[str, Any]:
    """A hotspot with its own keys."""
    return {"slug": slug, "kind": kind, "yaw": yaw, "pitch": 0, "title": said(slug)} | own


def question(slug: str, yaw: float) -> dict[str, Any]:
    """A question with four options, the second one right."""
    options: list[dict[str, Any]] = [{"text": said(f"Option {n}")} for n in range(4)]
    options[1]["right"] = True
    return hotspot(
        slug,
        "question",
        yaw,
        type="single",
        question=said("Laquelle ?"),
        options=options,
        explanation=said("Parce que."),
        in_words=said("Trois sont rouges, la deuxième est bleue."),
    )


def person(slug: str, yaw: float) -> dict[str, Any]:
    """Somebody who works there."""
    return hotspot(
        slug,
        "person",
        yaw,
        name="Maëlle",
        job=said("mécanicienne", "mechanic"),
        rome="I1310",
        path=said("Un bac professionnel, puis un BTS."),
        text=said("J’écoute les machines."),
    )


def factory_data() -> dict[str, Any]:
    """factory.yaml as data."""
    return {
        "slug": "mill",
        "name": "Moulin d’essai",
        "fictional": True,
        "sector": "food",
        "challenges": ["innovation", "inclusion"],
        "place": said("Brest, Bretagne"),
        "accent": "#1b998b",
        "building": "silo",
        "tagline": said("De la farine et du vent"),
        "text": said("Un moulin **qui n’existe pas**."),
    }


def hall() -> dict[str, Any]:
    """The scene in which one arrives."""
    return {
        "slug": "hall",
        "title": said("La halle", "The hall"),
        "text": said("Au fond, une **girouette** tourne.", "At the back a weathercock turns."),
        "panorama": panorama("hall"),
        "north": 90,
        "view": {"yaw": 10, "pitch": -2, "hfov": 90},
        "map": {"x": 0.2, "y": 0.4},
        "hotspots": [
            hotspot("to-attic", "link", 170, to="attic"),
            hotspot("meal", "info", 0, text=said("De la mouture.")),
            question("gauge", 20),
            question("belt", 40),
            question("bolt", 60),
            question("lamp", 80),
            person("maelle", 100),
            hotspot(
                "cock",
                "treasure",
                120,
                text=said("Une girouette de cuivre."),
                radius=6,
                clue=said("Lève les yeux.", "Look up."),
                riddle={
                    "question": said("Qui tourne avec le vent ?"),
                    "answers": {"fr": ["la girouette"], "en": ["weathercock"]},
                },
            ),
        ],
    }


def attic() -> dict[str, Any]:
    """The other scene, with everything that is a file."""
    picture = {
        "file": "pictures/stone.png",
        "alt": said("Une meule"),
        "people": "none",
        "approved_by": "Direction du site, 12 mars 2026",
    }
    film = {"file": "films/wheel.mp4", "people": "agreed", "approved_by": "Maëlle, 3 mai 2026"}
    return {
        "slug": "attic",
        "title": said("Le grenier", "The attic"),
        "text": said("Sous le toit."),
        "panorama": panorama("attic"),
        "hotspots": [
            hotspot("to-hall", "link", 0, to="hall", arrive={"yaw": 30, "pitch": 5}),
            hotspot("stone", "picture", 20, picture=picture, text=said("Une pierre ronde.")),
            hotspot(
                "wheel",
                "film",
                40,
                film=film,
                captions={"fr": "films/wheel.fr.vtt", "en": "films/wheel.en.vtt"},
                transcript=said("La roue tourne."),
            ),
            hotspot(
                "hum", "sound", 60, sound={"file": "sounds/hum.mp3"}, transcript=said("Un la.")
            ),
            hotspot(
                "plan", "document", 80, document={"file": "documents/plan.pdf"}, text=said("Vide.")
            ),
            person("ali", 100),
            hotspot(
                "weight",
                "question",
                120,
                type="number",
                question=said("Combien pèse la meule ?"),
                answer=1.5,
                tolerance=0.1,
                unit="t",
                explanation=said("Une tonne et demie."),
                in_words=said("L’étiquette dit 1 500 kg."),
            ),
            question("rope", 140),
        ],
    }


def mission() -> dict[str, Any]:
    """A mission with three trails that each see enough."""
    ways = ["machine", "people", "product"]
    return {
        "situation": said("Le vent tombe. La farine manque."),
        "clues": ["gauge", "belt", "bolt", "lamp", "weight"],
        "needed": 4,
        "decision": {
            "question": said("Que fais-tu ?"),
            "options": [
                {"slug": "wait", "text": said("Attendre"), "ending": "calm"},
                {"slug": "call", "text": said("Appeler"), "ending": "help"},
            ],
        },
        "endings": [
            {"slug": "calm", "title": said("Calme"), "text": said("Le vent revient."),
             "person": "maelle"},
            {"slug": "help", "title": said("Aide"), "text": said("On vient."), "person": "ali"},
        ],
        "trails": [
            {"slug": way, "title": said(way), "text": said("Par là."), "scenes": ["hall"]}
            for way in ways
        ],
        "finish": {"job": "ali", "tell": said("Un moulin écoute.")},
    }  # fmt: skip


def tour_data() -> dict[str, Any]:
    """tour.yaml as data."""
    return {
        "slug": "mill-tour",
        "title": said("Le moulin", "The mill"),
        "summary": said("Une petite visite."),
        "minutes": 15,
        "start": "hall",
        "scenes": [hall(), attic()],
        "mission": mission(),
        "rewards": [
            {"slug": "ear", "title": said("Oreille fine"), "text": said("Tu écoutes."),
             "icon": "eye", "needs": {"finds": ["hum", "wheel", "decision"], "count": 2}},
        ],
    }  # fmt: skip


def write_bundle(
    root: Path, tour: dict[str, Any] | None = None, factory: dict[str, Any] | None = None
) -> Path:
    """Write a bundle's folder; what is not given is the sample."""
    root.mkdir(parents=True, exist_ok=True)
    write_yaml(root / "factory.yaml", factory or factory_data())
    write_yaml(root / "tour.yaml", tour or tour_data())
    write_media(root)
    return root


def write_yaml(path: Path, data: Any) -> None:
    """Write data as YAML."""
    with path.open("w", encoding="utf-8") as file:
        yaml = YAML()
        yaml.width = 4096
        yaml.dump(deepcopy(data), file)


def write_media(root: Path) -> None:
    """Write every file that the sample names."""
    for seed, name in enumerate(("hall", "attic")):
        write_panorama(root / "panoramas" / f"{name}.jpg", seed)
    write_picture(root / "pictures" / "stone.png")
    write_film(root / "films" / "wheel.mp4")
    write_sound(root / "sounds" / "hum.mp3")
    write_document(root / "documents" / "plan.pdf")
    for language, text in (("fr", "La roue tourne."), ("en", "The wheel turns.")):
        (root / "films" / f"wheel.{language}.vtt").write_text(CAPTIONS.format(text), "utf-8")


def write_panorama(path: Path, seed: int = 0, width: int = 512) -> None:
    """A small equirectangular picture, another one for each seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = np.random.default_rng(seed).integers(0, 255, (8, 16, 3), dtype=np.uint8)
    cv2.imwrite(str(path), cv2.resize(cells, (width, width // 2)))


def write_picture(path: Path) -> None:
    """A small PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((80, 120, 3), 90, np.uint8))


def write_film(path: Path) -> None:
    """One second of film without sound."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for n in range(10):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), n * 20, np.uint8))
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def write_sound(path: Path) -> None:
    """One second of a hum."""
    path.parent.mkdir(parents=True, exist_ok=True)
    wave = [int(9000 * math.sin(n * 440 * 2 * math.pi / 44100)) for n in range(44100)]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mp3", rate=44100)
        samples = np.array([wave], np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16p", layout="mono")
        frame.sample_rate = 44100
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def write_document(path: Path) -> None:
    """One empty page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        pdf.save(path)
