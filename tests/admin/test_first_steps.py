"""The list of what to do first on a new site."""

from cms.models import Setting
from tests.factories import make_post, make_user, send_form

HOME = "/admin/"
TITLE = "First steps"


def test_a_new_owner_is_told_what_to_do_first(client, alice):
    page = client.get(HOME).text
    assert TITLE in page
    for address in ("/admin/settings/", "/admin/themes/", "/admin/users/new/"):
        assert f'class="step"><a href="{address}">' in page


def test_what_is_done_is_marked_and_the_list_goes_with_the_last(client, alice):
    Setting.change("name", "The Late Boat", by=None)
    make_user("eve")
    page = client.get(HOME).text
    assert page.count("step-done") == 2
    send_form(client, "/admin/themes/default/", use="yes")
    make_post()
    assert TITLE not in client.get(HOME).text


def test_who_may_do_none_of_it_sees_no_list(client, sign_in):
    sign_in("mo")
    assert TITLE not in client.get(HOME).text


def test_the_list_costs_one_statement(client, alice, queries):
    client.get(HOME)
    queries.clear()
    client.get(HOME)
    assert len([statement for statement in queries if "EXISTS" in statement and "setting" in statement]) == 1
