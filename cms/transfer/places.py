"""The new address of each draft, the same on every run."""

import posixpath
from collections.abc import Mapping

from slugify import slugify

from cms.models.base import numbered
from cms.models.page import DEEPEST
from cms.models.term import LONGEST_SLUG
from cms.transfer.draft import Draft


def settle(drafts: list[Draft], kept: Mapping[str, str], taken: set[str]) -> None:
    """Give each draft its ``path``, ``slug`` and, for pages, ``parent``.

    ``kept`` has the paths of those that came in before, by source; ``taken`` all paths that are in use. The
    others get theirs in the order of their sources; a second one of the same name is numbered.
    """
    taken = taken | set(kept.values())
    pages = {
        address: draft for draft in drafts if draft.kind == "page" for address in draft.old_addresses[:1]
    }
    for draft in sorted(drafts, key=lambda draft: (depth(draft), draft.source)):
        draft.parent = parent_of(draft, pages) if draft.kind == "page" else None
        folder = "blog/" if draft.kind == "post" else draft.parent.path if draft.parent else ""
        wish = slugify(draft.slug, max_length=LONGEST_SLUG) or slugify(draft.title, max_length=LONGEST_SLUG)
        draft.path = kept.get(draft.source) or free(folder, wish or draft.kind, taken)
        draft.slug = posixpath.basename(draft.path.rstrip("/"))
        taken.add(draft.path)


def depth(draft: Draft) -> int:
    """Pages above others come first, as theirs is part of the address of those below."""
    return draft.old_addresses[0].count("/") if draft.kind == "page" and draft.old_addresses else 0


def parent_of(draft: Draft, pages: Mapping[str, Draft]) -> Draft | None:
    """The page whose address the page's own continues, if that one has its place and is not too deep."""
    own = draft.old_addresses[0] if draft.old_addresses else ""
    above = pages.get(posixpath.dirname(own).removesuffix(".html")) if "/" in own else None
    return above if above is not draft and above and above.path and above.path.count("/") < DEEPEST else None


def free(folder: str, slug: str, taken: set[str]) -> str:
    """The first path below ``folder`` made of ``slug`` that nothing has."""
    return next(path for path in (f"{folder}{name}/" for name in numbered(slug)) if path not in taken)
