"""Cells of a list that was pasted: whatever stands in one is read in one pass."""

import subprocess
import sys

import pytest

from app.classes.name_columns import looks_like_name

GENEROUS = 60
"""Seconds for what takes milliseconds, and took longer than the site will live."""


@pytest.mark.parametrize("cell", ["A" + "-" * 30 + "1", "A" + " ’(" * 20 + "_", "Zoé" + ",." * 30])
def test_no_cell_keeps_the_server_from_everybody_else(cell: str) -> None:
    """One expression that is tried cannot be interrupted: hence a process of its own."""
    line = f"from app.classes.name_columns import looks_like_name; looks_like_name({cell!r})"
    subprocess.run([sys.executable, "-c", line], check=True, timeout=GENEROUS)


@pytest.mark.parametrize(
    "name", ["Léa", "d’Almeida", "JEAN-PIERRE", "Martin, Léa", "Abd el-Kader (dit Ali)", "O`Neil-"]
)
def test_names_are_taken_for_names(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize("cell", ["", "-Léa", "4e B", "12/02/2012", "lea@example.org", "A_B"])
def test_other_cells_are_not(cell: str) -> None:
    assert not looks_like_name(cell)
