"""The commands of the one who runs the site."""

from flask import Flask

from cms.cli.entries import posts
from cms.cli.jobs import jobs
from cms.cli.mails import mails
from cms.cli.reference import reference
from cms.cli.serve import serve
from cms.cli.settings import settings
from cms.cli.setup import create_admin, setup
from cms.cli.shell import names_at_hand


def init_app(app: Flask) -> None:
    for command in (setup, create_admin, serve, settings, posts, jobs, mails, reference):
        app.cli.add_command(command)
    app.shell_context_processor(names_at_hand)
