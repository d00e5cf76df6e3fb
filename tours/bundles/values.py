"""What the files of a bundle are made of: slugs, angles, and files with what must be said of them.

Angles are degrees. Yaw grows to the right from the picture's centre, pitch upwards from the
horizon.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from app.core.texts import Printable, Strict, Text, wanted

Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", min_length=1, max_length=60),
    Field(description="Small letters, digits and hyphens; it stays the same for ever."),
]
Yaw = Annotated[float, Field(ge=-180, le=180, description="Degrees, right of the centre.")]
Pitch = Annotated[float, Field(ge=-90, le=90, description="Degrees above the horizon.")]
Rome = Annotated[
    str,
    StringConstraints(pattern=r"^[A-N][0-9]{4}$"),
    Field(description="A job's ROME code, as in I1309."),
]
Line = Annotated[str, StringConstraints(max_length=200), Printable]

NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"


def _file(folder: str, endings: str) -> str:
    return rf"^{folder}/(?:{NAME}/)*{NAME}\.(?:{endings})$"


PanoramaFile = Annotated[
    str,
    StringConstraints(pattern=_file("panoramas", "jpe?g|png|webp|tiff?"), max_length=180),
]
PictureFile = Annotated[
    str, StringConstraints(pattern=_file("pictures", "jpe?g|png|webp|tiff?"), max_length=180)
]
FilmFile = Annotated[str, StringConstraints(pattern=_file("films", "mp4|webm"), max_length=180)]
CaptionsFile = Annotated[str, StringConstraints(pattern=_file("films", "vtt"), max_length=180)]
SoundFile = Annotated[str, StringConstraints(pattern=_file("sounds", "mp3|ogg"), max_length=180)]
DocumentFile = Annotated[str, StringConstraints(pattern=_file("documents", "pdf"), max_length=180)]

People = Literal["none", "agreed", "blurred"]


class Held(Strict):
    """Something that names files of the bundle."""

    media: ClassVar[str]
    """What media makes of them: panorama, picture, film, sound, document, captions."""

    def files(self) -> dict[str, str]:
        """Its keys that name a file, and the file."""
        return {"file": getattr(self, "file", "")}


class Shown(Held):
    """A picture or film: who is on it and who said that it may be shown."""

    file: str
    people: People | None = wanted(
        None, description="none: nobody to recognise; agreed: they said yes; blurred: made so."
    )
    approved_by: Line = wanted(description="Who said that it may be published, and when.")
    credit: Line = Field(default="", description="Author and licence, as they are to be named.")


class Picture(Shown):
    """A still picture."""

    media: ClassVar[str] = "picture"
    file: PictureFile
    alt: Text = wanted(Text, description="What it shows, for those who do not see it.")


class Panorama(Shown):
    """A 360° picture, equirectangular."""

    media: ClassVar[str] = "panorama"
    file: PanoramaFile
    alt: Text = wanted(Text, description="What it shows, for those who do not see it.")
    rendered: bool = Field(default=False, description="Made by a computer, and labelled so.")


class Film(Shown):
    """A film."""

    media: ClassVar[str] = "film"
    file: FilmFile


class Captions(Held):
    """What is said in a film, in WebVTT, by language."""

    media: ClassVar[str] = "captions"
    fr: CaptionsFile = wanted()
    en: CaptionsFile = wanted()

    def files(self) -> dict[str, str]:
        """One file for each language."""
        return {"fr": self.fr, "en": self.en}


class Sound(Held):
    """A sound."""

    media: ClassVar[str] = "sound"
    file: SoundFile
    credit: Line = ""


class Document(Held):
    """A PDF."""

    media: ClassVar[str] = "document"
    file: DocumentFile
    credit: Line = ""


class Direction(Strict):
    """Where one looks."""

    yaw: Yaw
    pitch: Pitch = 0


class View(Strict):
    """How a scene opens: where one looks, and how wide (degrees, horizontally)."""

    yaw: Yaw = 0
    pitch: Pitch = 0
    hfov: Annotated[float, Field(ge=30, le=120)] = 100


class Spot(Strict):
    """A place on the tour's plan: 0,0 is its top left corner, 1,1 its bottom right one."""

    x: Annotated[float, Field(ge=0, le=1)]
    y: Annotated[float, Field(ge=0, le=1)]
