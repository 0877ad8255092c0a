"""Merging two changes of one text: nothing that anybody wrote is lost."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.merging import CLOSING, OPENING, merge, shared

LINES = st.lists(st.sampled_from(["", "a", "b", "c", "tide", "boat\x0bhook", "é\u2028è"]), max_size=12)
TEXTS = LINES.map("\n".join)


def merged(base: str, mine: str, theirs: str):
    return merge(base, mine, theirs, my_label="Yours", their_label="eve")


def test_changes_of_different_passages_are_both_taken_over():
    base = "One.\n\nTwo.\n\nThree."
    both = merged(base, "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!")
    assert (both.text, both.conflicts) == ("One!\n\nTwo.\n\nThree!", 0)


def test_what_one_removed_and_the_other_left_alone_is_removed():
    both = merged("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\nTwo.\n\nThree.\n\nFour.")
    assert (both.text, both.conflicts) == ("One.\n\nThree.\n\nFour.", 0)


def test_a_passage_that_both_changed_stands_twice_each_under_its_name():
    both = merged("One.\nTwo.", "One.\nTwo of mine.", "One.\nTwo of hers.")
    marked = [f"{OPENING} eve", "Two of hers.", f"{OPENING} Yours", "Two of mine.", CLOSING]
    assert (both.text.split("\n"), both.conflicts) == (["One.", *marked], 1)


def test_what_both_added_at_one_place_stands_twice():
    both = merged("One.", "One.\nMine.", "One.\nHers.")
    assert both.conflicts == 1
    assert both.text.index("Hers.") < both.text.index("Mine.")


def test_one_removed_what_the_other_changed_and_it_is_asked():
    both = merged("One.\nTwo.\nThree.", "One.\nThree.", "One.\nTwo, said better.\nThree.")
    assert both.conflicts == 1
    assert "Two, said better." in both.text


def test_the_same_change_of_both_is_no_conflict():
    assert merged("One.", "Two.", "Two.").conflicts == 0


@given(TEXTS, TEXTS)
def test_beside_an_unchanged_text_the_other_is_taken_as_it_is(base, changed):
    assert merged(base, changed, base) == merged(base, base, changed)
    assert (merged(base, changed, base).text, merged(base, changed, base).conflicts) == (changed, 0)


@given(TEXTS, TEXTS)
def test_the_same_text_of_both_is_that_text(base, changed):
    assert (merged(base, changed, changed).text, merged(base, changed, changed).conflicts) == (changed, 0)


def added(base: str, text: str) -> list[str]:
    return [line[2:] for line in difflib.ndiff(base.split("\n"), text.split("\n")) if line[0] == "+"]


@given(TEXTS, TEXTS, TEXTS)
def test_no_new_line_of_either_is_lost(base, mine, theirs):
    lines = merged(base, mine, theirs).text.split("\n")
    known = set(base.split("\n"))
    for text in (mine, theirs):
        assert set(added(base, text)) - known <= set(lines)


@given(TEXTS, TEXTS, TEXTS)
def test_every_conflict_is_marked(base, mine, theirs):
    both = merged(base, mine, theirs)
    lines = both.text.split("\n")
    assert lines.count(CLOSING) == lines.count(f"{OPENING} eve") == both.conflicts
    assert lines.count(f"{OPENING} Yours") == both.conflicts


@given(TEXTS, TEXTS, TEXTS)
def test_both_who_merge_get_the_same_passages(base, mine, theirs):
    assert merged(base, mine, theirs).conflicts == merged(base, theirs, mine).conflicts


@given(TEXTS, TEXTS)
def test_where_the_beginning_is_forgotten_no_line_of_either_is_lost(mine, theirs):
    lines = merged(shared(mine, theirs), mine, theirs).text.split("\n")
    for text in (mine, theirs):
        assert set(text.split("\n")) - {""} <= set(lines)


class Steps:
    """Counts what `SequenceMatcher` compares."""

    def __init__(self):
        self.number = 0

    def __call__(self, found):
        def find(matcher, alo=0, ahi=None, blo=0, bhi=None):
            ahi = len(matcher.a) if ahi is None else ahi
            self.number += sum(len(matcher.b2j.get(item, ())) for item in matcher.a[alo:ahi])
            return found(matcher, alo, ahi, blo, bhi)

        return find


@pytest.fixture
def steps(monkeypatch) -> Steps:
    counting = Steps()
    found = difflib.SequenceMatcher.find_longest_match
    monkeypatch.setattr(difflib.SequenceMatcher, "find_longest_match", counting(found))
    return counting


def long_text(**changed: str) -> str:
    """10,000 words in 500 paragraphs, some said otherwise: ``p12="…"``."""
    told = [changed.get(f"p{n}", f"Paragraph {n} " + "has eighteen words " * 6) for n in range(500)]
    return "\n\n".join(told)


def test_a_long_text_with_many_changes_is_merged_in_bounded_work(steps):
    mine = long_text(**{f"p{n}": f"Mine {n}" for n in range(0, 500, 4)})
    theirs = long_text(**{f"p{n}": f"Hers {n}" for n in range(2, 500, 4)})
    both = merged(long_text(), mine, theirs)
    assert both.conflicts == 0
    assert both.text.count("Mine ") == both.text.count("Hers ") == 125
    assert steps.number < 1_000_000


def test_a_long_text_that_both_wrote_anew_is_merged_in_bounded_work(steps):
    mine = long_text(**{f"p{n}": f"Mine {n}" for n in range(500)})
    theirs = long_text(**{f"p{n}": f"Hers {n}" for n in range(500)})
    both = merged(long_text(), mine, theirs)
    assert both.text.count("Mine ") == both.text.count("Hers ") == 500
    assert steps.number < 1_000_000


def test_shuffled_lines_are_merged_in_bounded_work_as_one_passage(steps):
    base, mine, theirs = ([f"{word} {n}" if n % 2 else f"{n}" for n in range(24_000)] for word in "bmt")
    both = merged(*("\n".join(["Head", *lines, "Tail"]) for lines in (base, mine, theirs)))
    assert both.conflicts == 1
    lines = both.text.split("\n")
    assert (lines[0], lines[-1]) == ("Head", "Tail")
    assert steps.number == 0
