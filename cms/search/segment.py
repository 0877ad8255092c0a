"""From text to the words that are searched for: folded, and cut where a script writes no blanks.

Folding takes away letter case and the diacritics of Latin, Greek, Cyrillic, Hebrew and Arabic, so that
"uber" finds "Über". Chinese, Japanese, Thai and their like become overlapping pairs of characters.
"""

import re
import unicodedata

LONGEST_WORD = 40  # characters; the rest of a longer word is ignored
UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
INDIC = "\u0900-\u0963\u0966-\u0dff"  # their vowel signs are no letters to Python, but parts of words
WORD = re.compile(f"[{UNSPACED}]+|(?:[^\\W_{UNSPACED}]|[{INDIC}])+")
RUN = re.compile(f"[{UNSPACED}]+")
DIACRITIC = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}


class Folding(dict[int, str]):
    """A table for `str.translate` that fills itself: code point -> what it is folded to."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code).casefold())
        plain = unicodedata.normalize("NFC", DIACRITIC.sub("", plain))
        self[code] = "".join(LETTERS.get(letter, letter) for letter in plain)
        return self[code]


class AlignedFolding(Folding):
    """The same for letters that stay one letter; the others are left, so that no position moves."""

    def __missing__(self, code: int) -> str:
        folded = FOLDING[code]
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


FOLDING = Folding()
ALIGNED_FOLDING = AlignedFolding()


def fold(text: str) -> str:
    """``text`` without letter case and diacritics."""
    return unicodedata.normalize("NFC", text).translate(FOLDING)


def fold_aligned(text: str) -> str:
    """``text``, which must be in normal form C, folded letter for letter: as long as it was."""
    return text.translate(ALIGNED_FOLDING)


def words_of(text: str) -> list[str]:
    """The words of ``text`` as they are indexed, in their order."""
    words: list[str] = []
    for word in WORD.findall(fold(text)):
        words += pairs(word) if RUN.match(word) else [word[:LONGEST_WORD]]
    return words


def pairs(run: str) -> list[str]:
    """``東京都`` -> ``東京 京都 都``: every character begins a word."""
    return [run[at : at + 2] for at in range(len(run))]


def is_lone_character(word: str) -> bool:
    """Whether ``word`` is one character of a script without blanks, as at the end of `pairs`."""
    return len(word) == 1 and RUN.match(word) is not None


def sought_words_of(text: str) -> list[str]:
    """The words by which ``text`` is found, whatever follows it in the text that holds it."""
    words = words_of(text)
    if len(words) > 1 and is_lone_character(words[-1]) and words[-2].endswith(words[-1]):
        words.pop()
    return words
