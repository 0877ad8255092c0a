"""Settings in a form: what is stored, what the page showed, and what was typed.

Only what somebody changed against what their page showed is written. What was changed by two people at once
is told, with both values, and nothing is saved.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cms.admin.controls import Control
from cms.db import session
from cms.errors import Refused
from cms.models import Setting, User
from cms.models.setting import SITE_SETTINGS, Kind, accepted, stored_settings

SHOWN = "-shown"  # ends the name of the hidden field with the value that the page showed
PICKED = "-picked"  # ends the name of a second control for the same value, such as a colour’s


@dataclass
class Field:
    """One setting in the form; its values are texts."""

    control: Control
    stored: str
    shown: str
    typed: str
    error: str = ""

    @property
    def name(self) -> str:
        return self.control.name

    @property
    def kind(self) -> Kind:
        return SITE_SETTINGS[self.name]

    @property
    def is_changed(self) -> bool:
        return self.typed not in (self.shown, self.stored)

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody else changed it since the page was made, and the one who typed did too."""
        return self.is_changed and self.stored != self.shown

    @property
    def value(self) -> str:
        """What the control shows."""
        return self.typed if self.is_changed else self.stored


class SettingsForm:
    """The form of the settings in ``controls``; ``sent`` is what came, ``tried`` what is not stored yet."""

    def __init__(
        self, controls: Iterable[Control], sent: MultiDict | None = None, tried: dict[str, Any] | None = None
    ):
        stored = stored_settings(held=sent is not None)
        texts = {control: str(stored[control.name]) for control in controls}
        if sent is None:
            tried = tried or {}
            self.fields = [Field(c, text, text, str(tried.get(c.name, text))) for c, text in texts.items()]
        else:
            self.fields = [field_of(control, text, sent) for control, text in texts.items()]

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def changed(self) -> dict[str, str]:
        return {field.name: field.typed for field in self.fields if field.is_changed}

    @property
    def wrong(self) -> list[Field]:
        return [field for field in self.fields if field.error]

    @property
    def status(self) -> int:
        return 409 if any(field.is_overtaken for field in self.fields) else 422

    def save(self, *, by: User) -> bool:
        """Write what was changed, all or nothing; False where something is wrong, which its field tells."""
        saved = self.do(lambda name, text: Setting.change(name, text, by=by))
        if not saved:
            session.rollback()
        return saved

    def check(self, theme: str) -> bool:
        """Whether all that was changed could be saved with this ``theme``; if not, its field tells why."""
        return self.do(lambda name, text: accepted(name, text, theme))

    def do(self, verb: Callable[[str, str], Any]) -> bool:
        for field in self.fields:
            if field.is_changed:
                field.error = overtaken(field) or refusal_of(verb, field)
        return not self.wrong


def field_of(control: Control, stored: str, sent: MultiDict) -> Field:
    shown = sent.get(control.name + SHOWN, stored)
    typed = " ".join(sent.get(control.name, shown).split())
    picked = sent.get(control.name + PICKED, "")
    if picked.lower() != sent.get(control.name + PICKED + SHOWN, picked).lower():
        typed = "" if picked == control.default else picked
    return Field(control, stored, shown, typed)


def overtaken(field: Field) -> str:
    if not field.is_overtaken:
        return ""
    words = {"theirs": field.control.word(field.stored), "yours": field.control.word(field.typed)}
    return _(
        "Meanwhile somebody changed this to “%(theirs)s”; you want “%(yours)s”. Save again to have yours.",
        **words,
    )


def refusal_of(verb: Callable[[str, str], Any], field: Field) -> str:
    try:
        verb(field.name, field.typed)
    except Refused as refusal:
        return refusal.message
    return ""
