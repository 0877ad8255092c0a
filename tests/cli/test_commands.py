import pytest

from cms.db import session
from cms.models import User
from cms.models.setting import site
from tests.factories import make_post


@pytest.fixture
def run(app):
    def run_command(*words: str):
        session.commit()
        return app.test_cli_runner().invoke(args=list(words))

    return run_command


def test_setup_twice_changes_nothing(run):
    run("setup", "--admin", "ann@example.org")
    again = run("setup", "--admin", "ann@example.org")
    assert again.exit_code == 0
    assert "has an account already" in again.output
    assert session.query(User).count() == 1


def test_a_setting_is_changed_and_a_wrong_value_refused_with_its_help(run):
    assert run("settings", "set", "language", "de").exit_code == 0
    assert site.language == "de"
    refused = run("settings", "set", "language", "klingon")
    assert refused.exit_code == 1
    assert "en, en-GB, de" in refused.output


def test_a_theme_that_is_not_installed_is_refused(run):
    assert "installed are: default, plain" in run("settings", "set", "theme", "missing").output


def test_a_post_is_scheduled_in_the_sites_time_zone(run):
    post = make_post(published=False, slug="tide")
    run("settings", "set", "timezone", "Europe/Berlin")
    result = run("posts", "publish", "tide", "--at", "2030-07-01 12:00")
    assert "scheduled" in result.output
    assert post.published_at.isoformat() == "2030-07-01T10:00:00+00:00"


def test_the_life_of_a_post(run):
    make_post(published=False, slug="tide")
    acts = (["publish", "tide"], ["rename", "tide", "ebb"], ["archive", "ebb"], ["withdraw", "ebb"])
    for act in acts:
        assert run("posts", *act).exit_code == 0, act
    assert "/blog/ebb/" in run("posts", "list").output
    assert "trashed" in run("posts", "remove", "ebb").output


def test_a_review_on_the_command_line(run):
    post = make_post(published=False, slug="tide")
    assert "is review" in run("posts", "submit", "tide").output
    assert "/blog/tide/" in run("posts", "list", "--state", "review").output
    assert run("posts", "send-back", "tide", "").exit_code == 1
    assert "is draft" in run("posts", "send-back", "tide", "Shorter.").output
    session.refresh(post)
    assert [note.text for note in post.notes] == ["Shorter."]


def test_what_is_not_there_is_told(run):
    result = run("posts", "publish", "nothing")
    assert (result.exit_code, result.output.strip()) == (1, "Error: There is nothing at 'nothing'.")


def test_the_latest_events_are_shown(run):
    make_post()
    assert "entry.published" in run("activity").output


def test_every_command_says_what_it_does(run):
    for command in ("setup", "serve", "settings", "posts", "activity", "import", "demo", "create-admin"):
        assert run(command, "--help").output.splitlines()[2].strip()
