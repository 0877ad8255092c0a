"""Themes: a chain of template folders, their options, and what every template knows.

A theme is a folder below ``themes/``: what it lacks comes from ``themes/default``, and ``default/…`` reaches
the original of a template for extending it.
"""

import json
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from babel.dates import format_date
from flask import Flask, Response, abort, request
from flask_babel import format_datetime, format_decimal, get_locale
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from markupsafe import Markup
from werkzeug.local import LocalProxy

from cms.assets import YEAR, static_url
from cms.manifests import THEMES, installed, manifest
from cms.models.menu import menus
from cms.models.setting import SettledSite, Site, site
from cms.theme_previews import previewed, previewed_theme
from cms.web import absolute, chosen_scheme, visitor

DEFAULT = "default"


def init_app(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader([PrefixLoader({DEFAULT: folder_loader(DEFAULT)}), ActiveTheme(app.debug)])
    app.add_url_rule("/theme/<digest>.css", "theme_options", serve_options)
    app.context_processor(template_context)
    app.jinja_env.globals.update(
        static=lambda name: static_url(active(), name),
        menu=menu,
        theme_css_url=LocalProxy(options_url),
        previewed_theme=previewed_theme,
    )
    app.jinja_env.filters.update(FILTERS)


def active() -> str:
    """The theme of this page."""
    return theme_of(shown())


def theme_of(settings: Site) -> str:
    """The theme that the settings name; the default one where that is not installed any more."""
    return settings.theme if settings.theme in installed() else DEFAULT


def shown() -> Site:
    """The settings of this page: the site's, and what its reader alone tries out."""
    tried = previewed()
    return SettledSite(tried) if tried else site


def folder_loader(theme: str) -> FileSystemLoader:
    return FileSystemLoader(THEMES / theme / "templates")


@cache
def chain(theme: str) -> ChoiceLoader:
    """The templates of ``theme``, then those of the default theme."""
    return ChoiceLoader([folder_loader(name) for name in dict.fromkeys((theme, DEFAULT))])


class ActiveTheme(BaseLoader):
    """Templates of the theme that the site's settings name; a compiled one ends when that changes."""

    def __init__(self, watch_files: bool):
        self.watch_files = watch_files

    def get_source(self, environment: Environment, template: str):
        theme = active()
        source, file, unchanged = chain(theme).get_source(environment, template)
        return source, file, lambda: active() == theme and (not self.watch_files or unchanged())


def template_context() -> dict[str, Any]:
    """What every template knows; what costs a query is asked for only where a template uses it."""
    return {
        "site": SettledSite(previewed()),
        "user": LocalProxy(visitor),
        "scheme": chosen_scheme(),
        "site_url": absolute("").rstrip("/"),
    }


def menu(name: str) -> list[dict[str, Any]]:
    """The items of a menu, the one that leads to this page marked as ``current``."""
    return [
        {"label": label, "url": url, "current": url.split("#")[0] == request.path}
        for label, url in menus().get(name, [])
    ]


def options_css(settings: Site) -> str:
    """The choices that the settings hold among the options of their theme, as custom properties."""
    properties: dict[str, str] = {}
    for name, option in manifest(theme_of(settings)).get("options", {}).items():
        chosen = getattr(settings, name, "")
        if not chosen:
            continue
        if option["type"] == "color":
            properties[option["property"]] = chosen
        elif option["type"] == "choice":
            properties.update(option["choices"].get(chosen, {}).get("properties", {}))
    return (
        ":root{" + ";".join(f"{name}:{value}" for name, value in properties.items()) + "}"
        if properties
        else ""
    )


def options_url() -> str:
    return address_of(options_css(shown()))


def address_of(css: str) -> str:
    return f"/theme/{sha256(css.encode()).hexdigest()[:12]}.css" if css else ""


def serve_options(digest: str) -> Response:
    """The style sheet of the site's options, for all to keep, or of those that the visitor tries out."""
    css = options_css(site)
    if request.path == address_of(css):
        response = Response(css, mimetype="text/css")
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = YEAR
        return response
    if (tried := previewed()) and request.path == address_of(options_css(SettledSite(tried))):
        return Response(options_css(SettledSite(tried)), mimetype="text/css")
    return abort(404)


def json_for_script(value: Any) -> Markup:
    """``value`` as JSON that can't end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    harmless = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(harmless)  # noqa: S704 (no character is left that could end the element)


def in_words(moment: datetime, pattern: str) -> str:
    """The day of ``moment``, in the site's time zone and language; ``pattern`` is Babel's (CLDR)."""
    return day_in_words(moment.astimezone(site.zone).date(), pattern, str(get_locale()))


@lru_cache(maxsize=4096)
def day_in_words(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale)


FILTERS = {
    "date": lambda moment: in_words(moment, "long"),
    "shortdate": lambda moment: in_words(moment, "medium"),
    "month": lambda moment: in_words(moment, "MMMM y"),
    "moment": lambda moment: format_datetime(moment.astimezone(site.zone), "medium", rebase=False),
    "isoformat": lambda moment: moment.isoformat(timespec="seconds"),
    "number": format_decimal,
    "absolute": absolute,
    "json_ld": json_for_script,
}
