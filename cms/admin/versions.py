"""Two versions of a text beside each other: what changed, and what becomes of two changes."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from cms.admin.entry_forms import EntryForm, shown
from cms.diffs import Part, changes
from cms.merging import merge, shared
from cms.models import Entry, Revision

COMPARED = ("title", "summary", "body")


@dataclass(frozen=True)
class Compared:
    """One field of two versions: its name in words, and the way from one to the other."""

    label: str
    parts: list[Part]


@dataclass
class Merged:
    """What a clash became: the merged fields, what each side did, and where both changed the same."""

    by: str  # whose save came first
    fields: dict[str, str]
    theirs: list[Compared]
    mine: list[Compared]
    passages: int = 0  # of the text, that both changed
    both: dict[str, str] = field(default_factory=dict)  # {label: what the other wrote}, of the other fields


def compared(
    form: type[EntryForm] | EntryForm, before: dict[str, str], after: dict[str, str]
) -> list[Compared]:
    """What changed between two versions, field by field; of the texts word by word."""
    labels = labels_of(form)
    names = [*COMPARED, *(name for name in labels if name not in COMPARED)]
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return [Compared(labels[name], changes(old, new)) for name, old, new in pairs if old != new]


def merged_fields(entry: Entry, form: EntryForm, based_on: int) -> Merged:
    """Merge what was typed on top of an older version with what was saved since."""
    base_revision, last = Revision.numbered(entry, based_on), Revision.numbered(entry, entry.version)
    theirs = shown(entry, entry.as_written())
    mine = {name: text for name, text in form.as_kept().items() if name in theirs}
    base = shown(entry, base_revision.fields) if base_revision else guessed(mine, theirs)
    somebody = last.author.name if last and last.author else _("somebody else")
    merged = Merged(
        by=somebody, fields={}, theirs=compared(form, base, theirs), mine=compared(form, base, mine)
    )
    labels = labels_of(form)
    for name, text in mine.items():
        if name == "body":
            body = merge(base[name], text, theirs[name], my_label=_("Yours"), their_label=somebody)
            merged.fields[name], merged.passages = body.text, body.conflicts
            continue
        is_mine_changed, is_theirs_changed = text != base[name], theirs[name] != base[name]
        merged.fields[name] = text if is_mine_changed else theirs[name]
        if is_mine_changed and is_theirs_changed and text != theirs[name]:
            merged.both[labels[name]] = theirs[name]
    return merged


def guessed(mine: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    """The fields from which both began, where that version is forgotten: what both have in common."""
    same = {name: text if mine.get(name) == text else "" for name, text in theirs.items()}
    return same | {"body": shared(mine.get("body", ""), theirs["body"])}


def labels_of(form: EntryForm) -> dict[str, str]:
    """``{name: label}`` of the fields that hold something to compare."""
    return {each.name: str(each.label.text) for each in form if each.type not in ("HiddenField", "FileField")}
