"""Foreign drawings are made safe."""

import pytest

from cms.images import read_picture
from cms.transfer import drawings

OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
)


@pytest.mark.parametrize(
    ("part", "removed"),
    [
        ("<script>alert(1)</script>", ["<script>"]),
        ("<g><foreignObject><b>x</b></foreignObject></g>", ["<foreignobject>"]),
        ('<g onload="x()"/>', ["onload"]),
        ('<a xlink:href="javascript:x()"><g/></a>', ["href"]),
        ('<image href="https://x.example/a.png"/>', ["href"]),
        ('<use href="other.svg#a"/>', ["href"]),
        ("<style>@import 'https://x.example/a.css'; g { fill: red }</style>", ["a style from elsewhere"]),
        ('<g style="fill: url(https://x.example/a)"/>', ["style"]),
        ('<animate attributeName="xlink:href" values="javascript:x()"/>', ["<animate>"]),
        ('<?xml-stylesheet href="a.css"?>', ["<?xml-stylesheet?>"]),
    ],
)
def test_what_could_act_is_taken_out(part, removed):
    clean, named = drawings.clean(f"{OPEN}{part}<path d='M0 0'/></svg>".encode())
    assert named == removed
    assert b"path" in clean
    assert b"x.example" not in clean
    assert read_picture(clean).extension == "svg"


@pytest.mark.parametrize(
    "part",
    [
        '<use href="#a"/>',
        '<g fill="url(#a)"/>',
        '<image href="data:image/png;base64,AA"/>',
        "<style>g{}</style>",
    ],
)
def test_a_safe_drawing_stays_byte_for_byte(part):
    data = f"{OPEN}{part}</svg>".encode()
    assert drawings.clean(data) == (data, [])


def test_text_behind_what_is_taken_out_stays():
    clean, _removed = drawings.clean(f"{OPEN}<text>a<script/>b</text></svg>".encode())
    assert b"<text>ab</text>" in clean


def test_a_broken_drawing_is_refused():
    with pytest.raises(ValueError, match="not well-formed"):
        drawings.clean(b"<svg><g></svg>")
