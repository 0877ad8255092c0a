"""Redirects as people ask for them: looked at against the pages that there are, and against circles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from cms import signals
from cms.db import session
from cms.errors import Refused
from cms.models.base import difference, readable
from cms.models.entry import Entry
from cms.models.link import UNPRINTED, accepted_link, on_this_site
from cms.models.redirect import GONE, LONGEST_PATH, Redirect
from cms.models.term import Author, Category, Series, Tag
from cms.models.user import User

AT_ONCE = 500  # addresses in a statement
LONGEST_WAY = 20  # redirects, one leading to the other


@dataclass(frozen=True)
class Way:
    """An accepted redirect: ``path`` as it is looked up; no ``target`` says that the page is gone."""

    path: str
    target: str
    entry: Entry | None


class Ways:
    """What is known around some wishes ``(path, target)``, so that many ask the database as often as one."""

    def __init__(self, wishes: list[tuple[str, str]]):
        keys = {key for wish in wishes for key in map(key_of, wish) if key}
        self.entries = {entry.path.strip("/"): entry for entry in entries_at(keys)}
        public = {key for key, entry in self.entries.items() if entry.is_public_now}
        self.pages = public | terms_at(keys)
        self.redirects: dict[str, Redirect] = {}
        self._look_further(keys)
        self.leads = {path: found.leads_to or "" for path, found in self.redirects.items()}

    def _look_further(self, keys: set[str]) -> None:
        """Find the redirects at these addresses, and where they lead, and on from there."""
        for _step in range(LONGEST_WAY):
            found = redirects_at(keys)
            self.redirects |= found
            keys = {key_of(redirect.leads_to or "") for redirect in found.values()} - self.redirects.keys()
            if not keys - {""}:
                return

    def accept(self, path: str, target: str) -> Way:
        """The redirect as it can be set, to be reckoned with from now on; raises `Refused` where it can't."""
        key = accepted_path(path)
        if key in self.pages:
            raise Refused(_("There is a page at /%(path)s; a redirect would never be used.", path=key))
        target = accepted_link(target) if target.strip() else ""
        self._refuse_circle(key, target)
        self.leads[key] = target
        return Way(key, target, self.entries.get(key_of(target)))

    def _refuse_circle(self, path: str, target: str) -> None:
        """Follow the way until it ends at a page; one that comes back to its start never does."""
        seen, at = [f"/{path}"], target
        while key := key_of(at):
            seen.append(at)
            if key == path or len(seen) > LONGEST_WAY:
                raise Refused(_("It would lead round in a circle: %(way)s.", way=" → ".join(seen[:6])))
            at = "" if key in self.pages else self.leads.get(key, "")

    def is_so(self, way: Way) -> bool:
        """Whether the address answers like this already."""
        found = self.redirects.get(way.path)
        return found is not None and (found.leads_to or "") == (way.entry.url if way.entry else way.target)

    def set(self, ways: list[Way], *, by: User | None) -> list[Redirect]:
        """Store accepted redirects, with one event for each that changes anything."""
        rows = [self.redirects.get(way.path) or Redirect(path=way.path) for way in ways]
        before = [row.snapshot() for row in rows]
        for row, way in zip(rows, ways, strict=True):
            row.status, row.entry = (301 if way.target else GONE), way.entry
            row.target = None if way.entry else way.target or None
        session.add_all(rows)
        session.flush()
        tell_changes(rows, before, by)
        return rows


def lead(path: str, target: str, *, by: User | None, anew: bool = False) -> Redirect:
    """Let ``path`` lead to ``target``, an address of this site or one with https://; to none: it is gone.

    Where it leads somewhere already, ``anew`` is refused.
    """
    ways = Ways([(path, target)])
    way = ways.accept(path, target)
    if anew and way.path in ways.redirects:
        raise Refused(_("There is a redirect at /%(path)s already.", path=way.path))
    return ways.set([way], by=by)[0]


def tell_changes(rows: list[Redirect], before: list[dict], by: User | None) -> None:
    name = signals.redirect_set.name
    for row, earlier in zip(rows, before, strict=True):
        if changes := difference(earlier, row.snapshot()):
            signals.redirect_set.send(row, event=name, by=by, changes=changes)


def accepted_path(text: str) -> str:
    """A path of this site as redirects are looked up; raises `Refused` where it is none."""
    key = key_of(text)
    parts = parts_of(text)
    if not key or parts.query or parts.fragment or UNPRINTED.search(key) or len(key) > LONGEST_PATH:
        raise Refused(_("“%(path)s” is no path of this site, such as /old/page/.", path=text[:100]))
    return key


def key_of(text: str) -> str:
    """The path in ``text`` as redirects are looked up; empty where it is no address of this site."""
    parts = parts_of(text)
    return "" if parts.scheme or parts.netloc else Redirect.key(unquote(parts.path))


def parts_of(text: str):
    try:
        return urlsplit(on_this_site(readable(text).strip()))
    except ValueError:
        return urlsplit("")


def entries_at(keys: Iterable[str]) -> Iterator[Entry]:
    columns = load_only(Entry.path, Entry.stage, Entry.published_at)
    for paths in batches(f"{key}/" for key in keys):
        yield from session.scalars(select(Entry).where(Entry.path.in_(paths)).options(columns))


def terms_at(keys: Iterable[str]) -> set[str]:
    """Those of the addresses at which there are posts of a tag, an author, a category or a series."""
    found = set()
    for kind in (Tag, Author, Category, Series):
        head = f"{kind.section}/"
        for slugs in batches(key.removeprefix(head) for key in keys if key.startswith(head)):
            found |= {head + slug for slug in session.scalars(select(kind.slug).where(kind.slug.in_(slugs)))}
    return found


def redirects_at(keys: Iterable[str]) -> dict[str, Redirect]:
    entry = joinedload(Redirect.entry).load_only(Entry.path, Entry.stage, Entry.published_at)
    found = {}
    for paths in batches(keys):
        rows = session.scalars(select(Redirect).where(Redirect.path.in_(paths)).options(entry))
        found |= {row.path: row for row in rows}
    return found


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    every = list(texts)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
