"""Front matter in its three forms, and everything that can be wrong with it."""

import pytest

from cms.transfer.draft import Unreadable
from cms.transfer.frontmatter import decode, split


def fields(text: str) -> dict:
    return split("dusk.md", text).fields


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        split("dusk.md", decode("dusk.md", data))
    return caught.value


def test_toml_is_read():
    page = split("dusk.md", '+++\ntitle = "Dusk"\n[extra]\nlamps = 3\n+++\nThe text.\n')
    assert page.fields == {"title": "Dusk", "extra": {"lamps": 3}}
    assert (page.body, page.body_line) == ("The text.\n", 6)


def test_yaml_is_read():
    assert fields("---\ntitle: Dusk\ntags: [lamp, oil]\n---\nText") == {
        "title": "Dusk",
        "tags": ["lamp", "oil"],
    }


def test_a_file_without_front_matter_is_all_body():
    page = split("dusk.md", "# Dusk\n\nText")
    assert page.fields == {}
    assert page.body == "# Dusk\n\nText"


def test_empty_front_matter_has_no_fields():
    assert fields("---\n---\nText") == {}


def test_yaml_keeps_text_as_it_was_written():
    told = fields("---\nversion: 1.10\nanswer: No\nday: 2024-05-06\ncount: 3\ndraft: true\nnone: ~\n---\n")
    expected = {
        "version": "1.10",
        "answer": "No",
        "day": "2024-05-06",
        "count": 3,
        "draft": True,
        "none": None,
    }
    assert told == expected


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    page = split("dusk.md", decode("dusk.md", b"\xef\xbb\xbf---\r\ntitle: Dusk\r\n---\r\nOne\r\nTwo\r\n"))
    assert page.fields == {"title": "Dusk"}
    assert page.body == "One\nTwo\n"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"---\ntitle: Dusk\n---\ncaf\xe9\n", 4, "not UTF-8 (byte 0xe9)"),
        (b"one\ntwo\x00\n", 2, "NUL"),
        (b"\xff\xfet\x00", 1, "UTF-16"),
        (b"---\ntitle: Dusk\n\nText\n", 1, "never closed"),
        (b'+++\ntitle = "Dusk"\n', 1, "never closed"),
        (b"+++\ntitle = Dusk\n+++\n", 2, "no TOML"),
        (b"---\ntitle: Dusk\n\ttags: x\n---\n", 3, "no YAML"),
        (b"---\ntags:\n\t- a\n---\n", 3, "tab"),
        (b"---\ntitle: 'Dusk\n---\n", 2, "no YAML"),
        (b"---\njust words\n---\n", 2, "no list of fields"),
        (b"---\n- a\n- b\n---\n", 2, "no list of fields"),
        (b"---\na: \x01\n---\n", 2, "control character"),
        (b"---\na: !!python/object:os.system x\n---\n", 2, "no YAML"),
        (b"---\na: !!timestamp never\n---\n", 2, "tagged"),
        (b"---\na: &a [*a]\n---\n", 2, "unfolds"),
        (b"---\na: " + b"[" * 9000 + b"\n---\n", 1, "nested too deeply"),
        (b"+++\na = " + b"[" * 9000 + b"\n+++\n", 1, "nested too deeply"),
        (b"---\na: " + b"x" * 300_000 + b"\n---\n", 1, "longer than"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(data, line, words):
    error = refusal(data)
    assert words in error.reason
    assert (error.path, error.line) == ("dusk.md", line)


def test_aliases_do_not_unfold_without_bounds():
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert "unfolds" in refusal(f"---\na0: &a0 [x]\n{levels}---\n".encode()).reason


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("title: [a, b]", "“title” should be text, but is a list"),
        ("title: Dusk\ndate: soon", "“date” should be a date, but is “soon”"),
        ("title: Dusk\ndate: 2024-02-30", "should be a date"),
        ("title: Dusk\ndraft: maybe", "should be true or false"),
        ("title: Dusk\nweight: heavy", "should be a whole number"),
        ("title: Dusk\ntags: [[a]]", "should be a list of names"),
    ],
)
def test_a_field_of_the_wrong_type_is_named_with_its_line(foreign, head, words):
    foreign.put("dusk.md", f"---\n{head}\n---\nText").put("dawn.md", "# Dawn\nText")
    reading = foreign.read()
    assert [draft.title for draft in reading.drafts] == ["Dawn"]
    assert words in reading.failures[0].reason
    assert reading.failures[0].line == head.count("\n") + 2


def test_a_number_may_be_a_title(foreign):
    assert foreign.put("dusk.md", "---\ntitle: 3\n---\nText").draft().title == "3"
