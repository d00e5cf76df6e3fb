"""The house keeps its own rules: floors, names, sizes and locks."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("app", "media", "quizzes", "tours")

TOP = {
    *(".ci", ".gitignore", ".npmrc", "CHANGELOG.md", "LICENSE", "Makefile", "README.md"),
    *("app", "demo", "docs", "media", "quizzes", "static", "tests", "tours"),
    *("package-lock.json", "package.json", "pyproject.toml", "tsconfig.json"),
    *("requirements.txt", "requirements-test.txt"),
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
LONGEST = 60
"""Lines of the longest function; its docstring counts."""

MACHINE = re.compile(rb"/(?:work|root|home/[a-z]+|tmp/brief)/")
TEXTS = {".css", ".html", ".js", ".json", ".md", ".mjs", ".po", ".py", ".svg", ".toml", ".txt",
         ".yaml", ".yml", ""}  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the project, as git knows them."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("git does not know this folder: no list of the project's own files")
    paths = (ROOT / name for name in done.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def modules(*packages: str) -> Iterator[Path]:
    """Python files of these top folders, the steps of migrations apart."""
    for path in tracked():
        parts = path.relative_to(ROOT).parts
        if path.suffix == ".py" and parts[0] in packages and "versions" not in parts:
            yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones and methods too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, without its decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_imports_go_down_only() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_top_holds_seven_rooms_and_what_tools_want_there() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert found <= TOP, f"not at the top: {sorted(found - TOP)}"


def test_a_package_that_only_holds_rooms_is_a_docstring() -> None:
    for name in PACKAGES:
        body = ast.parse((ROOT / name / "__init__.py").read_text()).body
        assert len(body) == 1, f"{name}/__init__.py"
        assert isinstance(body[0], ast.Expr), f"{name}/__init__.py"


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [path for path in modules(*PACKAGES, "tests", "demo") if path.stem in EMPTY_NAMES]
    assert named == []


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {length(function)} lines"
        for path in modules(*PACKAGES, "tests")
        for function in functions(path)
        if length(function) > LONGEST
    ]
    assert long == []


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(
        length(function) for path in modules(*PACKAGES) for function in functions(path)
    )
    median, ninth = lengths[len(lengths) // 2], lengths[len(lengths) * 9 // 10]
    assert median <= 10, f"median {median} lines"
    assert ninth <= 28, f"nine in ten within {ninth} lines"


def says_what_it_is_for(path: Path) -> bool:
    """Whether a module has a docstring; one that must patch first assigns it below."""
    body = ast.parse(path.read_text())
    return bool(not body.body or ast.get_docstring(body) or "\n__doc__ = " in ast.unparse(body))


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules(*PACKAGES, "tests", "demo")
        if not says_what_it_is_for(path)
    ]
    assert silent == []


def test_the_serving_process_patches_before_it_does_anything_else() -> None:
    first = ast.parse((ROOT / "app/serve.py").read_text()).body[:2]
    assert ast.unparse(first[0]) == "from gevent import monkey"
    assert ast.unparse(first[1]) == "monkey.patch_all()"


def test_imports_are_hidden_in_no_function_but_where_the_house_is_composed() -> None:
    allowed = {f"app/{name}.py" for name in ("cli", "demo", "doctor", "factory", "serve", "worker")}
    hidden = [
        f"{name}:{node.lineno}"
        for path in modules(*PACKAGES)
        if (name := str(path.relative_to(ROOT))) not in allowed
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_lock_files_hold_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text, name
        assert text.count("==") <= text.count("--hash=sha256:"), name
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_the_run_lock_is_part_of_the_test_lock() -> None:
    run, test = (
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-test.txt")
    )
    assert run <= test


def test_no_file_knows_a_path_of_the_machine_it_was_written_on() -> None:
    told = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in TEXTS and path != Path(__file__) and MACHINE.search(path.read_bytes())
    ]
    assert told == []


def test_pages_hold_no_inline_script_and_no_inline_style() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|<style\b|"
                        r"\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)  # fmt: skip
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in tracked()
        if path.suffix == ".html" and path.relative_to(ROOT).parts[0] in PACKAGES
        for match in inline.finditer(path.read_text())
    ]
    assert found == []
