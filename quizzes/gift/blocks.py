"""A GIFT text cut into blocks: comments apart, one question each, every line with its number."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

BRACES = re.compile(r"\\[\\~=#{}:n]|[{}]")
"""An escaped sign, or a brace that counts."""
_COMMENT = re.compile(r"[ \t]*//")
_NOTE = re.compile(r"\[(id|tag):((?:\\.|[^\\\[\]])*)\]")
_ESCAPED = re.compile(r"\\(.)")


@dataclass
class Block:
    """The lines of one question, and the id and tags of the comments above and in it."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    id: str | None = None
    tags: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The lines, comments left out."""
        return "\n".join(self.lines)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(line) + 1 for line in self.lines))

    def line_at(self, offset: int) -> int:
        """The number, in the whole file, of the line of a place in `text`."""
        index = bisect_right(self._ends, offset)
        return self.numbers[min(index, len(self.numbers) - 1)]

    def without_first_line(self) -> "Block":
        """What follows the first line."""
        return Block(self.lines[1:], self.numbers[1:], self.id, self.tags)

    def note(self, comment: str) -> None:
        """Take the id and the tags that a comment names."""
        for name, value in _NOTE.findall(comment):
            plain = _ESCAPED.sub(r"\1", value).strip()
            if name == "id":
                self.id = plain
            else:
                self.tags.append(plain)


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a file: a blank line ends one, unless its braces are still to be closed."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = [_last_brace(line) for line in lines]
    following = _following_braces(lines)
    block, is_open = Block(), False
    for index, line in enumerate(lines):
        if _COMMENT.match(line):
            block.note(line)
        elif line.strip() or (is_open and following[index] == "}"):
            block.lines.append(line)
            block.numbers.append(index + 1)
            is_open = last[index] == "{" if last[index] else is_open
        elif block.lines:
            yield block
            block, is_open = Block(), False
    if block.lines:
        yield block


def _braces(line: str) -> list[str]:
    if _COMMENT.match(line):
        return []
    return [found for found in BRACES.findall(line) if len(found) == 1]


def _last_brace(line: str) -> str:
    return "".join(_braces(line)[-1:])


def _following_braces(lines: list[str]) -> list[str]:
    """For each line the first brace in those after it, if any."""
    following, brace = [""] * len(lines), ""
    for index in range(len(lines) - 1, -1, -1):
        following[index] = brace
        brace = "".join(_braces(lines[index])[:1]) or brace
    return following
