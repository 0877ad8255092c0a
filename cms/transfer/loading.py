"""Writing drafts into the site through the verbs of its models: once, however often it is run.

What came in carries ``extra["imported_from"]``: the ``source`` that it came from, the ``digest`` of what the
source said, and the ``state`` of the entry as it was written, by which a later edit by hand is recognised.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from cms.db import session, unit_of_work
from cms.drawings import is_drawing
from cms.errors import Refused
from cms.models.base import now
from cms.models.entry import Entry
from cms.models.life import DRAFT, PUBLISHED, TRASHED
from cms.models.media import Media
from cms.models.menu import MenuItem
from cms.models.page import Page, reserved_names
from cms.models.post import Post
from cms.models.redirect import Redirect
from cms.models.term import Author, Category, Series, Tag
from cms.transfer import drawings, places, tree
from cms.transfer.draft import Draft, Remark, Unreadable
from cms.transfer.links import Links, Target
from cms.transfer.markdown import Reading

MARK = "imported_from"
IMPORTED, UPDATED, UNCHANGED, CONFLICT = "imported", "updated", "unchanged", "conflict"
ACTS = (IMPORTED, UPDATED, UNCHANGED, CONFLICT)
FAULTS = (Refused, SQLAlchemyError, ValueError, ArithmeticError, OSError)  # of one text or picture


@dataclass(frozen=True)
class Known:
    """An entry that came in before."""

    id: int
    kind: str
    path: str
    stage: str
    mark: dict[str, str]


@dataclass
class Outcome:
    """How many drafts came to what, and what went wrong on the way."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ACTS, 0))
    failures: list[Unreadable] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def load(
    reading: Reading, *, author: str = "", dry_run: bool = False, told: Callable[[Iterable], Iterable] = iter
) -> Outcome:
    """Write what was read; ``author`` signs what names nobody. A dry run only counts."""
    loader = Loader(reading, author)
    outcome = Outcome(failures=list(reading.failures), remarks=reading.remarks)
    for draft in told(loader.in_order()):
        try:
            outcome.counts[loader.plan(draft) if dry_run else loader.take_in(draft)] += 1
        except FAULTS as fault:
            session.rollback()
            outcome.failures.append(Unreadable(draft.source, 1, reason_of(fault)))
    if not dry_run:
        loader.redirect_sections()
    outcome.failures.sort(key=lambda failure: (failure.path, failure.line))
    return outcome


class Loader:
    """One run of an import."""

    def __init__(self, reading: Reading, author: str):
        self.reading = reading
        self.author = author
        self.known = self.find_known()
        for draft in reading.drafts:
            draft.kind = self.known[draft.source].kind if draft.source in self.known else draft.kind
        taken = set(session.scalars(select(Entry.path))) | {f"{name}/" for name in reserved_names()}
        places.settle(reading.drafts, {source: known.path for source, known in self.known.items()}, taken)
        self.links = Links(reading)
        self.digest_of = cache(lambda file: sha256(file.read_bytes()).hexdigest())

    def in_order(self) -> list[Draft]:
        """Pages above others first, then the oldest, so that newer ones get higher numbers."""

        def place(draft: Draft) -> tuple:
            return draft.path.count("/"), (draft.date or now()).timestamp(), draft.source

        return sorted(self.reading.drafts, key=place)

    def key(self, source: str) -> str:
        """What names a source for good: its path, and its site's host where that is known."""
        return f"{self.reading.site.host}:{source}" if self.reading.site.host else source

    def find_known(self) -> dict[str, Known]:
        """The entries of earlier runs by source. One in the trash keeps the name that it had."""
        sources = {self.key(draft.source): draft.source for draft in self.reading.drafts}
        found = {}
        for row in session.execute(
            select(Entry.id, Entry.kind, Entry.slug, Entry.path, Entry.stage, Entry.extra)
        ):
            mark = (row.extra or {}).get(MARK)
            if isinstance(mark, dict) and mark.get("source") in sources:
                folder = "blog/" if row.kind == "post" else ""
                path = f"{folder}{row.slug}/" if row.stage == TRASHED else row.path
                found[sources[mark["source"]]] = Known(row.id, row.kind, path, row.stage, mark)
        session.rollback()
        return found

    def plan(self, draft: Draft) -> str:
        """What becomes of a draft: imported, updated, unchanged, or in conflict with an edit by hand."""
        known = self.known.get(draft.source)
        if known is None:
            self.remark_missing(draft)
            return IMPORTED
        if known.mark.get("digest") == self.digest(draft):
            return UNCHANGED
        if known.stage != TRASHED and known.mark.get("state") == state_of(session.get(Entry, known.id)):
            self.remark_missing(draft)
            return UPDATED
        where = "is in the trash here" if known.stage == TRASHED else "was edited here"
        self.remark(draft, f"it changed in the source, but /{known.path} {where}: left as it is")
        return CONFLICT

    def take_in(self, draft: Draft) -> str:
        """Write one draft in a transaction of its own. Raises one of `FAULTS`."""
        with unit_of_work():
            act = self.plan(draft)
            if act in (IMPORTED, UPDATED):
                self.write(draft)
        return act

    def write(self, draft: Draft) -> None:
        known = self.known.get(draft.source)
        stored = self.store_pictures(draft)
        entry = session.get(Entry, known.id) if known else None
        at = published_at(draft, entry)
        fields = self.fields(draft, entry, stored, at)
        fields["extra"][MARK] = self.mark(draft, fields, at)
        if entry is None:
            entry = (Page if draft.kind == "page" else Post).write(by=None, slug=draft.slug, **fields)
        else:
            entry.revise(by=None, **{name: value for name, value in fields.items() if name != "parent"})
        if at is not None:
            entry.publish(by=None, at=at)
        elif entry.stage == PUBLISHED:
            entry.withdraw(by=None)
        self.leave_redirects(draft, entry, stored)
        if draft.menu and draft.kind == "page":
            place_in_menu(draft, entry)
        self.date_change(draft, entry)

    def date_change(self, draft: Draft, entry: Entry) -> None:
        """Say when it was last changed: as the source says, else when it was published.

        What changed in the source since an earlier run, without saying when, did so now. This comes after
        all verbs, as each of them dates the change that it makes.
        """
        at = entry.published_at if entry.stage == PUBLISHED else None
        known = [moment for moment in (draft.updated_at, at) if moment]
        if known and (draft.updated_at or draft.source not in self.known):
            entry.updated_at = min(max(known), now())

    def expiry(self, draft: Draft, at: datetime | None) -> datetime | None:
        """When it expires; an expiry before it is published makes no sense and is left out."""
        if draft.expires_at and at and draft.expires_at <= at:
            self.remark(draft, "it expires before it is published: the expiry was left out")
            return None
        return draft.expires_at

    def fields(
        self, draft: Draft, entry: Entry | None, stored: dict[Path, Media], at: datetime | None
    ) -> dict[str, Any]:
        """The fields of the entry: names become terms, files their media, links lead to new addresses."""
        fields = {
            "title": draft.title[:300],
            "body": self.links.rewrite(draft, lambda target: new_address(target, stored)),
            "summary": draft.summary,
            "canonical_url": draft.canonical_url[:500],
            "cover": stored.get(self.cover_file(draft)),
            "cover_alt": draft.cover_alt[:500],
            "expires_at": self.expiry(draft, at),
            "extra": dict(draft.extra),
        }
        if draft.date and draft.is_draft:
            fields["extra"]["date"] = draft.date.isoformat()
        return fields | (self.page_fields(draft) if draft.kind == "page" else self.post_fields(draft, entry))

    def page_fields(self, draft: Draft) -> dict[str, Any]:
        parent = session.scalar(select(Page).where(Page.path == draft.parent.path)) if draft.parent else None
        return {"parent": parent, "position": draft.weight}

    def post_fields(self, draft: Draft, entry: Post | None) -> dict[str, Any]:
        signed = draft.authors or ([self.author] if self.author else [])
        kept = list(entry.authors) if entry else []
        return {
            "authors": self.terms(draft, Author, signed) or kept,
            "tags": self.terms(draft, Tag, draft.tags),
            "category": next(iter(self.terms(draft, Category, filter(None, [draft.category]))), None),
            "series": next(iter(self.terms(draft, Series, filter(None, [draft.series]))), None),
            "series_position": draft.series_position,
        }

    def terms(self, draft: Draft, kind: type, names: Iterable[str]) -> list:
        """The terms of these names, each once; a name that none can have is left out with a remark."""
        found = []
        for name in names:
            try:
                term = kind.named(name, by=None)
            except Refused as refusal:
                self.remark(draft, refusal.message)
            else:
                found += [term] if term not in found else []
        return found

    # Pictures

    def cover_file(self, draft: Draft) -> Path | None:
        found = self.links.resolve(draft, draft.cover) if draft.cover else None
        return found[0] if found and isinstance(found[0], Path) else None

    def files_of(self, draft: Draft) -> list[Path]:
        """The files that a draft shows, links to, or has beside it."""
        used: dict[Path, None] = dict.fromkeys(self.links.companions(draft).values())

        def note(target: Target) -> None:
            if isinstance(target, Path):
                used[target] = None

        self.links.rewrite(draft, note)
        cover = self.cover_file(draft)
        return [*used, *([cover] if cover and cover not in used else [])]

    def store_pictures(self, draft: Draft) -> dict[Path, Media]:
        stored = {}
        for file in self.files_of(draft):
            try:
                stored[file] = self.store(draft, file)
            except FAULTS as fault:
                self.remark(draft, f"the file {file.name} was left out: {reason_of(fault)}")
        return stored

    def store(self, draft: Draft, file: Path) -> Media:
        """Keep a picture. Raises one of `FAULTS` where it can't be kept."""
        data = tree.read_picture(file)
        if is_drawing(data):
            data, removed = drawings.clean(data)
            if removed:
                self.remark(draft, f"{file.name}: taken out of the drawing: {', '.join(removed)}")
        with session.begin_nested():
            return Media.store(data, file.name, by=None)

    # Old addresses

    def leave_redirects(self, draft: Draft, entry: Entry, stored: dict[Path, Media]) -> None:
        """Let the old addresses of the text and its pictures lead on."""
        for address in draft.old_addresses:
            if f"{address}/" != entry.path and self.links.addresses[address] is draft:
                Redirect.put(address, by=None, entry=entry)
        for address, file in self.links.companions(draft).items():
            if file in stored:
                Redirect.put(address, by=None, target=stored[file].url)

    def redirect_sections(self) -> None:
        """Let the address of a folder that became a category lead to that category."""
        with unit_of_work():
            for folder, name in self.reading.sections.items():
                category = session.scalar(select(Category).where(Category.name == name))
                if category is not None and folder not in self.links.addresses:
                    Redirect.put(folder, by=None, target=category.url)

    # Running again

    def digest(self, draft: Draft) -> str:
        """What the source says, pictures and places of what it links to included."""

        def sign(target: Target) -> str:
            return self.digest_of(target) if isinstance(target, Path) else target.path

        told = {
            name: value for name, value in vars(draft).items() if name not in ("verbatim", "parent", "path")
        }
        told["body"] = self.links.rewrite(draft, sign)
        told["parent"] = draft.parent.source if draft.parent else ""
        told["files"] = sorted(self.digest_of(file) for file in self.files_of(draft))
        return sha256(json.dumps(told, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()

    def mark(self, draft: Draft, fields: dict[str, Any], at: datetime | None) -> dict[str, str]:
        stage = PUBLISHED if at else DRAFT
        state = fingerprint(**{name: fields.get(name) for name in FINGERPRINTED}, stage=stage, at=at)
        return {"source": self.key(draft.source), "digest": self.digest(draft), "state": state}

    def remark_missing(self, draft: Draft) -> None:
        for link in self.links.missing(draft):
            self.remark(draft, f"the picture {link} is not in this folder")

    def remark(self, draft: Draft, text: str) -> None:
        self.reading.remarks.append(Remark(draft.source, text))


FINGERPRINTED = ("title", "body", "summary", "authors", "tags", "category", "cover")


def fingerprint(title, body, summary, authors, tags, category, cover, stage: str, at: datetime | None) -> str:
    """A digest of what an editor may have changed by hand."""
    names = [[term.name for term in terms or ()] for terms in (authors, tags)]
    parts = [
        " ".join(title.split()),
        body,
        summary,
        names,
        category and category.name,
        cover and cover.digest,
    ]
    parts += [stage, at and at.timestamp()]
    return sha256(json.dumps(parts).encode("utf-8", "replace")).hexdigest()


def state_of(entry: Entry) -> str:
    """The digest of an entry as it is now."""
    told = {name: getattr(entry, name, None) for name in FINGERPRINTED}
    return fingerprint(**told, stage=entry.stage, at=entry.published_at if entry.stage == PUBLISHED else None)


def place_in_menu(draft: Draft, entry: Entry) -> None:
    label, position = entry.title[:100], draft.weight or 0
    MenuItem.place(by=None, menu=draft.menu[:40], label=label, url=entry.url, position=position)


def reason_of(fault: Exception) -> str:
    """What went wrong, in one plain line."""
    match fault:
        case Refused():
            return fault.message
        case OSError():
            return f"the system will not read or keep it ({fault.strerror or fault})"
        case SQLAlchemyError():
            return f"the database does not take it ({first_line(getattr(fault, 'orig', None) or fault)})"
        case ArithmeticError():
            return f"it holds a number beyond measure ({first_line(fault)})"
        case _:
            return first_line(fault)


def first_line(fault: BaseException) -> str:
    return next(iter(str(fault).splitlines()), type(fault).__name__)


def published_at(draft: Draft, entry: Entry | None) -> datetime | None:
    """When it appears: as the source says, else when it first came in; None for a draft."""
    if draft.is_draft:
        return None
    if draft.opens_at and draft.opens_at > now():
        return draft.opens_at
    return draft.date or draft.opens_at or (entry and entry.published_at) or now()


def new_address(target: Target, stored: dict[Path, Media]) -> str | None:
    if isinstance(target, Path):
        return stored[target].url if target in stored else None
    return f"/{target.path}"
