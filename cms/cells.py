"""Cells of tables that open in a spreadsheet program, where a text that begins like a formula would run."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def harmless(text: str) -> str:
    """``text`` with an apostrophe before it where a program might take it for a formula."""
    return f"{MARK}{text}" if text.startswith(FORMULA) else text


def meant(text: str) -> str:
    """What `harmless` was given, so that a table that was exported can be brought back."""
    return text[1:] if text.startswith(MARK) and text[1:].startswith(FORMULA) else text
