"""What a document may cost: every cap of this package, each with its reason."""

BLOCK_NESTING = 16
"""Levels of lists, callouts and notes that are read (a list counts two); deeper markers stay text."""

QUOTE_NESTING = 10
"""Levels in which a quote may begin. Each open quote looks at every line that follows."""

PARSER_NESTING = 20
"""markdown-it's own cap. It drops what lies deeper, so BLOCK_NESTING stays below it."""

ELEMENT_DEPTH = 64
"""Open elements at once; deeper tags are left out and their text stays. Every search of the open
elements is therefore of constant length, and no library that walks the tree can run out of stack."""

CODE_BLOCK = 20_000
"""Characters of one block that are coloured: a lexer's regular expressions may backtrack, and a
reader gains nothing from colours in a block of 500 lines."""

CODE_LINE = 2_000
"""Characters of the longest line in a coloured block, for the same reason (minified code)."""

CODE_TOTAL = 100_000
"""Characters of code that are coloured in one document."""

CODE_GROWTH = 10
"""A coloured block that is longer than this many times its source stays plain."""

LABEL = 200
"""Characters of a footnote's label."""

TABLE_COLUMNS = 100
"""Columns of a table; a wider one stays text."""

GROWTH = 8
ALLOWANCE = 65_536
"""HTML is at most GROWTH times the source and ALLOWANCE characters more. A document that would
outgrow this is shown as its source, which grows five times at the most (`&amp;`)."""


def budget(source: str) -> int:
    """How many characters of HTML this source may become."""
    return GROWTH * len(source) + ALLOWANCE
