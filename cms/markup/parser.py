"""The Markdown parser: GitHub's dialect with footnotes and callouts, every rule within its limits."""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from cms.markup import limits
from cms.markup.callouts import callouts_plugin
from cms.markup.code import CodeBlocks
from cms.markup.footnotes import footnotes_plugin
from cms.markup.inline import addresses_plugin
from cms.markup.tables import bounded_table

BlockRule = Callable[[StateBlock, int, int, bool], bool]
NESTING = {
    "blockquote": limits.QUOTE_NESTING,
    "list": limits.BLOCK_NESTING,
    "container_callout": limits.BLOCK_NESTING,
    "footnote_def": limits.BLOCK_NESTING,
}


class References(dict[str, dict[str, str]]):
    """A document's link definitions, of which each use costs the characters that it adds.

    One long definition used a thousand times is a thousand times as long in HTML. When ``allowance``
    characters are spent, further uses stay text.
    """

    def __init__(self, allowance: int) -> None:
        self.allowance = allowance

    def get(self, label: str, default=None):
        found = super().get(label, default)
        if found:
            self.allowance -= len(found["href"]) + len(found["title"])
        return found if self.allowance >= 0 else default


def make_parser(trusted: bool) -> MarkdownIt:
    """A parser for editors (``trusted``) or for members, who write no HTML and no footnotes."""
    md = MarkdownIt("gfm-like", {"html": trusted, "tasklists": True, "maxNesting": limits.PARSER_NESTING})
    md.block.ruler.at("table", bounded_table, {"alt": ["paragraph", "reference"]})
    callouts_plugin(md)
    addresses_plugin(md)
    if trusted:
        footnotes_plugin(md)
    md.add_render_rule("fence", _code)
    md.add_render_rule("code_block", _code)
    md.validateLink = lambda url: True
    _limit_nesting(md)
    return md


def to_html(md: MarkdownIt, source: str) -> tuple[str, CodeBlocks]:
    """The HTML of ``source``, not yet sanitised, with marks for its blocks of code."""
    env = {"references": References(limits.budget(source) // 2), "code": CodeBlocks()}
    return md.render(source, env), env["code"]


def _code(renderer, tokens, index: int, options, env) -> str:
    return env["code"].keep(tokens[index].content, tokens[index].info)


def _limit_nesting(md: MarkdownIt) -> None:
    """Let what lies too deep stay text: the parser itself would drop it."""
    for rule in list(md.block.ruler.__rules__):
        if rule.name in NESTING:
            md.block.ruler.at(rule.name, _bounded(rule.fn, NESTING[rule.name]), {"alt": rule.alt})


def _bounded(rule: BlockRule, levels: int) -> BlockRule:
    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < levels and rule(state, start, end, silent)

    return bounded
