"""Front matter: the block of fields at the head of a Markdown file, in TOML (+++), YAML (---) or absent."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

import yaml

from cms.transfer.draft import Unreadable

LARGEST_MATTER = 200_000  # characters
MOST_VALUES = 20_000  # after the expansion of YAML's aliases, so that a small file can't grow without bounds
TOML, YAML, NONE = "toml", "yaml", ""
LARGEST_NUMBER = 10**300
TOO_LARGE = "its front matter holds a number beyond measure"
DEEPEST = 40  # tables and lists in each other
UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # what escapes can spell, but no text holds
CLOSING = {"+++": ("+++",), "---": ("---", "...")}


@dataclass(frozen=True)
class Page:
    """A file split up: its fields, in which ``form`` they stood, the ``body`` and that one's first line."""

    fields: dict[str, Any]
    form: str
    body: str
    body_line: int
    head: str = ""

    def line_of(self, key: str) -> int:
        """The line on which the field ``key`` stands; 1 where it can't be told."""
        found = re.search(
            rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[:=]", self.head, re.MULTILINE | re.IGNORECASE
        )
        return self.head.count("\n", 0, found.start()) + 2 if found else 1


class Loader(yaml.SafeLoader):
    """YAML as writers mean it: only null, true, false and plain whole numbers are not text.

    So ``version: 1.10`` stays 1.10, ``title: No`` stays a title, and dates are read where a date is wanted.
    """

    yaml_implicit_resolvers: dict = {}


Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$"), list("tTfF")
)
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^(?:0|-?[1-9]\d{0,17})$"), list("-0123456789")
)
Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


def decode(path: str, data: bytes) -> str:
    """The text of a file: UTF-8, with or without a byte order mark, any line ends. Raises `Unreadable`."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(path, 1, "it is written in UTF-16; save it as UTF-8")
    if (nul := data.find(b"\0")) >= 0:
        raise Unreadable(path, line_at(data, nul), "it holds a NUL byte, so it is no text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"it is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8"
        raise Unreadable(path, line_at(data, error.start), reason) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def line_at(data: bytes, position: int) -> int:
    before = data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def split(path: str, text: str) -> Page:
    """Split ``text``, the content of the file ``path``, into fields and body. Raises `Unreadable`."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in CLOSING:
        return Page({}, NONE, text, 1)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in CLOSING[fence]), None)
    if end is None:
        raise Unreadable(path, 1, f"its front matter begins with {fence} and is never closed")
    head = "\n".join(lines[1:end])
    if len(head) > LARGEST_MATTER:
        raise Unreadable(path, 1, f"its front matter is longer than {LARGEST_MATTER} characters")
    form, read = (TOML, read_toml) if fence == "+++" else (YAML, read_yaml)
    return Page(tidy(path, read(path, head)), form, "\n".join(lines[end + 1 :]), end + 2, head)


def read_toml(path: str, head: str, first_line: int = 2) -> dict[str, Any]:
    """The fields of a TOML block. Raises `Unreadable`."""
    try:
        return tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        found = re.match(r"line (\d+)", place)
        line = int(found[1]) if found else head.count("\n") + 1
        raise Unreadable(
            path, line + first_line - 1, f"its front matter is no TOML: {lower_first(reason)}"
        ) from error
    except ValueError as error:  # Python reads no number of more than 4300 digits
        raise Unreadable(path, 1, TOO_LARGE) from error
    except RecursionError as error:
        raise Unreadable(path, 1, "its front matter is nested too deeply") from error


def read_yaml(path: str, head: str, first_line: int = 2) -> dict[str, Any]:
    """The fields of a YAML block. Raises `Unreadable`."""
    loader = None
    try:
        loader = Loader(head)
        node = loader.get_single_node()
        check_growth(path, node)
        fields = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(path, (mark.line if mark else 0) + first_line, yaml_reason(error)) from error
    except yaml.reader.ReaderError as error:
        line = head.count("\n", 0, error.position) + first_line
        raise Unreadable(path, line, "its front matter holds a control character") from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:  # a value that denies its own !!tag
        raise Unreadable(
            path, 2, "its front matter holds a value that is not of the type it is tagged with"
        ) from error
    except RecursionError as error:
        raise Unreadable(path, 1, "its front matter is nested too deeply") from error
    finally:
        if loader:
            loader.dispose()
    return expect_fields(path, fields)


def tidy(path: str, value: Any, depth: int = 0) -> Any:
    """``value`` without control characters and halves of surrogate pairs.

    Raises `Unreadable` where it is too deep or holds a number that can't be written down.
    """
    if depth > DEEPEST:
        raise Unreadable(path, 1, "its front matter is nested too deeply")
    match value:
        case str():
            return UNFIT.sub("", value)
        case int() if abs(value) > LARGEST_NUMBER:
            raise Unreadable(path, 1, TOO_LARGE)
        case dict():
            return {
                tidy(path, str(tidy(path, key))): tidy(path, item, depth + 1) for key, item in value.items()
            }
        case list() | tuple() | set():
            return [tidy(path, item, depth + 1) for item in value]
    return value


def expect_fields(path: str, fields: Any) -> dict[str, Any]:
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise Unreadable(path, 2, "its front matter is no list of fields (name: value)")
    return fields


def yaml_reason(error: yaml.MarkedYAMLError) -> str:
    if "'\\t'" in (error.problem or ""):
        return "its front matter is no YAML: it is indented with a tab, where YAML wants spaces"
    reasons = [part for part in (error.context, error.problem) if part]
    return f"its front matter is no YAML: {', '.join(reasons)}"


def check_growth(path: str, root: yaml.Node | None) -> None:
    """Refuse aliases that would unfold into a great many values, or that hold themselves."""
    open_nodes, values = [root] if root else [], 0
    while open_nodes:
        node = open_nodes.pop()
        values += 1
        if values > MOST_VALUES:
            line = root.start_mark.line + 2
            raise Unreadable(path, line, f"its front matter unfolds into more than {MOST_VALUES} values")
        if isinstance(node, yaml.SequenceNode):
            open_nodes += node.value
        elif isinstance(node, yaml.MappingNode):
            open_nodes += [part for pair in node.value for part in pair]


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
