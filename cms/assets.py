"""Static files: named by their content, compressed ahead, kept by browsers for a year.

Their owner is a theme, such as ``default``, or a package that brings files of its own, such as ``cms.admin``.
"""

import gzip
import mimetypes
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import brotli
from flask import Flask, Response, abort, current_app, request, send_file

from cms.config import ROOT
from cms.files import write_once

THEMES = ROOT / "themes"
PACKAGES = sorted(f"cms.{folder.parent.name}" for folder in (ROOT / "cms").glob("*/static"))
YEAR = 31_536_000  # seconds
COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".txt", ".webmanifest"}
ENCODINGS = {
    "br": lambda data: brotli.compress(data, quality=11),
    "gzip": lambda data: gzip.compress(data, 9, mtime=0),
}
LONGEST_NAME = 255  # bytes; no file system takes a longer one
CSS_URL = re.compile(r"""url\(["']?(?!data:|https?:|/|#)([^"')]+)["']?\)""")


def init_app(app: Flask) -> None:
    mimetypes.add_type("font/woff2", ".woff2")
    app.add_url_rule("/static/<path:name>", "static_file", serve_file)


def static_url(owner: str, name: str) -> str:
    """The address of the owner's file ``name``, or of the default theme's where it has none."""
    return "/static/" + published_names(current_app.config["INSTANCE"], owner)[name]


def publish(theme: str) -> None:
    """Write the files of the theme and the packages under their published names, compressed ones beside."""
    for owner in (theme, *PACKAGES):
        published_names(current_app.config["INSTANCE"], owner)


@cache
def published_names(instance: Path, owner: str) -> dict[str, str]:
    """``{"site.css": "default/site.0123456789.css"}``; style sheets come last, as they name other files."""
    names: dict[str, str] = {}
    files = {
        file.relative_to(folder).as_posix(): (whose, file)
        for whose, folder in folders(owner).items()
        for file in files_of(folder)
    }
    for name, (whose, file) in sorted(files.items(), key=lambda item: item[0].endswith(".css")):
        data = file.read_bytes()
        if file.suffix == ".css":
            data = with_published_urls(data.decode(), Path(name).parent.as_posix(), names).encode()
        published = Path(whose) / name
        digest = sha256(data).hexdigest()[:10]
        names[name] = published.with_name(f"{published.stem}.{digest}{published.suffix}").as_posix()
        write(instance / "static" / names[name], data)
    return names


def folders(owner: str) -> dict[str, Path]:
    """The folders of static files by owner, the owner's own last so that its files win."""
    return {
        name: (ROOT.joinpath(*name.split(".")) if name in PACKAGES else THEMES / name) / "static"
        for name in dict.fromkeys(("default", owner))
    }


def files_of(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.rglob("*")) if file.is_file()]


def with_published_urls(css: str, folder: str, names: dict[str, str]) -> str:
    def published(match: re.Match) -> str:
        name = match[1] if folder == "." else f"{folder}/{match[1]}"
        return f"url(/static/{names[name]})"

    return CSS_URL.sub(published, css)


def write(file: Path, data: bytes) -> None:
    """Keep a file and its compressed forms; the file comes last, so that where it is they are too."""
    if file.exists():
        return
    if file.suffix in COMPRESSIBLE:
        for encoding, compress in ENCODINGS.items():
            write_once(file.with_name(f"{file.name}.{encoding}"), compress(data))
    write_once(file, data)


def serve_file(name: str) -> Response:
    if len(name.encode()) > LONGEST_NAME:
        abort(404)
    root = (Path(current_app.config["INSTANCE"]) / "static").absolute()
    file = (root / name).resolve()
    if not file.is_relative_to(root.resolve()) or not file.is_file() or file.suffix[1:] in ENCODINGS:
        abort(404)
    encoding = next(
        (e for e in ENCODINGS if accepts(e) and file.with_name(f"{file.name}.{e}").exists()), None
    )
    sent = file.with_name(f"{file.name}.{encoding}") if encoding else file
    response = send_file(sent, mimetype=mimetypes.guess_type(file.name)[0], max_age=YEAR)
    response.cache_control.no_cache = None
    response.cache_control.public = response.cache_control.immutable = True
    if encoding:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    return response


def accepts(encoding: str) -> bool:
    return request.accept_encodings.quality(encoding) > 0
