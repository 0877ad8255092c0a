"""The marked words that stand in the index: ``wclimate`` is "climate" anywhere, ``hclimate`` in a heading.

Marks let one list of words answer every question: what stands in the title or a tag, what recurs, what stands
anywhere, and by tag, author and time. Weights and columns would do it too, but both databases can only look
them up entry by entry, after they have found all entries with the word.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from cms.search.calendar import marks_of
from cms.search.segment import words_of

MOST_WORDS = 20_000  # of one entry; those that follow are not found
RECURRING = 3  # times that an entry must hold a word to be about it
# Before the word stands one letter:
EVERY, HEADING, THEME, WORD, TAG, AUTHOR, SPAN = "x", "h", "r", "w", "t", "y", "s"


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
    heading = [*words_of(title), *(word for tag in tags for word in words_of(tag))]
    words = [*heading, *words_of(text)][:MOST_WORDS]
    found = {
        EVERY: [""],
        TAG: tag_ids,
        AUTHOR: author_ids,
        SPAN: marks_of(published_at),
        HEADING: heading,
        THEME: [word for word, times in Counter(words).items() if times >= RECURRING],
        WORD: words,
    }
    return f" {' '.join(f'{mark}{word}' for mark, words in found.items() for word in words)} "
