"""Markdown -> clean HTML. Everything that a reader sees of a text passes through here, when it is written."""

from cms.markup.anchors import Heading
from cms.markup.colours import pygments_css
from cms.markup.render import Rendered, clean, render
from cms.markup.text import plain_text

__all__ = ["Heading", "Rendered", "clean", "plain_text", "pygments_css", "render"]
