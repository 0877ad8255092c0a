"""Addresses: which may stand in a document, and in which form."""

import ipaddress
import re
from urllib.parse import quote

import nh3

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
PARTS = re.compile(r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?", re.DOTALL)
INVISIBLE = re.compile("[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]+")
EDGES = re.compile("^[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]+|[\x00-\x20]+$")
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*\.?", re.IGNORECASE)
NUMERIC = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)", re.IGNORECASE)
SAFE = "%!$&'()*+,;=:@/~"


def safe_url(value: str) -> str | None:
    """The address in a form that is valid and harmless, or None where there is none.

    Allowed are http, https, mailto, tel, relative addresses and `#anchors`. An address without a
    scheme that begins with two slashes (of either kind: browsers make no difference) gets https.
    """
    url = EDGES.sub("", re.sub(r"[\t\n\r]", "", value)).rstrip()
    if not url:
        return None
    if not (match := SCHEME.match(url)):
        return _without_scheme(url)
    scheme, rest = match[1].lower(), url[match.end() :]
    if scheme not in SCHEMES:
        return None
    if scheme in ("http", "https"):
        return _web(scheme, rest.replace("\\", "/"))
    return f"{scheme}:{_encoded(rest)}" if rest.strip() else None


def is_elsewhere(url: str) -> bool:
    """Whether an address that `safe_url` returned leads to another host."""
    return url.startswith(("http:", "https:"))


def _without_scheme(url: str) -> str | None:
    if re.match(r"[\\/]{2}", url):
        return _web("https", url.replace("\\", "/"))
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    if ":" in INVISIBLE.sub("", path).split("/", 1)[0]:
        return None
    return _encoded(url.replace("\\", "/") if "\\" in path else url)


def _web(scheme: str, rest: str) -> str | None:
    authority, slash, path = _split_authority(rest.lstrip("/"))
    host, colon, port = authority.rpartition("@")[2].partition(":")
    host = _host(host)
    if not rest.startswith("//") or host is None or (port and not (port.isascii() and port.isdigit())):
        return None
    if port and int(port[:6]) > 65535:
        return None
    return f"{scheme}://{host}{':' + port if port else ''}{_encoded(slash + path)}"


def _split_authority(rest: str) -> tuple[str, str, str]:
    end = re.search(r"[/?#]", rest)
    if not end:
        return rest, "", ""
    return rest[: end.start()], end[0], rest[end.end() :]


def _host(host: str) -> str | None:
    """The host in ASCII, or None where it is none that a browser would open."""
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    if len(name) > 253 or not HOST.fullmatch(name) or not _is_known_script(name):
        return None
    if NUMERIC.fullmatch(name.rstrip(".").rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            return None
    return name.lower()


def _is_known_script(name: str) -> bool:
    """Whether a host's encoded labels stand for letters: nh3's parser knows the rules of Unicode (UTS 46)."""
    return "xn--" not in name.lower() or "href=" in nh3.clean(f'<a href="https://{name}/">x</a>')


def _encoded(url: str) -> str:
    """Path, query and fragment with every character that may not stand there in percents."""
    match = PARTS.fullmatch(STRAY_PERCENT.sub("%25", url))
    assert match is not None
    query, fragment = match["query"] or "", match["fragment"] or ""
    return (
        quote(match["path"], safe=SAFE)
        + quote(query, safe=SAFE + "?")
        + ("#" + quote(fragment[1:], safe=SAFE + "?") if fragment else "")
    )
