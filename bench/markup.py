"""`python -m bench.markup`: processor time of Markdown, by kind of text and by step, at two lengths."""

import time
from collections.abc import Callable

from cms.markup import elements, limits
from cms.markup.parser import make_parser, to_html
from cms.markup.render import render
from cms.markup.sanitise import sanitiser
from cms.markup.tree import parse

PARAGRAPH = "Some *words* with `code`, a [link](https://example.org/x) and a few more of them after it. " * 7
KINDS = {
    "prose": f"## A heading\n\n{PARAGRAPH}\n\n- one\n- two\n\n> quoted\n\n",
    "code": "```python\n" + 'def name(x: int) -> str:\n    return f"{x}" + "y"  # why\n' * 40 + "```\n\n",
    "tables": "|a|b|c|\n|-|-|-|\n" + "|one|two|three|\n" * 40 + "\n",
    "HTML": '<p align="center"><b>bold <i>both</i></b> <a href="/x">link</a></p>\n\n',
    "nested quotes": ">" * 60 + " a\n\n",
    "brackets": "[",
}
LENGTHS = (50_000, 200_000)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def steps(source: str) -> str:
    """Where the time goes: parser, tree, bleach, nh3."""
    raw, _code = to_html(make_parser(True), source)
    html = parse(raw, elements.TRUSTED).inner
    tidy = sanitiser(True)
    times = {
        "parser": seconds(lambda: to_html(make_parser(True), source)),
        "tree": seconds(lambda: parse(raw, elements.TRUSTED).inner),
        "bleach": seconds(lambda: tidy.first(html)),
        "nh3": seconds(lambda: tidy.second(html)),
    }
    return ", ".join(f"{name} {spent:.2f}" for name, spent in times.items())


def main() -> None:
    """Print a line for each kind: seconds at both lengths, their ratio, growth, and steps at the longer."""
    render("warm up")
    print(
        f"{'kind':<15}" + "".join(f"{length // 1000:>6} KB" for length in LENGTHS) + "  ratio growth  steps"
    )
    for name, unit in KINDS.items():
        short, long = (unit * (length // len(unit)) for length in LENGTHS)
        first, second = seconds(lambda text=short: render(text)), seconds(lambda text=long: render(text))
        growth = len(render(long).html) / len(long)
        times = f"{first:>9.2f}{second:>9.2f}{second / first:>7.1f}{growth:>7.1f}"
        print(f"{name:<15}{times}  {steps(long)}")
    print(f"growth is at most {limits.GROWTH} and {limits.ALLOWANCE} characters")


if __name__ == "__main__":
    main()
