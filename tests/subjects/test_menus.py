"""Menus: what stands in them, and in which order."""

import pytest
from sqlalchemy import select

from cms.db import session
from cms.errors import Refused
from cms.models import Event, MenuItem
from cms.models.menu import MOST_ITEMS, items_of
from tests.factories import make_user, send_form, token_of

pytestmark = pytest.mark.usefixtures("app")
MENUS = "/admin/menus/"


def add(*labels: str, menu: str = "main") -> list[MenuItem]:
    return [MenuItem.add(by=None, menu=menu, label=label, url=f"/{label}/") for label in labels]


def labels(menu: str = "main") -> list[str]:
    return [item.label for item in items_of(menu)]


def move(client, item: MenuItem, to: int, way: str = ""):
    form = {"csrf_token": token_of(client, MENUS), "item": item.id, "to": to}
    return client.post(f"{MENUS}move/?way={way}", data=form)


@pytest.mark.parametrize(("to", "order"), [(1, "cab"), (2, "acb"), (3, "abc"), (-5, "cab"), (99, "abc")])
def test_an_item_goes_to_its_place(to, order):
    *_others, last = add("a", "b", "c")
    last.move(to, by=None)
    assert labels() == list(order)


def test_items_of_one_position_are_put_in_order_too():
    items = [MenuItem.place(by=None, menu="main", label=name, url=f"/{name}/", position=0) for name in "abc"]
    assert items == [None] * 3
    items_of("main")[2].move(1, by=None)
    assert labels() == ["c", "a", "b"]


def test_a_move_is_recorded_with_both_places():
    eve, item = make_user("eve"), add("a", "b", "c")[0]
    item.move(3, by=eve)
    item.move(3, by=eve)
    [event] = session.scalars(select(Event).where(Event.name == "menu.moved"))
    assert (event.actor, event.changes) == (eve, {"place": [1, 3]})


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:x", "//evil.example", "http://x.org", "x"]
)
def test_an_address_that_might_run_is_refused(url):
    with pytest.raises(Refused):
        MenuItem.add(by=None, menu="main", label="Bad", url=url)


@pytest.mark.parametrize("fields", [{"menu": "side"}, {"label": " "}, {"label": "x" * 101}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(Refused):
        MenuItem.add(by=None, **{"menu": "main", "label": "About", "url": "/about/", **fields})


def test_a_menu_holds_thirty_items():
    add(*(f"item-{number}" for number in range(MOST_ITEMS)))
    with pytest.raises(Refused):
        add("another")


def test_readers_see_the_new_order_at_once(client, eve):
    item = add("Herons", "Egrets")[1]
    assert client.get("/").text.index("Herons") < client.get("/").text.index("Egrets")
    assert move(client, item, 1).status_code == 303
    assert client.get("/").text.index("Egrets") < client.get("/").text.index("Herons")


@pytest.mark.parametrize(("to", "way", "focused"), [(2, "up", "up"), (1, "up", "down"), (4, "down", "up")])
def test_the_focus_stays_on_what_was_moved(client, eve, to, way, focused):
    item = add("a", "b", "c", "d")[2]
    page = client.get(move(client, item, to, way).location).text
    [button] = [part for part in page.split("<button") if " autofocus" in part]
    assert f"Move “c” {focused}" in button
    assert f"“c” is now item {to} of the menu." in page


@pytest.mark.parametrize(("to", "place"), [(99, 4), (-1, 1), (3, 3)])
def test_the_place_that_is_told_is_the_one_it_has(client, eve, to, place):
    item = add("a", "b", "c", "d")[2]
    assert f"“c” is now item {place} of the menu." in client.get(move(client, item, to).location).text


def test_an_item_is_added_changed_and_removed(client, eve):
    answer = send_form(client, f"{MENUS}new/", menu="footer", label="About us", url="/about/")
    assert answer.status_code == 303
    [item] = items_of("footer")
    send_form(client, f"{MENUS}{item.id}/edit/", label="Who we are", url="https://example.org/")
    session.expire_all()
    assert (item.label, item.url) == ("Who we are", "https://example.org/")
    send_form(client, f"{MENUS}{item.id}/delete/")
    assert items_of("footer") == []


def test_a_refused_item_stays_in_the_form(client, eve):
    answer = send_form(client, f"{MENUS}new/", menu="footer", label="About us", url="javascript:x")
    assert answer.status_code == 422
    assert 'value="About us"' in answer.text
    assert 'value="javascript:x"' in answer.text
    assert '<option value="footer" selected>' in answer.text


def test_a_double_press_adds_one_item(client, eve):
    page = client.get(f"{MENUS}new/").text
    form = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "form_key")
    }
    for _press in range(2):
        client.post(f"{MENUS}new/", data={**form, "menu": "main", "label": "About", "url": "/about/"})
    assert labels() == ["About"]
