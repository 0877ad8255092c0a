"""`flask reference`: docs/config.md and docs/signals.md, made from the code that they describe."""

import click
from flask_babel import force_locale
from pydantic.fields import FieldInfo

from cms import signals
from cms.config import ROOT, Settings
from cms.models.setting import SITE_SETTINGS, Kind


@click.command()
def reference() -> None:
    """Write docs/config.md and docs/signals.md anew."""
    for name, text in (("config", settings_reference()), ("signals", signals_reference())):
        (ROOT / "docs" / f"{name}.md").write_text(text)
        click.echo(f"docs/{name}.md")


def settings_reference() -> str:
    rows = [
        f"| `{name}` | {type_of(field)} | {shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    with force_locale("en"):
        site_rows = [
            f"| `{name}` | {shown(kind.default)} | {kind.label}. {meaning(kind)} |"
            for name, kind in SITE_SETTINGS.items()
        ]
    return "\n".join(
        [
            "# Settings",
            "Made by `flask reference`; change the code, not this page.",
            "",
            "## Of the installation",
            "Read when the app starts: from the environment, then from `config.env` in the instance folder.",
            "",
            "| name | type | default | meaning |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "## Of the site",
            "Changed while the site runs, with `flask settings set NAME VALUE`.",
            "",
            "| name | default | meaning |",
            "| --- | --- | --- |",
            *site_rows,
            "",
        ]
    )


def signals_reference() -> str:
    rows = []
    for name, signal in signals.domain.items():
        sender, _, meaning = signal.__doc__.partition(": ")
        rows.append(f"| `{name}` | {sender} | {meaning} |")
    return "\n".join(
        [
            "# Signals",
            "Made by `flask reference`; change the code, not this page.",
            "",
            "Every domain event, sent by one verb on a model in the transaction of the change. The sender is",
            "the changed object; the arguments are `event` (the signal's name), `by` (the acting user, or",
            "None for the system) and `changes` (`{field: [before, after]}`).",
            "",
            "| signal | sender | when |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def meaning(kind: Kind) -> str:
    """The setting's line of help, and the values to choose from where they are few."""
    return f"{kind.help} {kind.expected}" if kind.choices else str(kind.help)


def type_of(field: FieldInfo) -> str:
    return getattr(field.annotation, "__name__", str(field.annotation))


def shown(value: object) -> str:
    if value in ("", [], None):
        return "empty"
    text = str(value)
    return f"`{text.removeprefix(str(ROOT) + '/')}`"
