"""How the tests read HTML: with the standard library's parser, which shares nothing with the package."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The tags of a piece of HTML, its ids, and the text inside each `code` of a block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.code: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _tag, attributes in self.tags if "id" in attributes]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.open.append(tag)
        if self.open[-2:] == ["pre", "code"]:
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "code" in self.open and "pre" in self.open:
            self.code[-1] += data
