"""Bringing the content of other sites in."""

from flask import Flask


def init_app(app: Flask) -> None:
    from cms.transfer.cli import imports
    from cms.transfer.demonstration import demo

    app.cli.add_command(imports)
    app.cli.add_command(demo)
