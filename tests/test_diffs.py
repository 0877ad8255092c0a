"""The way from one text to another, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.diffs import ADDED, LONGEST_PASSAGE, MOST_LINES, REMOVED, SAME, SKIPPED, Part, changes
from tests.test_merging import TEXTS, long_text, steps  # noqa: F401 (a fixture)

WORDY = st.lists(st.sampled_from(["tide", "boat", " ", "\n", "\n\n", ".", "’", "é", "🚣"]), max_size=40)
ANY = TEXTS | WORDY.map("".join) | st.text(max_size=40)


def kinds(parts: list[Part]) -> list[str]:
    return [part.kind for part in parts]


def test_the_same_text_has_no_changes():
    assert changes("One.", "One.") == []


def test_a_changed_word_is_told_alone():
    parts = changes("The boat leaves at six.", "The boat leaves at seven.")
    assert [part for part in parts if part.kind != SAME] == [Part(REMOVED, " six"), Part(ADDED, " seven")]


def test_what_is_written_on_leaves_the_word_before_alone():
    parts = changes("One.", "One of alice.")
    assert [part for part in parts if part.kind != SAME] == [Part(ADDED, " of alice")]


def test_far_from_a_change_lines_are_left_out():
    lines = [f"Line {number}" for number in range(30)]
    parts = changes("\n".join(lines), "\n".join([*lines[:15], "New", *lines[15:]]))
    assert kinds(parts) == [SKIPPED, SAME, ADDED, SAME, SKIPPED]
    assert [part.text for part in parts if part.kind == SKIPPED] == ["13", "13"]


def test_from_nothing_all_is_added():
    assert changes("", "One.\nTwo.") == [Part(ADDED, "One.\nTwo.\n")]
    assert changes("One.\nTwo.", "") == [Part(REMOVED, "One.\nTwo.\n")]


def lines_of(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")] if text else []


def told(parts: list[Part], lines: list[str], side: str) -> str:
    """One of the two texts, put together from the parts; what they leave out is taken from its ``lines``."""
    text = ""
    for part in parts:
        if part.kind == SKIPPED:
            reached = text.count("\n")
            text += "".join(lines[reached : reached + int(part.text)])
        elif part.kind in (SAME, side):
            text += part.text
    return text


@given(ANY, ANY)
def test_the_parts_join_to_both_texts(before, after):
    parts = changes(before, after)
    for text, side in ((before, REMOVED), (after, ADDED)):
        lines = lines_of(text)
        assert before == after or told(parts, lines, side) == "".join(lines)


@given(ANY, ANY)
def test_two_texts_that_differ_show_it(before, after):
    shown = set(kinds(changes(before, after))) & {ADDED, REMOVED}
    assert bool(shown) == (before != after)


def test_a_long_text_with_many_changes_is_compared_in_bounded_work(steps):  # noqa: F811
    after = long_text(**{f"p{n}": f"Paragraph {n} " + "was seventeen words " * 6 for n in range(0, 500, 2)})
    parts = changes(long_text(), after)
    assert kinds(parts).count(ADDED) >= 250
    assert steps.number < 5_000_000


def test_a_long_text_written_anew_is_compared_in_bounded_work(steps):  # noqa: F811
    before, after = ("\n".join(f"{word} {n} of many words" for n in range(2500)) for word in ("Old", "New"))
    assert kinds(changes(before, after)) == [REMOVED, ADDED]
    assert steps.number < 5_000_000


@pytest.mark.parametrize("count", [MOST_LINES // 2, 24_000])
def test_shuffled_lines_are_compared_in_bounded_work(steps, count):  # noqa: F811
    before = [f"{n // 12}" if n % 2 else f"old {n}" for n in range(count)]
    after = [f"{n // 12}" if n % 2 else f"new {n}" for n in range(count)]
    parts = changes("\n".join(["Head", *before, "Tail"]), "\n".join(["Head", *after, "Tail"]))
    assert (parts[0].kind, parts[-1].kind) == (SAME, SAME)
    assert steps.number < 5_000_000


def test_many_changed_passages_take_bounded_work(steps):  # noqa: F811
    passage = [f"word{number % 90}" for number in range(LONGEST_PASSAGE // 2 - 10)]
    changed = [f"new{n}" if n % 2 else word for n, word in enumerate(passage)]
    before, after = ("\n".join(f"{n}\n{' '.join(words)}" for n in range(100)) for words in (passage, changed))
    assert ADDED in kinds(changes(before, after))
    assert steps.number < 20_000


def test_the_longest_passage_that_is_told_by_words_takes_bounded_work(steps):  # noqa: F811
    count = LONGEST_PASSAGE // 2 - 1  # words on each side, and the end of the line
    words = [f"word{number % 170}" for number in range(count)]
    changed = [f"new{number}" if number % 7 == 0 else word for number, word in enumerate(words)]
    assert {SAME, ADDED} <= set(kinds(changes(" ".join(words), " ".join(changed))))
    assert steps.number < 5_000_000
