"""What authors read when a file is refused: one sentence per code, what is wrong and what to do.

Lazy, because there is no request when this module is read; outside of a request (command line,
worker) they come out in French.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

SENTENCES: dict[str, LazyString] = {
    "empty": _l("Le fichier est vide. Envoyez-le à nouveau."),
    "too-heavy": _l(
        "Le fichier pèse %(megabytes)d Mo, la limite est de %(limit)d Mo. "
        "Enregistrez-le plus compressé."
    ),
    "not-an-image": _l(
        "Ce fichier n’est pas une image lisible. Envoyez un JPEG, un PNG, un WebP ou un TIFF."
    ),
    "unknown-format": _l(
        "Le format %(format)s n’est pas accepté. Enregistrez l’image en JPEG, PNG, WebP ou TIFF."
    ),
    "truncated": _l("L’image est incomplète : la fin du fichier manque. Envoyez-la à nouveau."),
    "damaged": _l("L’image est abîmée et ne se lit pas en entier. Exportez-la à nouveau."),
    "too-large": _l(
        "L’image mesure %(width)d × %(height)d pixels, la limite est de "
        "%(max_width)d × %(max_height)d. Réduisez-la."
    ),
    "too-small": _l(
        "L’image mesure %(width)d × %(height)d pixels, c’est trop petit. "
        "Il faut au moins %(min_width)d × %(min_height)d."
    ),
    "animated": _l("L’image est animée ou a plusieurs pages. Gardez une seule image fixe."),
    "polyglot": _l(
        "Le fichier contient autre chose qu’une image (%(what)s). Exportez l’image à nouveau."
    ),
    "depth": _l(
        "Les pixels de cette image sont des nombres décimaux (HDR). "
        "Exportez-la en 8 ou 16 bits par couleur."
    ),
    "ratio": _l(
        "Une photo à 360° est deux fois plus large que haute ; celle-ci mesure "
        "%(width)d × %(height)d. Exportez le panorama entier, ou gardez ses données GPano."
    ),
    "xmp-entities": _l(
        "Les données XMP de l’image déclarent des entités, ce qui est interdit. "
        "Exportez l’image sans elles."
    ),
    "xmp-broken": _l("Les données XMP de l’image ne se lisent pas. Exportez l’image à nouveau."),
    "gpano-projection": _l(
        "La projection GPano est « %(projection)s » ; seule « equirectangular » est acceptée."
    ),
    "gpano-values": _l(
        "Les données GPano de l’image se contredisent (%(what)s). Corrigez-les ou retirez-les."
    ),
    "film-unreadable": _l(
        "Ce film ne se lit pas. Envoyez un MP4 (H.264 et AAC) ou un WebM (VP9 et Opus)."
    ),
    "film-codec": _l(
        "Le codec %(codec)s n’est pas lu par tous les navigateurs. "
        "Exportez le film en H.264 et AAC, ou en WebM."
    ),
    "film-truncated": _l("Le film est incomplet : la fin manque. Envoyez-le à nouveau."),
    "film-too-long": _l("Le film dure %(minutes)d minutes, la limite est de %(limit)d."),
    "film-too-large": _l(
        "Le film mesure %(width)d × %(height)d pixels, la limite est de 3840 × 2160."
    ),
    "sound-unreadable": _l("Ce son ne se lit pas. Envoyez un MP3 ou un Ogg (Vorbis ou Opus)."),
    "sound-codec": _l(
        "Le codec %(codec)s n’est pas accepté pour un son. Exportez-le en MP3 ou en Ogg."
    ),
    "sound-truncated": _l("Le son est incomplet : la fin manque. Envoyez-le à nouveau."),
    "sound-too-long": _l("Le son dure %(minutes)d minutes, la limite est de %(limit)d."),
    "document-unreadable": _l("Ce document n’est pas un PDF lisible. Exportez-le à nouveau."),
    "document-locked": _l("Ce PDF est protégé par un mot de passe. Enregistrez-le sans."),
    "document-too-long": _l("Ce PDF a %(pages)d pages, la limite est de %(limit)d."),
    "polyglot-document": _l(
        "Ce PDF commence ou finit par autre chose qu’un PDF. Exportez-le à nouveau."
    ),
    "unknown-kind": _l("« %(kind)s » n’est pas une sorte de fichier connue."),
}
