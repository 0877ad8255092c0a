"""The colours of code can be read on light and on dark ground."""

import re

import pytest

from cms.markup import pygments_css
from cms.markup.colours import COLOURS

LIGHT, DARK = ("#ffffff", "#f0ebe0"), ("#16181d", "#2a2c31")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("kind", COLOURS)
def test_each_colour_stands_out_from_its_ground(kind):
    light, dark, _names = COLOURS[kind]
    assert min(contrast(light, ground) for ground in LIGHT) >= 4.5
    assert min(contrast(dark, ground) for ground in DARK) >= 4.5


def test_the_style_sheet_is_compact_and_names_no_class_twice():
    css = pygments_css()
    names = [
        name for rule in css.split("}") if "light-dark" in rule for name in re.findall(r"\.(\w+)[,)]", rule)
    ]
    assert len(css.encode()) < 1500
    assert len(names) == len(set(names))
