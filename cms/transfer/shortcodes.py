"""Expanding the tags that site generators allow in Markdown: found, paired, replaced inside out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

DEEPEST = 20
KINDS = {
    "info": "note", "notice": "note", "important": "warning", "danger": "warning", "caution": "warning",
    "error": "warning", "alert": "warning", "attention": "warning", "hint": "tip", "success": "tip",
    "check": "tip", "cite": "quote", "blockquote": "quote", "tip": "tip", "note": "note",
    "warning": "warning", "example": "example", "quote": "quote",
}  # fmt: skip
ARGUMENT = re.compile(
    r"""(?:([\w.-]+)[ \t]*=[ \t]*)?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`|([^\s,"']+))"""
)
VIDEO = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
}


@dataclass(frozen=True)
class Tag:
    """One tag in a text: ``text[start:end]``; ``closing`` marks the end of a pair."""

    name: str
    args: str
    start: int
    end: int
    closing: bool = False


@dataclass
class Call:
    """A tag with its arguments: ``words`` by position and ``named`` by name."""

    name: str
    words: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    def get(self, *names: str, position: int | None = None) -> str:
        """The first named argument there is, else the one at ``position``, else nothing."""
        for name in names:
            if self.named.get(name):
                return self.named[name]
        return self.words[position] if position is not None and position < len(self.words) else ""


Render = Callable[[Call, str | None], str]


def arguments(name: str, args: str) -> Call:
    """The call that ``args`` spell: ``"word" word name="value" name: value``."""
    call = Call(name)
    for key, double, single, ticked, bare in ARGUMENT.findall(args):
        value = re.sub(r"\\(.)", r"\1", double or single) or ticked or bare
        if key:
            call.named[key.lower()] = value
        else:
            call.words.append(value)
    return call


@dataclass
class Frame:
    """An opened tag that may turn out to have an end, and what has been put out since."""

    tag: Tag | None
    parts: list[str]


def expand(text: str, tags: Iterator[Tag], render: Render, restore: Callable[[str], str]) -> str:
    """``text`` with every tag replaced by what ``render`` makes of it and of the text up to its end."""
    frames, done = [Frame(None, [])], 0
    for tag in tags:
        frames[-1].parts.append(text[done : tag.start])
        done = tag.end
        if not tag.closing:
            frames.append(Frame(tag, []))
        elif any(frame.tag and frame.tag.name == tag.name for frame in frames[-DEEPEST:]):
            close(frames, tag.name, render, restore)
        if len(frames) > DEEPEST:
            lay_flat(frames, 1, render, restore)
    frames[-1].parts.append(text[done:])
    while len(frames) > 1:
        lay_flat(frames, len(frames) - 1, render, restore)
    return "".join(frames[0].parts)


def close(frames: list[Frame], name: str, render: Render, restore: Callable[[str], str]) -> None:
    """End the innermost pair called ``name``; what was opened since has no end."""
    while frames[-1].tag.name != name:
        lay_flat(frames, len(frames) - 1, render, restore)
    frame = frames.pop()
    frames[-1].parts.append(render(arguments(name, restore(frame.tag.args)), "".join(frame.parts)))


def lay_flat(frames: list[Frame], at: int, render: Render, restore: Callable[[str], str]) -> None:
    """Take the tag of frame ``at`` as one without an end."""
    frame = frames.pop(at)
    frames[at - 1].parts += [render(arguments(frame.tag.name, restore(frame.tag.args)), None), *frame.parts]


# What the generators have in common


def callout(kind: str, title: str, inner: str, footer: str = "") -> str:
    """Our callout; one around others gets a longer fence than theirs."""
    text = inner.strip("\n")
    text = f"{text}\n\n— {footer}" if footer else text
    inside = max((len(run) for run in re.findall(r"^\s*(:{3,})", text, re.MULTILINE)), default=2)
    fence = ":" * (inside + 1)
    return f"\n\n{fence} {kind} {one_line(title)}".rstrip() + f"\n{text}\n{fence}\n\n"


def figure(call: Call) -> str:
    """A picture in a paragraph of its own, its caption as the title."""
    source = call.get("src", "image_path", "url", "image", "path", position=0)
    if not source:
        return ""
    caption = one_line(call.get("caption", "title"))
    alt = re.sub(r"([\[\]])", r"\\\1", one_line(call.get("alt") or caption))
    title = ' "{}"'.format(re.sub(r'(["\\])', r"\\\1", caption)) if caption else ""
    picture = f"![{alt}]({target(source)}{title})"
    link = call.get("link", "href")
    return f"\n\n[{picture}]({target(link)})\n\n" if link else f"\n\n{picture}\n\n"


def elsewhere(call: Call) -> str:
    """A link in place of something that another site would show inside the page."""
    name = call.get("id", position=0) or call.get("user")
    if call.name == "gist" and len(call.words) > 1:
        name = f"{call.words[0]}/{call.words[1]}"
    address = name if name.startswith("http") else VIDEO[call.name].format(name)
    return link(call.get("title") or address, address) if name else ""


def details(call: Call, inner: str) -> str:
    summary = one_line(call.get("summary", "title", position=0)) or "…"
    head = f"<details>\n<summary>{summary.replace('<', '&lt;')}</summary>"
    return f"\n\n{head}\n\n{inner.strip()}\n\n</details>\n\n"


def link(text: str, address: str) -> str:
    return f"[{one_line(text)}]({target(address)})"


def target(address: str) -> str:
    """``address`` as the target of a Markdown link."""
    address = "".join(address.split("\n")).strip()
    return f"<{address}>" if re.search(r"[\s()<>]", address) else address


def one_line(text: str) -> str:
    return " ".join(text.split())
