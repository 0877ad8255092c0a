"""Foreign drawings are made safe."""

import pytest

from cms.errors import Refused
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
        ("<style>@import 'https://x.example/a.css'; g { fill: red }</style>", ["<style>"]),
        ('<g style="fill: url(https://x.example/a)"/>', ["style"]),
        ('<animate attributeName="xlink:href" values="javascript:x()"/>', ["<animate>"]),
        ('<?xml-stylesheet href="a.css"?>', ["<?xml-stylesheet?>"]),
        ("<style>g { fill: u\\rl(https://x.example/a) }</style>", ["<style>"]),
        ("<style>@imp@import;ort 'https://x.example/a.css'</style>", ["<style>"]),
        ('<g style="fill: url(https://x.example/a"/>', ["style"]),
        ('<g fill="u\\72l(https://x.example/a)"/>', ["fill"]),
        ('<animate attributeName="src" to="https://x.example/a"/>', ["<animate>"]),
        ('<g fill="url(data:image/svg+xml,x.example)"/>', ["fill"]),
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
        "<g style=\"fill: url( '#a' )\"/>",
        '<g export-filename="C:\\lamps\\dusk.png"/>',
        '<g style="fill:url(data:image/png;base64,AA)"/>',
    ],
)
def test_a_safe_drawing_stays_byte_for_byte(part):
    data = f"{OPEN}{part}</svg>".encode()
    assert drawings.clean(data) == (data, [])
    assert read_picture(data).width == 9


def test_a_style_keeps_all_that_loads_nothing():
    style = "font-family: 'Lamp\\, Bold'; fill: url(https://x.example/a); stroke: red"
    clean, _removed = drawings.clean(f'{OPEN}<g style="{style}"/></svg>'.encode())
    assert b"font-family: 'Lamp, Bold'; fill: none; stroke: red" in clean


def test_what_stands_around_a_drawing_is_taken_out():
    around = '<?xml-stylesheet href="a.css"?><!DOCTYPE svg [<!ENTITY a "b">]>'
    clean, removed = drawings.clean(f"{around}{OPEN}<text>x&a;y</text></svg>".encode())
    assert removed == ["<!ENTITY>", "<?xml-stylesheet?>"]
    assert b"<text>xy</text>" in clean
    assert read_picture(clean).extension == "svg"


def test_text_behind_what_is_taken_out_stays():
    clean, _removed = drawings.clean(f"{OPEN}<text>a<script/>b</text></svg>".encode())
    assert b"<text>ab</text>" in clean


def test_a_broken_drawing_is_refused():
    with pytest.raises(ValueError, match="not well-formed"):
        drawings.clean(b"<svg><g></svg>")


@pytest.mark.parametrize("before", ["", "<!-- <!DOCTYPE svg> -->"])
def test_declarations_that_could_add_attributes_are_taken_out(before):
    drawing = f'{before}<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>{OPEN}</svg>'.encode()
    clean, removed = drawings.clean(drawing)
    assert removed == ["<!DOCTYPE […]>"]
    assert b"ATTLIST" not in clean
    with pytest.raises(Refused, match="DOCTYPE"):
        read_picture(drawing)


def test_a_document_type_without_declarations_may_stay():
    kind = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    data = f'<?xml version="1.0"?>\n<!-- a lamp -->{kind}{OPEN}</svg>'.encode()
    assert drawings.clean(data) == (data, [])
    assert read_picture(data).width == 9
