"""The language and time zone in which the site speaks: those of its settings."""

from flask import Flask, current_app
from flask_babel import Babel

from cms.models.setting import LANGUAGES, site
from cms.translations import FOLDER, compile_catalogs

REGIONS = {"de": "de_DE"}  # where Flask-Security keeps its German

babel = Babel()


def init_app(app: Flask) -> None:
    compile_catalogs()
    babel.init_app(
        app,
        default_translation_directories=str(FOLDER),
        locale_selector=lambda: locale_of(site.language),
        timezone_selector=lambda: site.timezone,
    )


def locale_of(language: str) -> str:
    """The locale, such as ``en_GB``, of one of the site's languages; texts in ``de`` serve ``de_DE`` too."""
    return REGIONS.get(language, language.replace("-", "_"))


def language_last_known() -> str:
    """The site's language as this process last read it: for a page that can't ask the database."""
    _version, settings = current_app.extensions["remembered"].get("settings", ("", {}))
    return settings.get("language", LANGUAGES[0])
