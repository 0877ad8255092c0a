"""`flask demo`: the whole demonstration once, however often its loading is interrupted."""

import pytest
from sqlalchemy import func, select

from cms.db import session, unit_of_work
from cms.models import Author, Entry, Post, Setting, User
from cms.models.setting import site
from cms.transfer import demonstration, loading
from tests.factories import make_user

THERE = "The demonstration is there already."


@pytest.fixture
def accounts(instance):
    """Where the passwords are kept; neither they nor the marker outlive the test."""
    yield instance / demonstration.ACCOUNTS
    for name in (demonstration.ACCOUNTS, demonstration.MARKER):
        (instance / name).unlink(missing_ok=True)


@pytest.fixture
def content(tmp_path, monkeypatch, accounts):
    """A small demonstration of two posts."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "posts").mkdir()
    for name in ("dawn", "dusk"):
        text = f"---\ntitle: {name}\ndate: 2024-05-06\narchived: {str(name == 'dawn').lower()}\n---\nText"
        (tmp_path / "posts" / f"{name}.md").write_text(text)
    described = "{name: Lamps, tagline: T, description: D, language: en, accent: '', accent_dark: '', "
    described += "categories: {}, series: {}, menus: {}, authors: [{name: Ada Lumen, bio: Lights lamps.}]}"
    (tmp_path / "site.yaml").write_text(described)
    monkeypatch.setattr(demonstration, "CONTENT", tmp_path)
    return tmp_path


@pytest.fixture
def load(app):
    """Run the command; what it says."""

    def command() -> str:
        session.commit()
        return app.test_cli_runner().invoke(args=["demo"], catch_exceptions=False).output

    return command


def interrupt(*_args, **_options):
    raise KeyboardInterrupt


def number(kind: type) -> int:
    return session.scalar(select(func.count()).select_from(kind))


def test_the_demonstration_comes_in_once_and_its_passwords_are_for_the_owner(content, load, accounts):
    said = load()
    assert "2 posts" in said
    assert "The demonstration site is complete." in said
    assert (number(Entry), number(User), site.name) == (2, len(demonstration.CAST), "Lamps")
    assert accounts.stat().st_mode & 0o777 == 0o600
    kept = accounts.read_text()
    assert THERE in load()
    assert accounts.read_text() == kept


@pytest.mark.parametrize(
    "step", ["describe", "write_accounts", "load_texts", "archive_what_says_so", "place_menus", "sign"]
)
def test_an_interrupted_load_is_taken_up_again(content, load, accounts, monkeypatch, step):
    with monkeypatch.context() as interrupted:
        interrupted.setattr(demonstration, step, interrupt)
        assert "complete" not in load()
    assert "The demonstration site is complete." in load()
    assert (number(Entry), number(User)) == (2, len(demonstration.CAST))
    assert session.scalars(select(Post.stage).order_by(Post.title)).all() == ["archived", "published"]
    assert session.scalars(select(Author.description)).all() == ["Lights lamps."]
    assert len(accounts.read_text().splitlines()) == len(demonstration.CAST)
    assert THERE in load()


def test_texts_that_came_in_before_the_interruption_are_not_doubled(content, load, monkeypatch):
    written = loading.Loader.take_in

    def once(loader, draft):
        if number(Entry):
            raise KeyboardInterrupt
        return written(loader, draft)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(loading.Loader, "take_in", once)
        load()
    assert number(Entry) == 1
    assert "as the last time was interrupted" in load()
    assert number(Entry) == 2


def test_the_passwords_of_an_interrupted_load_stay_good(content, load, accounts, monkeypatch):
    with monkeypatch.context() as interrupted:
        interrupted.setattr(demonstration, "load_texts", interrupt)
        load()
    kept = accounts.read_text()
    load()
    assert accounts.read_text() == kept


@pytest.mark.parametrize("is_marked", [False, True])
def test_a_site_that_holds_anything_stays_as_it_is(content, load, accounts, is_marked):
    with unit_of_work():
        Setting.change("name", "Our own", by=None)
        make_user("ann", "admin")
    if is_marked:
        accounts.with_name(demonstration.MARKER).touch()
    assert "The site holds something of its own: no demonstration is loaded." in load()
    assert (number(Entry), number(User), site.name, accounts.exists()) == (0, 1, "Our own", False)
