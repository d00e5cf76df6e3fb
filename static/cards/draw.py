"""Draw the pictures that pages cannot draw: each pin as PNG, and the card shown when a page of
the site is shared elsewhere.

Run `python static/cards/draw.py` after a pin or the landscape changed; the results are kept in
the repository, so that neither serving nor building needs a browser. Needs Playwright, Chromium.
"""

# ruff: noqa: INP001 - a script kept beside its results, not a package
import io
from pathlib import Path
from shutil import which

from jinja2 import Environment, FileSystemLoader
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
STATIC = HERE.parent
TEMPLATES = STATIC.parent / "app" / "templates"
PIN_WIDTH, PIN_HEIGHT = 660, 682
"""Pixels; a reward's card is drawn twice as large as it is sent."""
FACTORY = {"name": "", "accent": "#1B998B", "building": "tide", "lit": True}
CARD = """<!doctype html><style>
@font-face {{ font-family: B; src: url("file://{fonts}/bricolage.woff2") }}
@font-face {{ font-family: A; src: url("file://{fonts}/atkinson-400.woff2") }}
body {{ margin: 0 }} svg {{ position: absolute; inset: 0; width: 1200px; height: 630px }}
.win, .glow {{ fill: #ffd95e }} .lot__beams {{ display: none }}
h1, p {{ position: absolute; left: 60px; margin: 0; color: #fbf7ef }}
h1 {{ top: 44px; font: 92px/1 B }} p {{ top: 150px; font: 34px/1.2 A }}
</style>{scene}<h1>Déambule</h1><p>Des usines à explorer à 360°</p>"""


def main() -> None:
    """Write pins/*.png here and social.png in the art of the site."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium"), args=["--no-sandbox"]
        )
        (HERE / "pins").mkdir(exist_ok=True)
        for pin in sorted((STATIC / "art" / "pins").glob("*.svg")):
            draw_pin(browser, pin)
        draw_social(browser)
        browser.close()


def draw_pin(browser: Browser, pin: Path) -> None:
    """One pin on nothing."""
    page = browser.new_page(viewport={"width": PIN_WIDTH, "height": PIN_HEIGHT})
    sized = pin.read_text("utf-8").replace("<svg ", f'<svg width="{PIN_WIDTH}" ', 1)
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{sized}")
    save(page.screenshot(omit_background=True), HERE / "pins" / f"{pin.stem}.png")
    page.close()


def draw_social(browser: Browser) -> None:
    """The site's own card, 1200×630."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.globals["_"] = str
    art = environment.get_template("art/landscape.html").make_module()
    scene = art.scene(FACTORY, 1200, 540)  # type: ignore[attr-defined]  # a macro
    html = HERE / "social.html"
    html.write_text(CARD.format(fonts=STATIC / "fonts", scene=scene), "utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 630})
    page.goto(html.as_uri())
    page.evaluate("document.fonts.ready")
    save(page.screenshot(), STATIC / "art" / "social.png")
    html.unlink()


def save(png: bytes, path: Path) -> None:
    """Keep few colours: the drawings are flat."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    picture.quantize(96, Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    main()
