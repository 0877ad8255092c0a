"""A foreign site for each test: a few small files in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cms.transfer import places
from cms.transfer.draft import Draft
from cms.transfer.links import Links
from cms.transfer.markdown import Reading, read


class Foreign:
    """A folder that holds a site from elsewhere."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, path: str, content: str | bytes) -> "Foreign":
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def read(self, **options) -> Reading:
        reading = read(self.folder, **options)
        places.settle(reading.drafts, {}, set())
        return reading

    def draft(self, path: str | None = None) -> Draft:
        """The draft of the file at ``path``, or of the only one there is."""
        reading = self.read()
        assert reading.failures == []
        return next(draft for draft in reading.drafts if path in (None, draft.source))

    def text(self, path: str | None = None) -> str:
        """What becomes of a body: links to texts lead to their path, those to files to ``/media/NAME``."""
        reading = self.read()
        draft = next(draft for draft in reading.drafts if path in (None, draft.source))
        return Links(reading).rewrite(draft, media_by_name)


def media_by_name(target: Draft | Path) -> str:
    return f"/media/{target.name}" if isinstance(target, Path) else f"/{target.path}"


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / "elsewhere")


@pytest.fixture
def body(foreign: Foreign) -> Callable[[str, str], str]:
    """A function that tells what becomes of one body in a dialect."""
    configurations = {
        "zola": ("config.toml", 'base_url = "https://lantern.example"', "content/dusk.md"),
        "hugo": ("hugo.toml", 'baseURL = "https://lantern.example/"', "content/posts/dusk.md"),
        "jekyll": ("_config.yml", "url: https://lantern.example", "_posts/2024-05-06-dusk.md"),
    }

    def translated(dialect: str, text: str) -> str:
        name, configuration, path = configurations[dialect]
        foreign.put(name, configuration).put(path, f"---\ntitle: Dusk\ndate: 2024-05-06\n---\n{text}")
        return foreign.text().strip("\n")

    return translated
