"""The language and time zone in which the site speaks: those of its settings."""

from flask import Flask, current_app
from flask_babel import Babel

from cms.models.setting import LANGUAGES, site
from cms.translations import FOLDER, compile_catalogs

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
    """The name of a locale, such as ``en_GB``, for one of the site's languages, such as ``en-GB``."""
    return language.replace("-", "_")


def language_last_known() -> str:
    """The site's language as this process last read it: for a page that can't ask the database."""
    _version, settings = current_app.extensions["remembered"].get("settings", ("", {}))
    return settings.get("language", LANGUAGES[0])
