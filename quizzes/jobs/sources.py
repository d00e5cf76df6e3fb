"""Reading the published tables that jobs.json is made from. Not loaded at serve time.

Formats: Stata's .dta 115 (https://www.stata.com/help.cgi?dta_115), Office Open XML, JSON, CSV.
"""

import csv
import json
import re
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from quizzes.profiler.areas import AREAS, Area

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STATA_TYPES = {251: "b", 252: "h", 253: "i", 254: "f", 255: "d"}
HEADER = 109
"""Bytes before the types of a .dta 115."""
Several = Mapping[str, list[str]]


def read_stata(path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of a .dta 115 in little endian whose columns are numbers."""
    data = path.read_bytes()
    if data[:2] != b"\x73\x02":
        raise ValueError(f"{path} is no .dta 115 in little endian")
    columns, rows = struct.unpack_from("<HI", data, 4)
    row = struct.Struct("<" + "".join(STATA_TYPES[code] for code in data[HEADER:][:columns]))
    start = HEADER + columns * (1 + 33 + 49 + 33 + 81) + 2 * (columns + 1)
    start = _after_extras(data, start)
    for number in range(rows):
        yield row.unpack_from(data, start + number * row.size)


def _after_extras(data: bytes, start: int) -> int:
    kind, length = struct.unpack_from("<BI", data, start)
    while kind or length:
        start += 5 + length
        kind, length = struct.unpack_from("<BI", data, start)
    return start + 5


def read_sheet(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet of an .xlsx, empty cells left out."""
    with ZipFile(path) as book:
        shared = fromstring(book.read("xl/sharedStrings.xml"))
        words = ["".join(t.text or "" for t in one.iter(f"{SHEET}t")) for one in shared]
        sheet = fromstring(book.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iter(f"{SHEET}row"):
        cells = ((cell.get("t"), cell.findtext(f"{SHEET}v")) for cell in row)
        yield [words[int(v)] if kind == "s" else v for kind, v in cells if v is not None]


def soc_by_isco(folder: Path) -> Several:
    """SOC 2010 codes by ISCO-08 code (IBS Warsaw, doi:10.1111/ecot.12145)."""
    found = defaultdict(list)
    for soc, isco in read_stata(folder / "rome" / "soc10_isco08.dta"):
        found[f"{isco:04}"].append(f"{soc // 10000}-{soc % 10000:04}")
    return {isco: sorted(codes) for isco, codes in found.items()}


def onet_by_soc(folder: Path) -> Several:
    """O*NET-SOC 2019 codes by SOC 2010 code, through O*NET-SOC 2010."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_sheet(folder / "rome" / "2010_to_2019_Crosswalk.xlsx"):
        if len(row) == 4 and re.match(r"\d\d-\d{4}\.\d\d", row[0]):
            found[row[0][:7]].add(row[2])
    return {soc: sorted(codes) for soc, codes in found.items()}


def interests(folder: Path) -> dict[str, dict[Area, float]]:
    """The six scores, from 1 to 7, of every O*NET occupation."""
    found: dict[str, dict[Area, float]] = defaultdict(dict)
    letters: dict[str, Area] = {area: area for area in AREAS}
    for row in _table(folder / "interests" / "Interests.txt", "\t"):
        if row["Scale ID"] == "OI":
            area = letters[row["Element Name"][0]]
            found[row["O*NET-SOC Code"]][area] = float(row["Data Value"])
    return dict(found)


def high_points(folder: Path) -> dict[str, list[int]]:
    """The published first, second and third area of every occupation, from 1 (R) to 6; 0: none."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    places = {"First": 0, "Second": 1, "Third": 2}
    for row in _table(folder / "interests" / "Interests.txt", "\t"):
        if row["Scale ID"] == "IH":
            place = places[row["Element Name"].split()[0]]
            found[row["O*NET-SOC Code"]][place] = int(float(row["Data Value"]))
    return dict(found)


def rome_4(folder: Path) -> dict[str, dict[str, str]]:
    """ROME 4.60 by code: label, flag and parent."""
    path = folder / "rome" / "unix_referentiel_code_rome_v460_utf8.csv"
    return {row["code_rome"]: row for row in _table(path, ",")}


def rome_3(folder: Path) -> dict[str, dict[str, Any]]:
    """The 532 older codes with their official letters and ISCO-08 code."""
    path = folder / "rome" / "romes_pole_emploi_api_riasec_isco.json"
    return {row["code"]: row for row in json.loads(path.read_text("utf-8"))}


def _table(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)
