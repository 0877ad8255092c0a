"""Cells of tables that open in a spreadsheet program, where a text that begins like a formula would run."""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - wide ones count too
BLANK = " \u00a0"  # which programs pass over
MARK = "'"
AFTER_SEPARATOR = re.compile(r"([;\t]\s*'*)(?=[=+\-@＝＋－＠])")  # noqa: RUF001
MARKED_SEPARATOR = re.compile(r"([;\t]\s*'*)'(?=[=+\-@＝＋－＠])")  # noqa: RUF001


def harmless(text: str) -> str:
    """``text`` with an apostrophe before it where a program might take it for a formula.

    So it is after a semicolon, at which programs of many countries begin a new cell.
    """
    text = AFTER_SEPARATOR.sub(rf"\1{MARK}", text)
    return f"{MARK}{text}" if may_run(text) else text


def meant(text: str) -> str:
    """What `harmless` was given, so that a table that was exported can be brought back."""
    text = text[1:] if text.startswith(MARK) and may_run(text) else text
    return MARKED_SEPARATOR.sub(r"\1", text)


def may_run(text: str) -> bool:
    """Whether it begins like a formula behind blanks, and behind marks: one more is put before those."""
    return text.lstrip(BLANK + MARK).startswith(FORMULA)
