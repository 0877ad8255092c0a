"""Fixes at the press of a button: they change what was typed, and save nothing."""

from typing import Any

from cms.admin.proofreading.headings import level_all
from cms.admin.proofreading.proof import proofread
from cms.admin.proofreading.sheet import Remark, Sheet
from cms.markup.characters import readable


def apply_fix(fields: dict[str, Any], value: str, **about) -> dict[str, Any]:
    """The typed ``fields`` with the fix called ``value``, as `Remark.fix`; ``about`` is the sheet's.

    What is not found any more, as the text has changed since, changes nothing.
    """
    found = proofread(Sheet.typed(fields, **about))
    wanted = next((finding for finding in found if finding.fix == value and finding.fixed is not None), None)
    return {**fields, **changes(fields, wanted)} if wanted else fields


def changes(fields: dict[str, Any], finding: Remark) -> dict[str, str]:
    body = readable(fields["body"])
    match finding.kind:
        case "summary":
            return {"summary": finding.fixed}
        case "heading":
            return {"body": level_all(body)}
    lines = body.split("\n")
    lines[finding.line - 1] = finding.fixed
    return {"body": "\n".join(lines)}
