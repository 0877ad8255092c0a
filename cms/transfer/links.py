"""Links and pictures of imported texts: where they led, and where that is now."""

import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cms.transfer import tree
from cms.transfer.draft import Draft
from cms.transfer.markdown import Reading, clean_address

INLINE = re.compile(r"(\]\([ \t]*)(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)")
DEFINITION = re.compile(
    r"^([ \t>]*+\[(?!\^)[^\]\n]{1,999}+\]:[ \t]*+\n?+[ \t]*+)(<[^<>\n]*>|[^\s<>]+)", re.MULTILINE
)
TARGET = re.compile(r"\]\([ \t]*+(<[^<>\n]*>|[^\s()]+)")
LONGEST_ALT = 999  # characters
AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
TAG = re.compile(r"<(?:img|a|source|video|audio|link)\b[^<>]{0,5000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""(\s(?:src|href|poster)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
STATIC = ("static", "assets", "public")

Target = Draft | Path


class Links:
    """Every address and file of a site that was read, and what is there."""

    def __init__(self, reading: Reading):
        self.site = reading.site
        self.sources = {draft.source: draft for draft in reading.drafts}
        self.addresses = {path: draft for draft in reversed(reading.drafts) for path in draft.old_addresses}
        self.names = named_sources(reading.drafts)
        self.files = {item.path: item.file for item in reading.files if not item.is_text}
        self.bundles = {
            posixpath.dirname(path): draft for path, draft in self.sources.items() if is_bundle(path)
        }
        self.beside: dict[str, list[str]] = {}
        for path in self.files:
            self.beside.setdefault(self.bundle_of(path), []).append(path)
        self.published = dict(static_files(reading))
        self.published |= {self.address_of(path): file for path, file in self.files.items()}

    def bundle_of(self, path: str) -> str:
        """The closest folder above a file that has a text of its own."""
        folder = posixpath.dirname(path)
        while folder and folder not in self.bundles:
            folder = posixpath.dirname(folder)
        return folder

    def address_of(self, path: str) -> str:
        """The address at which a file stood: below that of the text it lies beside, else its own path."""
        folder = self.bundle_of(path)
        bundle = self.bundles.get(folder)
        if bundle is None or not bundle.old_addresses:
            return path
        return posixpath.join(bundle.old_addresses[0], path[len(folder) :].lstrip("/"))

    def companions(self, draft: Draft) -> dict[str, Path]:
        """The pictures in the folder of a text that has one of its own: old address -> file."""
        folder = posixpath.dirname(draft.source)
        paths = self.beside.get(folder, []) if folder and is_bundle(draft.source) else []
        pictures = [path for path in paths if posixpath.splitext(path)[1].lower() in tree.PICTURES]
        return {self.address_of(path): self.files[path] for path in pictures}

    def resolve(self, draft: Draft, link: str) -> tuple[Target, str] | None:
        """What ``link`` in a text led to inside the site, and its anchor; None for all else."""
        path, _, anchor = link.partition("#")
        if not path:
            return None
        if path.startswith("@/"):
            found = self.resolve_name(draft, unquote(path[2:]))
        elif SCHEME.match(path):
            found = self.resolve_absolute(path)
        else:
            found = self.resolve_path(draft, unquote(path.split("?")[0]))
        return (found, f"#{anchor}" if anchor else "") if found else None

    def resolve_name(self, draft: Draft, name: str) -> Target | None:
        """A reference by the name of a file: from the root, from the folder, or by the name alone."""
        path = name.strip("/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(draft.source), path))
        for key in (path, beside, posixpath.basename(path)):
            if found := self.sources.get(key) or self.names.get(bare(key)):
                return found
        return self.addresses.get(path)

    def resolve_absolute(self, address: str) -> Target | None:
        try:
            parts = urlsplit(address)
        except ValueError:  # it is no address, so it leads nowhere
            return None
        if not self.site.host or parts.netloc.lower() != self.site.host:
            return None
        return self.at_address(parts.path)

    def resolve_path(self, draft: Draft, path: str) -> Target | None:
        """A path from the root; or from the file, from the address, or from above the address."""
        if path.startswith("/"):
            return self.at_address(path)
        own = draft.old_addresses[0] if draft.old_addresses else ""
        file = joined(posixpath.dirname(draft.source), path)
        if found := self.sources.get(file) or self.files.get(file):
            return found
        return self.at_address(joined(own, path)) or self.at_address(joined(posixpath.dirname(own), path))

    def at_address(self, address: str) -> Target | None:
        key = clean_address(unquote(address), self.site)
        return self.addresses.get(key) or self.published.get(key)

    def rewrite(self, draft: Draft, new_address: Callable[[Target], str | None]) -> str:
        """The text of ``draft``, its code back in place and its links leading where things are now."""

        def moved(link: str) -> str:
            inside = link[1:-1] if link[:1] in ("<", '"', "'") and link[-1:] in (">", '"', "'") else link
            found = self.resolve(draft, inside.strip())
            address = new_address(found[0]) if found else None
            return link if address is None else link.replace(inside, address + found[1])

        def moved_group(found: re.Match) -> str:
            return found[1] + moved(found[2])

        def spelled_out(found: re.Match) -> str:
            address = moved(found[1])
            return found[0] if address == found[1] else f"[{found[1]}]({address})"

        text = draft.body
        for pattern in (INLINE, DEFINITION):
            text = pattern.sub(moved_group, text)
        text = AUTOLINK.sub(spelled_out, text)
        text = TAG.sub(lambda tag: ATTRIBUTE.sub(moved_group, tag[0]), text)
        return draft.verbatim.restore(text)

    def missing(self, draft: Draft) -> list[str]:
        """The pictures that a text shows from its own site and that are not there."""
        shown = [
            found[1].strip("<>")
            for found in TARGET.finditer(draft.body)
            if ends_picture(draft.body, found.start())
        ]
        shown += [draft.cover] if draft.cover else []
        own = [link for link in dict.fromkeys(shown) if "\0" not in link and not SCHEME.match(link)]
        return [link for link in own if self.resolve(draft, link) is None]


def ends_picture(text: str, at: int) -> bool:
    """Whether the bracket that closes at ``at`` is that of a picture: ``![…]``."""
    before = text[max(0, at - LONGEST_ALT - 2) : at]
    return "![" in before[max(before.rfind("]"), before.rfind("\n")) + 1 :]


def named_sources(drafts: list[Draft]) -> dict[str, Draft]:
    """Drafts by the names that references use: with folders and without, without date and ending."""
    names: dict[str, Draft] = {}
    for draft in reversed(drafts):
        key = bare(draft.source)
        names |= {posixpath.basename(key): draft}
    return names | {bare(draft.source): draft for draft in drafts}


def bare(path: str) -> str:
    """A path without its ending, and without the index that stands for its folder."""
    path = re.sub(r"\.(md|markdown|mdown|mkd)$", "", path.strip("/"))
    path = re.sub(r"(^|/)_?index(\.[a-z]{2})?$", "", path)
    return re.sub(r"^_posts/", "", path)


def is_bundle(source: str) -> bool:
    return posixpath.splitext(posixpath.basename(source))[0].split(".")[0] in ("index", "_index")


def static_files(reading: Reading) -> list[tuple[str, Path]]:
    """The files that a generator copies to the root of the site, by address."""
    site = reading.site
    if site.root == site.content:
        return [(item.path.removeprefix("static/"), item.file) for item in reading.files if not item.is_text]
    found = []
    for name in STATIC:
        if (site.root / name).is_dir() and not (site.root / name).is_symlink():
            found += [(item.path, item.file) for item in tree.walk(site.root / name, reading.remarks)]
    return [(path, file) for path, file in found if file.suffix.lower() not in tree.MARKDOWN]


def joined(folder: str, path: str) -> str:
    """``path`` seen from ``folder``; what would climb above the root stays at the root."""
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
