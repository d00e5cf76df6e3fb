"""Where each role begins: the rooms above say it when the house is composed."""

HOMES: dict[str, str] = {}
"""A path for each role that has a place of its own."""
OWN_PAGE = "/account"


def home_of(role: str) -> str:
    """The page to which login leads."""
    return HOMES.get(role, OWN_PAGE)
