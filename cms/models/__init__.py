"""The one model layer that every feature shares."""

from cms.models.entry import Entry
from cms.models.event import Event
from cms.models.media import Media
from cms.models.menu import MenuItem
from cms.models.page import Page
from cms.models.post import Byline, Post, Tagging
from cms.models.redirect import Redirect
from cms.models.setting import Setting, site
from cms.models.term import Author, Category, Series, Tag
from cms.models.user import Role, User

__all__ = [
    "Author",
    "Byline",
    "Category",
    "Entry",
    "Event",
    "Media",
    "MenuItem",
    "Page",
    "Post",
    "Redirect",
    "Role",
    "Series",
    "Setting",
    "Tag",
    "Tagging",
    "User",
    "site",
]
