"""The site in its languages: no text is without a translation, and dates and numbers follow along."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import flask_security
import pytest
from babel.messages.pofile import read_po
from flask import render_template_string
from werkzeug.exceptions import InternalServerError

from cms.config import ROOT
from cms.errors import Refused, answer_failure
from cms.models.entry import LONGEST_BODY
from cms.models.setting import LANGUAGES, Setting
from cms.translations import FOLDER, compile_catalogs
from cms.translations.extraction import TEMPLATE, catalogs, extracted, missing, read, written
from tests.factories import make_post, make_user, token_of
from tests.visible_texts import untranslated

DAY = datetime(2026, 11, 15, 12, tzinfo=UTC)
PAGES = [
    *ROOT.glob("themes/*/templates/**/*.html"),
    *ROOT.glob("cms/**/templates/**/*.xsl"),
    *ROOT.glob("cms/**/templates/**/*.html"),
]
SCRIPTS = sorted(ROOT.glob("themes/*/static/*.js"))
STYLES = [
    *ROOT.glob("themes/*/static/*.css"),
    *ROOT.glob("cms/**/templates/**/*.css"),
    *ROOT.glob("cms/**/static/*.css"),
]
OWN_WORDS = sorted(FOLDER.glob("*/LC_MESSAGES/flask_security.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|</?\w+(?: [^>]*)?>")


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.fixture
def speak(app):
    """Give the site a language."""

    def speak_in(language: str) -> None:
        Setting.change("language", language, by=None)

    return speak_in


# The catalogs


def test_every_language_but_english_has_a_catalog():
    spoken = {language.split("-")[0] for language in LANGUAGES} - {"en"}
    assert {file.parts[-3] for file in catalogs()} == spoken


@pytest.mark.parametrize("file", catalogs(), ids=name_of)
def test_every_text_has_a_translation(file):
    catalog = read(file)
    known = {(message.context, message.id) for message in catalog}
    texts = [message for message in extracted() if message.id]
    new = [message.id for message in texts if (message.context, message.id) not in known]
    assert (new, missing(catalog)) == ([], []), "run `make translations`, then translate these"


@pytest.mark.parametrize("file", catalogs(), ids=name_of)
def test_no_translation_is_a_guess_or_left_over(file):
    texts = {(message.context, message.id) for message in extracted()}
    catalog = read(file)
    assert [message.id for message in catalog if message.fuzzy] == []
    assert [message.id for message in catalog if (message.context, message.id) not in texts] == []


@pytest.mark.parametrize("file", [*catalogs(), *OWN_WORDS], ids=name_of)
def test_a_translation_keeps_placeholders_and_markup(file):
    for message in read(file):
        original = message.id[-1] if message.pluralizable else message.id
        for text in message.string if message.pluralizable else [message.string]:
            assert not message.id or sorted(PLACEHOLDER.findall(text)) == sorted(
                PLACEHOLDER.findall(original)
            )


def test_the_list_of_english_texts_is_up_to_date():
    assert TEMPLATE.read_bytes() == written(extracted()), "run `make translations`"


@pytest.mark.parametrize("file", OWN_WORDS, ids=name_of)
def test_what_we_say_for_flask_security_is_still_what_it_says(file):
    template = Path(flask_security.__file__).parent / "translations" / "flask_security.pot"
    with template.open("rb") as opened:
        theirs = {message.id for message in read_po(opened)}
    assert {message.id for message in read(file)} <= theirs


def test_a_catalog_is_compiled_when_it_is_newer_than_what_was_made_of_it(tmp_path):
    folder = Path(copytree(FOLDER, tmp_path / "translations"))
    made = folder / "de" / "LC_MESSAGES" / "messages.mo"
    made.write_bytes(b"old")
    os.utime(made, (1, 1))
    compile_catalogs(folder)
    first = made.stat()
    compile_catalogs(folder)
    assert made.read_bytes() != b"old"
    assert made.stat().st_ino == first.st_ino
    assert not list(folder.rglob("*.part"))


# The templates


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_no_template_holds_a_text_that_nobody_can_translate(whole_app, file):
    assert untranslated(whole_app.jinja_env, file.read_text()) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello {{ name }}</p>", ["Hello"]),
        ("<img alt='A boat'>", ["A", "boat"]),
        ("<p>{{ 'Yes' if user else _('No') }}</p>", ["Yes"]),
        ("{% if user %}<b aria-label=\"{{ name or 'Nobody' }}\">{% endif %}", ["Nobody"]),
        (
            "<p class='plain'>{{ _('Hello') }} {% trans %}you{% endtrans %} 404 RSS</p><script>f()</script>",
            [],
        ),
    ],
)
def test_the_search_for_untranslated_words_finds_them(whole_app, template, words):
    assert untranslated(whole_app.jinja_env, template) == words


@pytest.mark.parametrize("file", SCRIPTS, ids=name_of)
def test_scripts_take_their_words_from_the_page(file):
    spoken = r"(?:textContent|innerText|innerHTML|title|alt|placeholder|ariaLabel)"
    said = spoken + r" ?\+?= ?[\"'`][^\"'`]|alert\(|aria-label"
    assert re.findall(said, file.read_text()) == []


@pytest.mark.parametrize("file", STYLES, ids=name_of)
def test_styles_say_nothing(file):
    contents = re.findall(r"content:([^;}]*)", re.sub(r"\{\{.*?\}\}", "", file.read_text()))
    strings = [
        re.sub(r"\\[0-9a-fA-F]+", "", text) for value in contents for text in re.findall(r'"(.*?)"', value)
    ]
    assert [text for text in strings if re.search(r"[^\W\d_]", text)] == []


# The pages


def test_a_german_site_speaks_german(client, speak):
    speak("de")
    make_post(title="Elbe", body="Ein Text.", at=DAY, tags=["Hafen"])
    page = client.get("/blog/elbe/").text
    assert '<html lang="de">' in page
    for words in ("Direkt zum Text", "Suchen", "Darstellung", "Anmelden", "15. November 2026", "1 Minute"):
        assert words in page, words
    assert "Ältere Beiträge" not in page
    assert '"inLanguage":"de"' in page


def test_a_plural_is_one(client, speak):
    speak("de")
    make_post(title="Lang", body="Wort " * 700)
    assert "3 Minuten" in client.get("/blog/lang/").text


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "November 15, 2026", "March 2026"),
        ("en-GB", "15 November 2026", "March 2026"),
        ("de", "15. November 2026", "März 2026"),
    ],
)
def test_dates_are_written_as_the_language_does(client, speak, language, day, month):
    speak(language)
    make_post(title="Elbe", at=DAY)
    page = client.get("/blog/elbe/").text
    assert f'<html lang="{language}">' in page
    assert f">{day}</time>" in page
    assert f">{month}</h1>" in client.get("/blog/2026/3/").text


@pytest.mark.parametrize(("language", "number"), [("en", "1,234.5"), ("de", "1.234,5")])
def test_numbers_are_written_as_the_language_does(app, speak, language, number):
    speak(language)
    with app.test_request_context():
        assert render_template_string("{{ 1234.5|number }}") == number


def test_a_refusal_is_german_too(app, speak):
    speak("de")
    with pytest.raises(Refused, match=r"länger als 1\.000\.000 Zeichen"):
        make_post(body="x" * (LONGEST_BODY + 1))


def test_feeds_name_their_language(client, speak):
    speak("de")
    make_post(tags=["Hafen"])
    assert "<language>de</language>" in client.get("/feed.xml").text
    assert '"language":"de"' in client.get("/tag/hafen/feed.json").text
    in_browser = client.get("/feed.xml", headers={"Sec-Fetch-Dest": "document"})
    assert "Das ist ein Feed" in in_browser.text


def test_a_missing_page_is_german_too(client, speak):
    speak("de")
    page = client.get("/gibt-es-nicht/")
    assert page.status_code == 404
    assert "Unter dieser Adresse gibt es keine Seite" in page.text


def test_our_own_faults_are_told_in_the_language_last_known(app, client, speak):
    speak("de")
    client.get("/")
    with app.test_request_context():
        page = answer_failure(InternalServerError()).get_data(as_text=True)
    assert '<html lang="de">' in page
    assert "Da ist etwas kaputtgegangen" in page


@pytest.mark.parametrize(
    ("language", "labels", "error"),
    [
        ("en-GB", ("Password", "Keep me signed in on this device"), "the name or the password is wrong"),
        ("de", ("Passwort", "Auf diesem Gerät angemeldet bleiben"), "Name oder Passwort stimmt nicht"),
    ],
)
def test_signing_in_speaks_the_language(client, speak, language, labels, error):
    speak(language)
    make_user("eve")
    form = {"email": "eve", "password": "wrong", "csrf_token": token_of(client, "/login")}
    page = client.post("/login", data=form).text
    assert error in page
    assert [label for label in labels if f">{label}</label>" not in page] == []


def test_the_account_page_names_roles_in_german(client, speak, sign_in):
    speak("de")
    sign_in("eve")
    assert "Redaktion" in client.get("/account/").text
