"""The menu: its groups, and who sees which."""

import re

from cms.admin.groups import GROUPS
from cms.admin.views import VIEWS


def menu(client) -> list[str]:
    """Headings and names of the menu, in their order."""
    nav = client.get("/admin/").text.split('<nav class="menu"')[1].split("</nav>")[0]
    return re.findall(r"<h2[^>]*>([^<]+)</h2>|<li><a[^>]*>([^<]+)</a>", nav)


def test_an_administrator_finds_every_view_under_its_group(client, alice):
    shown = [heading or name for heading, name in menu(client)]
    assert shown.index("Write") < shown.index("Calendar") < shown.index("Accounts")
    assert shown.index("Machine room") < shown.index("Jobs")


def test_a_group_without_anything_to_open_has_no_heading(client, sign_in):
    sign_in("mo")
    assert [heading for heading, _name in menu(client) if heading] == []


def test_every_view_stands_in_a_group():
    assert {view.group for view in VIEWS} <= GROUPS.keys()
