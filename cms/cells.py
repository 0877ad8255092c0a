"""Cells of tables that open in a spreadsheet program, where a text that begins like a formula would run."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - wide ones count too
BLANK = " \u00a0"  # which programs pass over
MARK = "'"


def harmless(text: str) -> str:
    """``text`` with an apostrophe before it where a program might take it for a formula."""
    return f"{MARK}{text}" if may_run(text) else text


def meant(text: str) -> str:
    """What `harmless` was given, so that a table that was exported can be brought back."""
    return text[1:] if text.startswith(MARK) and may_run(text) else text


def may_run(text: str) -> bool:
    """Whether it begins like a formula behind blanks, and behind marks: one more is put before those."""
    return text.lstrip(BLANK + MARK).startswith(FORMULA)
