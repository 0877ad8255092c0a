"""Putting code out of reach while a text is translated: fences, indented blocks and code in a line.

Each piece is replaced by a token between two NUL characters, which no text that was read can hold.
"""

import re
from bisect import bisect_left

from markdown_it import MarkdownIt

TOKEN = re.compile("\0(\\d+)\0")
FENCE = re.compile(
    r"^(?P<indent>[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*)(?P<mark>`{3,}(?!.*`)|~{3,})(?P<info>.*)$"
)
HIGHLIGHT = re.compile(
    r"^(?P<indent>[ \t>]*)\{(?:%-?|\{[<%])[ \t]*highlight\b"
    r"(?P<args>.*?)[ \t]*(?:-?%|[>%]\})\}(?P<rest>.*)$"
)
END_HIGHLIGHT = re.compile(r"\{%-?[ \t]*endhighlight[ \t]*-?%\}|\{\{[<%][ \t]*/[ \t]*highlight[ \t]*[>%]\}\}")
BLOCKS = MarkdownIt("commonmark").disable("inline")


class Verbatim:
    """The pieces taken out of one text."""

    def __init__(self):
        self.pieces: list[str] = []

    def keep(self, piece: str) -> str:
        """Take ``piece`` out; what stands for it."""
        self.pieces.append(piece)
        return f"\0{len(self.pieces) - 1}\0"

    def restore(self, text: str) -> str:
        """``text`` with every piece back in its place, also those inside pieces."""
        while "\0" in text:
            text = TOKEN.sub(lambda found: self.pieces[int(found[1])], text)
        return text

    def hide_code(self, text: str, *, highlights: bool = False) -> str:
        """``text`` without its code; with ``highlights``, highlight tags have become fences first."""
        text = self.hide_fences(text, highlights)
        text = self.hide_indented(text)
        return self.hide_inline(text)

    def hide_fences(self, text: str, highlights: bool) -> str:
        lines, kept, at = text.split("\n"), [], 0
        ends = [n for n, line in enumerate(lines) if END_HIGHLIGHT.search(line)] if highlights else []
        while at < len(lines):
            fence = FENCE.match(lines[at])
            highlight = HIGHLIGHT.match(lines[at]) if highlights and not fence else None
            if fence:
                end = fence_end(lines, at, fence)
                kept.append(self.keep_block(fence["indent"], "\n".join(lines[at:end])))
            elif highlight and (end := highlight_end(ends, at)):
                kept.append(self.keep_block(highlight["indent"], as_fence(highlight, lines[at:end])))
            else:
                end = at + 1
                kept.append(lines[at])
            at = end
        return "\n".join(kept)

    def keep_block(self, indent: str, block: str) -> str:
        return indent + self.keep(block[len(indent) :])

    def hide_indented(self, text: str) -> str:
        if "    " not in text and "\t" not in text:
            return text
        lines = text.split("\n")
        for token in BLOCKS.parse(text):
            if token.type == "code_block":
                start, end = token.map
                lines[start] = self.keep_block(
                    re.match(r"[ \t]*", lines[start])[0], "\n".join(lines[start:end])
                )
                lines[start + 1 : end] = [None] * (end - start - 1)
        return "\n".join(line for line in lines if line is not None)

    def hide_inline(self, text: str) -> str:
        return "".join(
            part if part.isspace() else self.hide_spans(part)
            for part in re.split(r"(\n[ \t]*\n\s*)", text)
            if part
        )

    def hide_spans(self, paragraph: str) -> str:
        """Hide what stands between two runs of the same number of backticks, as CommonMark pairs them."""
        runs = [found.span() for found in re.finditer(r"`+", paragraph)]
        closing = next_of_same_length(runs)
        parts, done, at = [], 0, 0
        while at < len(runs):
            end = closing[at]
            if end is not None:
                parts += [paragraph[done : runs[at][0]], self.keep(paragraph[runs[at][0] : runs[end][1]])]
                done = runs[end][1]
            at = end + 1 if end is not None else at + 1
        return "".join(parts) + paragraph[done:]


def next_of_same_length(runs: list[tuple[int, int]]) -> list[int | None]:
    """For each run, the index of the next one of its length, in one pass from the end."""
    following: dict[int, int] = {}
    result: list[int | None] = [None] * len(runs)
    for at in range(len(runs) - 1, -1, -1):
        length = runs[at][1] - runs[at][0]
        result[at] = following.get(length)
        following[length] = at
    return result


def fence_end(lines: list[str], start: int, fence: re.Match) -> int:
    """The line after the fence that opens at ``start``; an open one reaches to the end of the text."""
    mark = fence["mark"]
    closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    return next((n + 1 for n in range(start + 1, len(lines)) if closing.match(lines[n])), len(lines))


def highlight_end(ends: list[int], start: int) -> int | None:
    """The line after the first of ``ends`` that is not above ``start``."""
    at = bisect_left(ends, start)
    return ends[at] + 1 if at < len(ends) else None


def as_fence(highlight: re.Match, lines: list[str]) -> str:
    """The fence that says what a highlight tag said: its language and, untouched, its code."""
    indent = highlight["indent"]
    words = re.findall(r"[\w+#.-]+", highlight["args"])
    block = "\n".join([highlight["rest"], *lines[1:]]) if len(lines) > 1 else highlight["rest"]
    code = END_HIGHLIGHT.split(block, maxsplit=1)
    body = code[0].strip("\n").rstrip()
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    mark = "`" * max(3, longest + 1)
    after = [indent + code[1].strip()] if code[1].strip() else []
    return "\n".join([f"{indent}{mark}{words[0] if words else ''}", body, f"{indent}{mark}", *after])
