"""What is proofread, and what is remarked about it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cms import markup
from cms.markup.characters import readable

LONGEST_EXCERPT = 160  # characters


@dataclass(frozen=True)
class Remark:
    """One thing in a text: to be mended before it is published, or worth a look."""

    verdict: str  # MEND or LOOK
    kind: str  # of which check it is
    what: str
    advice: str
    line: int | None = None  # of the Markdown, counted from 1; None where it is elsewhere
    excerpt: str = ""
    fixed: str | None = None  # the whole line, or the summary, as the fix would leave it; None: by hand only

    @property
    def fix(self) -> str:
        """By what `apply_fix` knows it."""
        return f"{self.line or 0}:{self.kind}"


@dataclass(frozen=True)
class Sheet:
    """A text to be proofread that is not saved: what `Entry` has under the same names."""

    title: str = ""
    summary: str = ""
    body: str = ""
    html: str = ""  # of ``body``, as `cms.markup.render` makes it
    url: str = "/"  # where it stands or will stand
    cover_id: int | None = None
    cover_alt: str = ""

    @classmethod
    def typed(cls, fields: dict[str, Any], **about) -> "Sheet":
        """The sheet of what was typed into a form."""
        texts = {name: str(fields.get(name) or "") for name in ("title", "summary", "body", "cover_alt")}
        return cls(**texts, html=markup.render(texts["body"]).html, **about)


class Page:
    """A sheet opened for reading: its lines, and remarks about them."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.body = readable(sheet.body)

    @cached_property
    def lines(self) -> list[str]:
        return self.body.split("\n")

    def excerpt(self, line: int, around: str = "") -> str:
        """What stands in ``line``; of a long one the part with ``around`` in it."""
        text = self.lines[line - 1].strip()
        begin = max(text.find(around) - LONGEST_EXCERPT // 3, 0) if len(text) > LONGEST_EXCERPT else 0
        part = text[begin : begin + LONGEST_EXCERPT]
        return ("…" if begin else "") + part + ("…" if begin + LONGEST_EXCERPT < len(text) else "")
