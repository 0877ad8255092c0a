"""Templates of mails: each in the package of the feature that sends it, out of reach of themes."""

from flask import Flask, current_app
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from cms.config import ROOT
from cms.jobs.working import addressed_as_site


def environment_of(app: Flask) -> Environment:
    """The app's environment, its globals and filters included, on the ``mail/`` templates of the packages."""
    from cms import CORE, FEATURES

    folders = [ROOT / "cms" / name / "templates" for name in (*CORE, *FEATURES)]
    loaders = [FileSystemLoader(folder) for folder in folders if (folder / "mail").is_dir()]
    return app.jinja_env.overlay(loader=ChoiceLoader(loaders), cache_size=100)


def render(template: str, **context) -> str:
    """The text of a mail; its addresses are those of SITE_URL, whatever host a request names."""
    with addressed_as_site():
        known = dict(context)
        current_app.update_template_context(known)
        return current_app.extensions["mail templates"].get_template(template).render(known).strip() + "\n"
