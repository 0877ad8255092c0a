"""The marked words that stand in the index: ``wclimate`` is "climate" anywhere, ``hclimate`` in a heading.

Marks let one list of words answer every question: what the title is, what stands in it or in a tag, what
recurs, what stands anywhere, and by tag, author and time. Weights and columns would do it too, but both
databases look those up entry by entry, after they have found all entries with the word.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from cms.search.calendar import marks_of
from cms.search.segment import words_of

MOST_WORDS = 20_000  # of one entry; those that follow are not found
LONGEST_TITLE_MARK = 200  # characters
RECURRING = 3  # times that an entry must hold a word to be about it
# One letter before each word says what it is:
EVERY, TITLE, HEADING, THEME, WORD, TAG, AUTHOR, SPAN = "x", "n", "h", "r", "w", "t", "y", "s"


def marked_words(
    *,
    title: str,
    tags: Iterable[str],
    text: str,
    published_at: datetime,
    tag_ids: Iterable[int],
    author_ids: Iterable[int],
) -> str:
    """Everything by which an entry is found, with a blank around each marked word."""
    title_words = words_of(title)
    heading = [*title_words, *(word for tag in tags for word in words_of(tag))]
    words = [*heading, *words_of(text)][:MOST_WORDS]
    found = {
        EVERY: [""],
        TAG: tag_ids,
        AUTHOR: author_ids,
        SPAN: marks_of(published_at),
        TITLE: [joined(title_words)],
        HEADING: heading,
        THEME: [word for word, times in Counter(words).items() if times >= RECURRING],
        WORD: words,
    }
    return f" {' '.join(f'{mark}{word}' for mark, words in found.items() for word in words)} "


def joined(words: Iterable[str]) -> str:
    """A whole title as one word."""
    return "·".join(words)[:LONGEST_TITLE_MARK]
