"""Files that several processes write and read: never half of one, and the first writer wins."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen
from sys import executable

import pytest

from cms import assets
from cms.config import ROOT, kept_secret
from cms.files import write_anew, write_once
from cms.translations import compile_catalog

ASK = "import sys; from pathlib import Path; from cms.config import kept_secret; sys.stdin.read()\n"
ASK += "print(kept_secret(Path(sys.argv[1]), 'key'))"


def permissions(file: Path) -> int:
    return file.stat().st_mode & 0o777


def break_down(*_args, **_options):
    raise OSError(errno.ENOSPC, "the disk is full")


def test_the_first_writer_wins(tmp_path):
    file = tmp_path / "folder" / "file"
    write_once(file, b"first")
    write_once(file, b"second")
    assert file.read_bytes() == b"first"


def test_one_who_comes_second_at_the_same_moment_leaves_the_first_alone(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_bytes(b"first")
    monkeypatch.setattr(Path, "exists", lambda _file: False)
    write_once(file, b"second")
    assert file.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_written_anew_takes_the_place_and_its_own_permissions(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"first")
    write_anew(file, b"second", mode=0o600)
    assert (file.read_bytes(), permissions(file)) == (b"second", 0o600)


def test_a_file_system_without_links_keeps_files_too(tmp_path, monkeypatch):
    def no_links(*_args):
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_once(tmp_path / "file", b"whole")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("file", b"whole")]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", break_down)
    with pytest.raises(OSError, match="full"):
        write_once(tmp_path / "file", b"data")
    assert list(tmp_path.iterdir()) == []


def test_many_writers_at_once_leave_one_whole_file(tmp_path):
    contents = [str(number).encode() * 100_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: write_once(tmp_path / "file", data), contents))
    assert (tmp_path / "file").read_bytes() in contents
    assert len(list(tmp_path.iterdir())) == 1


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path):
    command = [executable, "-c", ASK, str(tmp_path)]
    started = [Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) for _ in range(3)]
    for process in started:
        process.stdin.close()
    secrets = {process.stdout.read() for process in started}
    for process in started:
        process.stdout.close()
        assert process.wait() == 0
    assert len(secrets) == 1
    assert permissions(tmp_path / "key") == 0o600


def test_a_secret_whose_writing_broke_down_is_made_the_next_time(tmp_path, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdopen", break_down)
        with pytest.raises(OSError, match="full"):
            kept_secret(tmp_path, "key")
    assert len(kept_secret(tmp_path, "key")) > 40


def test_nothing_is_signed_with_an_empty_secret(tmp_path):
    (tmp_path / "key").touch()
    with pytest.raises(RuntimeError, match="is empty: remove it"):
        kept_secret(tmp_path, "key")


def test_a_static_file_whose_writing_broke_down_is_written_whole_the_next_time(tmp_path, monkeypatch):
    file = tmp_path / "site.0123456789.css"
    with monkeypatch.context() as broken:
        broken.setattr(os, "link", break_down)
        with pytest.raises(OSError, match="full"):
            assets.write(file, b"a {}")
    assert list(tmp_path.iterdir()) == []
    assets.write(file, b"a {}")
    assert file.read_bytes() == b"a {}"
    assert {path.suffix for path in tmp_path.iterdir()} == {".css", ".br", ".gzip"}


def test_a_catalog_is_never_half_made(tmp_path, monkeypatch):
    source = next((ROOT / "cms" / "translations").rglob("*.po"))
    made = tmp_path / "messages.mo"
    made.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", break_down)
    with pytest.raises(OSError, match="full"):
        compile_catalog(source, made)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("messages.mo", b"old")]
