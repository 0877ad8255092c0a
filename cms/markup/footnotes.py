"""Footnotes: references that say where they lead, notes that lead back."""

from collections.abc import Sequence

from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from cms.markup.characters import escape_attribute
from cms.markup.inline import bounded_footnote


def footnotes_plugin(md: MarkdownIt) -> None:
    """Add `[^label]` and `[^label]: note`; notes within the text (`^[…]`) nest without end and stay text."""
    footnote_plugin(md, inline=False)
    md.inline.ruler.at("footnote_ref", bounded_footnote(footnote_ref))
    md.add_render_rule("footnote_ref", _reference)
    md.add_render_rule("footnote_block_open", _notes)
    md.add_render_rule("footnote_block_close", lambda *_arguments: "</ol></section>\n")
    md.add_render_rule("footnote_open", _note)
    md.add_render_rule("footnote_anchor", _way_back)


def _reference(renderer, tokens: Sequence[Token], index: int, options, env) -> str:
    number, place = _numbers(tokens[index])
    link = f'<a href="#fn{number}" id="fnref{place}" role="doc-noteref">{number}</a>'
    return f'<sup class="footnote-ref">{link}</sup>'


def _notes(renderer, tokens: Sequence[Token], index: int, options, env) -> str:
    label = escape_attribute(_("Footnotes"))
    return f'<section class="footnotes" role="doc-endnotes" aria-label="{label}"><ol>\n'


def _note(renderer, tokens: Sequence[Token], index: int, options, env) -> str:
    return f'<li id="fn{tokens[index].meta["id"] + 1}" class="footnote">'


def _way_back(renderer, tokens: Sequence[Token], index: int, options, env) -> str:
    number, place = _numbers(tokens[index])
    label = escape_attribute(_("Back to reference %(number)s", number=place))
    link = f'<a href="#fnref{place}" class="footnote-back" role="doc-backlink" aria-label="{label}">'
    return f" {link}\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}</a>"


def _numbers(token: Token) -> tuple[str, str]:
    """The note's number, and the same with a part for the second and later references to it."""
    number, again = str(token.meta["id"] + 1), token.meta.get("subId", 0)
    return number, f"{number}-{again + 1}" if again else number
