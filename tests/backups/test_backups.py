"""A backup brings the whole site back, and nothing that is no backup gets in."""

import io
import json
import os
import stat
import tarfile
from contextvars import Context
from pathlib import Path

import pytest
from flask import Flask

from cms.backups import record
from cms.backups.jobs import make_backup
from cms.backups.making import back_up
from cms.backups.restoring import put_back
from cms.cli.setup import prepare
from cms.db import db, session, unit_of_work
from cms.errors import Refused
from cms.models import Media, Setting
from cms.models.setting import stored_settings
from tests.apps import another_app
from tests.databases import new_database

DOT = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def site(tmp_path):
    """A site of its own, with a name and a picture."""
    instance = tmp_path / "site"
    with new_database(tmp_path) as url, another_app(instance, DATABASE_URL=url) as app, app.app_context():
        prepare()
        with unit_of_work():
            Setting.change("name", "The Late Boat", by=None)
            Media.store(DOT, "dot.svg", by=None)
        session.remove()
        yield app
        session.remove()


def run(app: Flask, *words: str):
    """Run a command as a process of its own would, in no context of ours."""
    return Context().run(app.test_cli_runner().invoke, args=list(words))


def backup_in(folder: Path) -> Path:
    [file] = folder.glob("broadside-*.tar.gz")
    return file


def archive(folder: Path, **members: bytes) -> Path:
    """A file like a backup that holds ``members``."""
    file = folder / "other.tar.gz"
    with tarfile.open(file, "w:gz") as made:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    return file


def test_a_backup_holds_everything_and_is_for_its_owner_alone(site, tmp_path):
    assert run(site, "backup", str(tmp_path / "kept")).exit_code == 0
    file = backup_in(tmp_path / "kept")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as opened:
        names = set(opened.getnames())
    assert {"secret-key", "password-salt", "second-factor-key"} <= names
    assert {"database.sqlite", "database.dump"} & names
    assert any(name.startswith("uploads/") and len(name) > 60 for name in names)
    assert os.listdir(tmp_path / "kept") == [file.name]


def test_a_backup_brings_the_site_back(site, tmp_path):
    run(site, "backup", str(tmp_path / "kept"))
    with unit_of_work():
        Setting.change("name", "Spoilt", by=None)
        session.query(Media).delete()
    session.remove()
    file = str(backup_in(tmp_path / "kept"))
    assert "There is a site here already" in run(site, "restore", file).output
    assert run(site, "restore", "--replace", file).exit_code == 0
    assert stored_settings()["name"] == "The Late Boat"
    assert session.query(Media).one().file.read_bytes() == DOT


def test_what_was_read_before_is_not_in_the_way_of_a_backup(site, tmp_path):
    made = back_up(tmp_path / "kept")
    with unit_of_work():
        Setting.change("name", "Spoilt", by=None)
    assert stored_settings()["name"] == "Spoilt"
    list(put_back(Path(made.file), replace=True))
    assert stored_settings()["name"] == "The Late Boat"


def test_a_backup_makes_a_new_site(site, tmp_path):
    run(site, "backup", str(tmp_path / "kept"))
    secret = (tmp_path / "site" / "secret-key").read_text()
    folder = tmp_path / "empty"
    folder.mkdir()
    with new_database(folder) as url, another_app(tmp_path / "new", DATABASE_URL=url) as app:
        assert run(app, "restore", str(backup_in(tmp_path / "kept"))).exit_code == 0
        assert (tmp_path / "new" / "secret-key").read_text() == secret
        with app.app_context():
            assert stored_settings()["name"] == "The Late Boat"
            session.remove()


def test_the_newest_backups_stay(site, tmp_path, monkeypatch):
    monkeypatch.setitem(site.config, "BACKUP_KEEP", 2)
    monkeypatch.setitem(site.config, "SITE_URL", "https://boats.example")
    folder = tmp_path / "kept"
    others = {"holiday.jpeg", "broadside-boats.example-uk-20240101T000000Z.tar.gz"}
    ours = [f"broadside-boats.example-202501{day}T000000Z.tar.gz" for day in ("01", "02", "03")]
    folder.mkdir()
    for name in (*others, *ours):
        (folder / name).touch()
    made = Path(back_up(folder).file)
    assert {file.name for file in folder.iterdir()} == {*others, ours[-1], made.name}


def test_sites_that_share_a_folder_leave_each_other_alone(site, tmp_path, monkeypatch):
    monkeypatch.setitem(site.config, "BACKUP_KEEP", 1)
    for address in ("https://one.example", "https://two.example", "http://two.example:8001"):
        monkeypatch.setitem(site.config, "SITE_URL", address)
        back_up(tmp_path / "kept")
        long_ago = tmp_path / "kept" / ".unfinished-one.example-abcd_123"
        long_ago.mkdir(exist_ok=True)
        os.utime(long_ago, (0, 0))
    assert len(list((tmp_path / "kept").glob("broadside-*.tar.gz"))) == 3
    assert long_ago.exists()
    monkeypatch.setitem(site.config, "SITE_URL", "https://one.example")
    back_up(tmp_path / "kept")
    assert not long_ago.exists()


def test_what_was_done_is_written_down(site, tmp_path):
    made = back_up(tmp_path / "kept")
    assert record.last() == made
    assert made.size == Path(made.file).stat().st_size


def test_an_attempt_that_fails_is_told_and_leaves_nothing(site, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Refused):
        back_up(tmp_path / "file")
    assert record.last().error
    assert record.last().made_at is None


def test_the_backup_of_the_night_needs_a_folder(site, tmp_path, monkeypatch):
    make_backup()
    assert record.last().made_at is None
    monkeypatch.setitem(site.config, "BACKUP_DIR", tmp_path / "kept")
    make_backup()
    assert backup_in(tmp_path / "kept")


def test_a_record_that_nobody_can_read_counts_as_none(site):
    for text in ("", "[]", "{", json.dumps({"colour": "red"})):
        record.path().write_text(text)
        assert record.last().made_at is None


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "uploads/../../outside", "instance.py", "static/site.js"]
)
def test_what_is_no_backup_is_refused_and_writes_nothing(site, tmp_path, name):
    answer = run(site, "restore", "--replace", str(archive(tmp_path, **{name: b"x"})))
    assert answer.exit_code == 1
    assert "is no backup of Broadside" in answer.output
    assert not (tmp_path / "outside").exists()
    assert stored_settings()["name"] == "The Late Boat"


def test_half_a_backup_is_refused(site, tmp_path):
    run(site, "backup", str(tmp_path / "kept"))
    file = backup_in(tmp_path / "kept")
    file.write_bytes(file.read_bytes()[:2000])
    assert "no whole backup" in run(site, "restore", "--replace", str(file)).output
    assert stored_settings()["name"] == "The Late Boat"


def test_a_link_in_a_backup_is_refused(site, tmp_path):
    file = tmp_path / "links.tar.gz"
    with tarfile.open(file, "w:gz") as made:
        member = tarfile.TarInfo("uploads/link")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(member)
    assert "is no backup" in run(site, "restore", "--replace", str(file)).output


def test_others_may_write_while_a_backup_is_made(site, tmp_path):
    with unit_of_work():
        Setting.change("name", "Not yet committed", by=None)
        made = back_up(tmp_path / "kept")
    db.engine.dispose()
    assert run(site, "restore", "--replace", made.file).exit_code == 0
    assert stored_settings()["name"] == "The Late Boat"
