"""The history of a text: what is kept of each save, and what of it shows."""

from datetime import timedelta

import pytest

from cms.db import session
from cms.errors import Refused
from cms.models import Event, Revision
from cms.models.entry import Clash
from cms.models.revision import FOLDED_FOR, LONGEST_REVISION_NAME, WINDOW
from tests.factories import make_page, make_post, make_user

pytestmark = pytest.mark.usefixtures("app")
NEARLY = WINDOW - timedelta(seconds=30)


@pytest.fixture
def eve():
    return make_user("eve")


@pytest.fixture
def post():
    return make_post(published=False, title="Tide", body="Low water.")


def shown(entry) -> list[int]:
    return [revision.number for revision in session.scalars(Revision.history_of(entry.id))]


def kept(entry) -> int:
    return session.query(Revision).filter_by(entry_id=entry.id).count()


def let_pass(entry, span: timedelta) -> None:
    """Date the last revision back, as if that much time had passed."""
    last = Revision.numbered(entry, entry.version)
    last.begun_at, last.saved_at = last.begun_at - span, last.saved_at - span


def test_a_text_that_nobody_changed_has_no_history(post):
    assert (post.version, kept(post)) == (1, 0)


def test_the_first_change_keeps_what_was_there_before(post, eve):
    post.revise(by=eve, body="High water.")
    assert [Revision.numbered(post, number).fields["body"] for number in (1, 2)] == [
        "Low water.",
        "High water.",
    ]
    assert shown(post) == [2, 1]


def test_a_save_that_changes_nothing_leaves_no_revision(post, eve):
    post.revise(by=eve, body="Low water.", title="Tide")
    assert (post.version, kept(post)) == (1, 0)


def test_saves_of_one_person_within_ten_minutes_show_as_one(post, eve):
    for number in range(5):
        post.revise(by=eve, body=f"Take {number}")
    assert shown(post) == [6, 1]
    assert kept(post) == 6
    assert Revision.numbered(post, 6).begun_at == Revision.numbered(post, 2).begun_at


def test_the_window_is_measured_from_the_first_save(post, eve):
    post.revise(by=eve, body="One")
    let_pass(post, NEARLY)
    post.revise(by=eve, body="Two")
    assert shown(post) == [3, 1]
    let_pass(post, timedelta(minutes=1))
    post.revise(by=eve, body="Three")
    assert shown(post) == [4, 3, 1]


def test_what_another_person_saves_shows_by_itself(post, eve):
    post.revise(by=eve, body="One")
    post.revise(by=make_user("alice"), body="Two")
    post.revise(by=eve, body="Three")
    assert shown(post) == [4, 3, 2, 1]


def test_nobodys_saves_are_never_folded(post):
    post.revise(by=None, body="One")
    post.revise(by=None, body="Two")
    assert shown(post) == [3, 2, 1]


def test_a_named_revision_is_never_folded(post, eve):
    post.revise(by=eve, body="One")
    Revision.numbered(post, 2).rename("  As sent to   the printer ", by=eve)
    post.revise(by=eve, body="Two")
    post.revise(by=eve, body="Three")
    assert shown(post) == [4, 2, 1]
    assert str(Revision.numbered(post, 2)) == "As sent to the printer"
    assert session.query(Event).filter_by(name="revision.named", actor_id=eve.id).count() == 1


def test_a_name_has_a_limit_and_can_be_taken_away(post, eve):
    post.revise(by=eve, body="One")
    revision = Revision.numbered(post, 2)
    with pytest.raises(Refused):
        revision.rename("x" * (LONGEST_REVISION_NAME + 1), by=eve)
    revision.rename("Kept", by=eve)
    revision.rename(" ", by=eve)
    assert str(revision) == "Revision 2"


def test_folded_revisions_are_forgotten_after_a_week(post, eve):
    for number in range(3):
        post.revise(by=eve, body=f"Take {number}")
    folded = Revision.numbered(post, 3)
    folded.folded_at -= FOLDED_FOR + timedelta(minutes=1)
    Revision.forget_folded()
    assert Revision.numbered(post, 3) is None
    assert Revision.numbered(post, 2)
    assert shown(post) == [4, 1]


def test_a_clash_is_refused_and_writes_nothing(post, eve):
    post.revise(by=make_user("alice"), based_on=1, body="Hers")
    with pytest.raises(Clash):
        post.revise(by=eve, based_on=1, body="Mine", slug="mine")
    assert (post.body, post.version, kept(post), post.slug) == ("Hers", 2, 2, "tide")
    assert session.query(Event).filter_by(name="entry.revised", actor_id=eve.id).count() == 0


def test_the_version_that_is_there_may_be_changed(post, eve):
    post.revise(by=eve, based_on=1, body="One")
    post.revise(by=eve, based_on=2, body="Two")
    assert (post.body, post.version) == ("Two", 3)


def test_taking_back_says_again_what_was_said_and_keeps_the_rest(post, eve):
    post.revise(by=eve, title="Tides", body="High water.", summary="Wet.", slug="tides")
    post.take_back(Revision.numbered(post, 1), by=eve)
    assert (post.title, post.body, post.summary, post.slug) == ("Tide", "Low water.", "", "tides")
    assert post.version == 3
    assert Revision.numbered(post, 2).fields["body"] == "High water."


def test_a_revision_of_another_text_is_not_taken_back(post, eve):
    post.revise(by=eve, body="High water.")
    with pytest.raises(Refused):
        make_post().take_back(Revision.numbered(post, 1), by=eve)


def test_everything_that_an_editor_can_change_is_kept(eve):
    post = make_post(tags=["Tide", "Boat"], authors=["Ann"], category="News", series="Lamps")
    post.revise(by=eve, summary="Wet.", series_position=3)
    fields = Revision.numbered(post, 2).fields
    assert (fields["tags"], fields["authors"]) == (["Tide", "Boat"], ["Ann"])
    assert (fields["category"], fields["series"], fields["series_position"]) == ("News", "Lamps", "3")
    page = make_page(parent=make_page())
    page.revise(by=eve, position=4)
    fields = Revision.numbered(page, 2).fields
    assert (fields["parent_id"], fields["position"]) == (page.parent.id, 4)


def test_the_history_of_one_text_is_not_that_of_another(post, eve):
    other = make_post()
    post.revise(by=eve, body="High water.")
    assert shown(other) == []
    assert Revision.numbered(other, 1) is None
