"""The language and time zone in which the site speaks: those of its settings."""

from flask import Flask
from flask_babel import Babel

from cms.models.setting import site

babel = Babel()


def init_app(app: Flask) -> None:
    babel.init_app(
        app,
        default_translation_directories="translations",
        locale_selector=lambda: site.language.replace("-", "_"),
        timezone_selector=lambda: site.timezone,
    )
