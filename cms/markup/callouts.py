"""Callouts: `::: tip Title` … `:::`, and GitHub's `> [!NOTE]`."""

import re

from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

INFO = re.compile(r"\s*(?P<kind>[A-Za-z]+)(?:\s+(?P<title>.*))?")
GITHUB = {"NOTE": "note", "TIP": "tip", "IMPORTANT": "note", "WARNING": "warning", "CAUTION": "warning"}


def default_title(kind: str) -> str:
    """What a callout is called where its author gives no title; KeyError for an unknown kind."""
    return {
        "caution": _("Caution"),
        "example": _("Example"),
        "important": _("Important"),
        "note": _("Note"),
        "quote": _("Quote"),
        "tip": _("Tip"),
        "warning": _("Warning"),
    }[kind]


def callouts_plugin(md: MarkdownIt) -> None:
    """Add both ways of writing a callout to the parser."""
    container_plugin(md, "callout", validate=_is_callout, render=type(md.renderer).renderToken)
    md.options["alerts"] = True
    md.core.ruler.before("inline", "callouts", _dress)


def _is_callout(info: str, _markup: str) -> bool:
    match = INFO.fullmatch(info)
    return bool(match) and match["kind"].lower() in ("example", "note", "quote", "tip", "warning")


def _dress(state: StateCore) -> None:
    """Turn both kinds of tokens into an aside with a title."""
    dressed: list[Token] = []
    for token in state.tokens:
        dressed.append(token)
        if token.type == "container_callout_open":
            match = INFO.fullmatch(token.info)
            assert match is not None
            kind = match["kind"].lower()
            _make_aside(token, kind)
            dressed += _title((match["title"] or "").strip() or default_title(kind), token.level + 1)
        elif token.type == "alert_open":
            _make_aside(token, GITHUB[token.meta["kind"]])
        elif token.type == "alert_title_open":
            token.attrs = {"class": "callout-title"}
        elif dressed[-2:-1] and dressed[-2].type == "alert_title_open":
            token.content = default_title(token.content.lower())
        elif token.type in ("container_callout_close", "alert_close"):
            token.tag = "aside"
    state.tokens = dressed


def _make_aside(token: Token, kind: str) -> None:
    token.tag = "aside"
    token.attrs = {"class": f"callout callout-{kind}", "role": "note"}


def _title(words: str, level: int) -> list[Token]:
    opening = Token("paragraph_open", "p", 1, attrs={"class": "callout-title"}, block=True, level=level)
    inline = Token("inline", "", 0, content=words, children=[], block=True, level=level + 1)
    return [opening, inline, Token("paragraph_close", "p", -1, block=True, level=level)]
