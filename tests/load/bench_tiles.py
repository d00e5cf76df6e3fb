"""Cutting panoramas: wall time, CPU, memory and quality beside Pannellum's own generator.

``generate.py`` comes with the npm package of Pannellum and needs nona (Debian: hugin-tools);
without it our own figures are printed and only the memory has a bar.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import simplejpeg

from media.cutting import plan_pyramid
from media.projection import Extent
from tests.load.harness import QUICK, Bench, median, say
from tests.load.sphere import draw_sphere, signal_to_noise

ROOT: Final = Path(__file__).parents[2]
GENERATE: Final = ROOT / "node_modules/pannellum/utils/multires/generate.py"
WIDTHS: Final = {2048: 1, 4096: 1} if QUICK else {8192: 5, 16384: 2}
"""Width of the picture, and how many rounds."""
PEAK: Final = """
import re, resource
own = int(re.search(r"VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
(out / "peak").write_text(str(max(own, children)))
"""
"""The peak in kB. What wait4 tells includes the memory of the process that forked."""
OURS: Final = (
    """
import sys
from pathlib import Path
from media.panoramas import cut_panorama
out = Path(sys.argv[2])
def write(name, data):
    path = out / name
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
cut_panorama(Path(sys.argv[1]), write)
"""
    + PEAK
)
THEIRS: Final = (
    """
import runpy, sys
from PIL import Image
Image.ANTIALIAS = Image.Resampling.LANCZOS  # the name that the script still uses
from pathlib import Path
out = Path(sys.argv[2])
sys.argv = [sys.argv[3], "-q", "80", "-o", sys.argv[2], sys.argv[1]]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
    + PEAK
)


@dataclass
class Runs:
    """What each round took: seconds, CPU seconds, megabytes."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


def main() -> int:
    """Measure both sizes and print the rows."""
    bench = Bench("tiles")
    has_nona = shutil.which("nona") is not None and GENERATE.exists()
    if not has_nona:
        say("nona or generate.py is missing (hugin-tools, npm ci): no reference, no bars for time")
    with TemporaryDirectory() as folder:
        for width, rounds in WIDTHS.items():
            _measure_width(bench, Path(folder), width, rounds, has_nona)
    return bench.finish()


def _measure_width(bench: Bench, folder: Path, width: int, rounds: int, has_nona: bool) -> None:
    source = folder / f"{width}.jpg"
    draw_sphere(source, width)
    ways: dict[str, str] = {"ours": OURS} | ({"theirs": THEIRS} if has_nona else {})
    runs = {name: Runs() for name in ways}
    for _ in range(rounds):
        for name, program in ways.items():
            shutil.rmtree(folder / name, ignore_errors=True)
            _run(program, source, folder / name, runs[name])
            say(
                f"{width}: {name} {runs[name].wall[-1]:.2f} s, CPU {runs[name].cpu[-1]:.2f} s, "
                f"{runs[name].peak[-1]:.0f} MB"
            )
    noise = _compare(source, width, folder, list(ways))
    label = f"{width}×{width // 2}"
    _tell_ours(bench, label, runs["ours"], noise["ours"], width)
    if has_nona:
        _tell_against(bench, label, runs["ours"], runs["theirs"], noise)


def _run(program: str, source: Path, out: Path, runs: Runs) -> None:
    """One process, its children counted; the interpreter's start is part of it."""
    command = [sys.executable, "-W", "ignore", "-c", program, str(source), str(out), str(GENERATE)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[4][:60]} … ended with {process.returncode}")
    runs.wall.append(time.perf_counter() - began)
    runs.cpu.append(usage.ru_utime + usage.ru_stime)
    runs.peak.append(int((out / "peak").read_text()) / 1024)


def _compare(source: Path, width: int, folder: Path, names: list[str]) -> dict[str, float]:
    pixels = simplejpeg.decode_jpeg(source.read_bytes())
    pyramid = plan_pyramid(Extent(width, width // 2))
    return {
        name: signal_to_noise(pixels, folder / name, pyramid.levels, pyramid.cube) for name in names
    }


def _tell_ours(bench: Bench, label: str, ours: Runs, noise: float, width: int) -> None:
    bench.tell(f"{label} wall", median(ours.wall), "s")
    bench.tell(f"{label} CPU", median(ours.cpu), "s")
    bench.tell(f"{label} PSNR", noise, "dB")
    if width == max(WIDTHS):
        bench.at_most(f"{label} peak memory", max(ours.peak), "MB", limit=1000, full_only=True)
    else:
        bench.tell(f"{label} peak memory", max(ours.peak), "MB")


def _tell_against(
    bench: Bench, label: str, ours: Runs, theirs: Runs, noise: dict[str, float]
) -> None:
    wall = median(theirs.wall) / median(ours.wall)
    cpu = median(theirs.cpu) / median(ours.cpu)
    bench.at_least(
        f"{label} less wall time",
        wall,
        "×",
        limit=10,
        reference=median(theirs.wall),
        full_only=True,
    )
    bench.at_least(
        f"{label} less CPU", cpu, "×", limit=9, reference=median(theirs.cpu), full_only=True
    )
    bench.at_least(
        f"{label} PSNR beside generate.py",
        noise["ours"] - noise["theirs"],
        "dB",
        limit=-0.05,
        reference=noise["theirs"],
        full_only=True,
    )


if __name__ == "__main__":
    sys.exit(main())
