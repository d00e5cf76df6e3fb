"""Write the lockout sheet, one page of A4: python document.py"""

from ink import BUNDLE, INK, PAPER, TEAL, VERMILION, YELLOW, letters
from PIL import Image, ImageDraw

STEPS = (
    ("PRÉVENIR", "la salle de commande : qui, quoi, jusqu’à quand."),
    ("SÉPARER", "ouvrir le disjoncteur, fermer la vanne du tunnel."),
    ("CONDAMNER", "poser son cadenas, garder sa clé dans sa poche."),
    ("PURGER", "vider l’huile sous pression, laisser l’eau s’écouler."),
    ("VÉRIFIER", "essayer de démarrer. Rien ne doit bouger."),
)


def page() -> Image.Image:
    """A4 at 150 dots an inch."""
    drawn = Image.new("RGB", (1240, 1754), PAPER)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 0, 1240, 250), INK)
    pen.text((90, 92), "CONSIGNER LE GROUPE 3", YELLOW, letters(74), anchor="lm")
    pen.text(
        (90, 178),
        "Marémotrice de l’Aber-Meur (usine inventée) · fiche 12",
        PAPER,
        letters(34),
        anchor="lm",
    )
    for i, (word, rest) in enumerate(STEPS):
        y = 380 + 205 * i
        pen.ellipse((90, y - 55, 200, y + 55), VERMILION)
        pen.text((145, y), str(i + 1), PAPER, letters(64), anchor="mm")
        pen.text((250, y - 28), word, INK, letters(52), anchor="lm")
        pen.text((250, y + 34), rest, INK, letters(38), anchor="lm")
    pen.rounded_rectangle((90, 1420, 1150, 1600), 24, TEAL)
    pen.text((620, 1475), "Un cadenas par personne.", PAPER, letters(48), anchor="mm")
    pen.text((620, 1545), "Chacun n’enlève que le sien.", PAPER, letters(48), anchor="mm")
    pen.text(
        (620, 1680),
        "Document inventé pour la démonstration Déambule · CC BY 4.0",
        INK,
        letters(26),
        anchor="mm",
    )
    return drawn


if __name__ == "__main__":
    (BUNDLE / "documents").mkdir(parents=True, exist_ok=True)
    page().save(BUNDLE / "documents" / "lockout.pdf", resolution=150, quality=80)
