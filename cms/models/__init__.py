"""The one model layer that every feature shares."""

from cms.models.entry import Entry
from cms.models.event import Event
from cms.models.job import Job
from cms.models.mail import Mail
from cms.models.media import Media
from cms.models.menu import MenuItem
from cms.models.note import Note
from cms.models.once import Once
from cms.models.page import Page
from cms.models.passkey import Passkey
from cms.models.post import Byline, Post, Tagging
from cms.models.redirect import Redirect
from cms.models.redirect_sheet import RedirectSheet
from cms.models.revision import Revision
from cms.models.role import ACTS, Permission, Role
from cms.models.saved_search import SavedSearch
from cms.models.setting import Setting, site
from cms.models.sign_in import SignIn
from cms.models.snippet import Snippet
from cms.models.term import Author, Category, Series, Tag
from cms.models.trashed import Trashed
from cms.models.unsaved import Unsaved
from cms.models.user import User

__all__ = [
    "ACTS",
    "Author",
    "Byline",
    "Category",
    "Entry",
    "Event",
    "Job",
    "Mail",
    "Media",
    "MenuItem",
    "Note",
    "Once",
    "Page",
    "Passkey",
    "Permission",
    "Post",
    "Redirect",
    "Revision",
    "RedirectSheet",
    "Role",
    "SavedSearch",
    "Series",
    "Setting",
    "SignIn",
    "Snippet",
    "Tag",
    "Tagging",
    "Unsaved",
    "Trashed",
    "User",
    "site",
]
