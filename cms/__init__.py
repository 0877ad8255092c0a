"""Broadside: the website of a cause in one app."""

from importlib import import_module

from flask import Flask

from cms.config import Settings, flask_config, read_settings

__version__ = "0.3.0"

CORE = (
    *("db", "sizes", "cache", "security", "languages", "errors", "limits", "web", "submissions"),
    *("assets", "themes", "search", "jobs", "mail", "backups"),
)
FEATURES = ("activity", "accounts", "admin", "media", "health", "feed", "blog", "transfer", "cli")


def create_app(settings: Settings | None = None) -> Flask:
    """The application, made of its core and its features in a fixed order."""
    settings = settings or read_settings()
    app = Flask(
        "cms", static_folder=None, template_folder=None, instance_path=str(settings.INSTANCE.absolute())
    )
    app.config.update(flask_config(settings))
    for name in (*CORE, *FEATURES):
        import_module(f"cms.{name}").init_app(app)
    return app
