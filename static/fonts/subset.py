"""Make the page's fonts: French and English letters only, weights that the pages use.

Run `python static/fonts/subset.py` after `npm ci` when a font's version moves; the results are
kept in the repository, so that building the pages needs no Python. Needs fonttools and brotli.
Bricolage Grotesque and Atkinson Hyperlegible are under the SIL Open Font License 1.1 (OFL-*.txt).
"""

# ruff: noqa: INP001 - a script kept beside its results, not a package
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
PACKAGES = HERE.parent.parent / "node_modules"
ATKINSON = "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-{}-normal.woff2"
BRICOLAGE = (
    "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-opsz-normal.woff2"
)
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + (
    "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿñÑáíóú«»‘’“”–—…·•€°²³×÷±½¼%\u00a0\u2009"
)
NARROW_NO_BREAK_SPACE = 0x202F


def main() -> None:
    """Write the three files and print their sizes in bytes."""
    headings = TTFont(PACKAGES / BRICOLAGE)
    instantiateVariableFont(headings, {"wght": 800, "opsz": 48}, inplace=True)
    cut(headings, "bricolage.woff2")
    for weight in (400, 700):
        cut(TTFont(PACKAGES / ATKINSON.format(weight)), f"atkinson-{weight}.woff2")


def cut(font: TTFont, name: str) -> None:
    """Keep `LETTERS` of `font`, unhinted, and write it as WOFF2."""
    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["kern", "mark", "ccmp", "locl", "tnum", "liga"]
    add_narrow_space(font)
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS + chr(NARROW_NO_BREAK_SPACE))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(HERE / name)
    sys.stdout.write(f"{name}: {(HERE / name).stat().st_size} bytes\n")


def add_narrow_space(font: TTFont) -> None:
    """Give the font U+202F, which French needs before ; ! ? and neither font has."""
    thin = font.getBestCmap().get(0x2009) or font.getBestCmap()[0x20]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_NO_BREAK_SPACE] = thin


if __name__ == "__main__":
    main()
