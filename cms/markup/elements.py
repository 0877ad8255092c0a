"""Which elements there are, where each may stand, and which element stands in for an obsolete one.

The content model is that of the HTML standard (html.spec.whatwg.org, "Kinds of content"), with the
elements that a body of text needs.
"""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset({"br", "hr", "iframe", "img", "input", "wbr"})
PHRASING = frozenset(
    [
        "a",
        "abbr",
        "audio",
        "b",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "mark",
        "progress",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "video",
        "wbr",
    ]
)
BLOCKS = (
    frozenset(
        [
            "aside",
            "blockquote",
            "details",
            "div",
            "dl",
            "figure",
            "hr",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "ul",
        ]
    )
    | HEADINGS
)
PARTS = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "caption": ("table",),
    "thead": ("table",),
    "tbody": ("table",),
    "tfoot": ("table",),
    "tr": ("tbody", "thead", "tfoot", "table"),
    "td": ("tr", "tbody", "thead", "tfoot", "table"),
    "th": ("tr", "tbody", "thead", "tfoot", "table"),
    "summary": ("details",),
    "figcaption": ("figure",),
}
"""Elements that live in certain wholes only."""

HOMES = {"tr": ("tbody", "thead", "tfoot"), "td": ("tr",), "th": ("tr",)}
"""Where a part stands directly, if not in every whole that may hold it."""

CELLS = frozenset({"caption", "td", "th"})
"""What ends the reach of a tag: a list in a cell does not close a list around the table."""

TRUSTED = PHRASING | BLOCKS | frozenset(PARTS)
MEMBERS = TRUSTED - {
    "audio",
    "details",
    "figcaption",
    "figure",
    "iframe",
    "progress",
    "section",
    "summary",
    "video",
}

IMPLIED = {
    "ul": "li",
    "ol": "li",
    "dl": "dd",
    "table": "tbody",
    "thead": "tr",
    "tbody": "tr",
    "tfoot": "tr",
    "tr": "td",
}
"""The part that begins by itself where something else stands directly in the whole."""

TRANSPARENT = frozenset({"a", "ins", "del"})
ACTIVE = HEADINGS | {"a", "audio", "details", "iframe", "input", "pre", "table", "video"}
"""What a link may not hold: what can be used itself (headings get a link, tables and code scroll)."""

FLOW_PARENTS = frozenset(
    [
        "aside",
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dt",
        "figcaption",
        "figure",
        "li",
        "section",
        "td",
        "th",
    ]
)
BARE = {
    "caption": {"table"},
    "dfn": {"dfn"},
    "dt": HEADINGS | {"aside", "section"},
    "progress": {"progress"},
    "th": HEADINGS | {"aside", "section"},
}
"""What an element may not hold at any depth."""

MODERN = {
    "acronym": "abbr",
    "address": "div",
    "article": "div",
    "center": "div",
    "dir": "ul",
    "footer": "div",
    "header": "div",
    "listing": "pre",
    "main": "div",
    "menu": "ul",
    "nav": "div",
    "strike": "s",
    "tt": "code",
}
OTHERS = frozenset(
    [
        "applet",
        "area",
        "base",
        "basefont",
        "bdi",
        "bgsound",
        "big",
        "blink",
        "body",
        "button",
        "canvas",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dialog",
        "embed",
        "fieldset",
        "font",
        "form",
        "frame",
        "frameset",
        "hgroup",
        "html",
        "image",
        "isindex",
        "keygen",
        "label",
        "legend",
        "link",
        "map",
        "marquee",
        "meta",
        "meter",
        "multicol",
        "nobr",
        "noembed",
        "noframes",
        "object",
        "optgroup",
        "option",
        "output",
        "param",
        "picture",
        "plaintext",
        "rb",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "search",
        "slot",
        "source",
        "spacer",
        "textarea",
        "track",
        "xmp",
    ]
)
"""Elements of HTML that a body may not use: the tag is left out, its text stays."""
