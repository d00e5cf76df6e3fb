"""The site of the player's tests, and lessons on it."""

from tests.e2e.classes.lesson import crowd, lesson, new_machine
from tests.e2e.player.conftest import machines, site

__all__ = ["crowd", "lesson", "machines", "new_machine", "site"]
