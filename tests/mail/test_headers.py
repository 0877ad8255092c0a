"""A header is one line, whatever stands in it: nobody adds a header by writing a name or a subject."""

import pytest
from wtforms import Form, StringField

from cms.errors import Refused
from cms.mail import one_line, refuse_line_breaks

DISGUISES = [
    "a\nBcc: eve@example.org",
    "a\rb",
    "a\x00b",
    "a\x0bb\x0cc",
    "a\x85b",
    "a\u2028b",
    "a\u2029b",
    "a\x1eb",
    "a\x7fb",
    "a\ud800b",
    "=?utf-8?q?a=0Ab?=",
    "=?UTF-8?Q?a=0d=0ABcc:_eve?=",
    "=?utf-8?q?=0Ab?=",
    "=?utf-8?b?YQpi?=",
    "=?utf-8?B?YQ0K?= and more",
    "=?utf-8?b?YQ==Cg==?=",
    "=?utf-8?b?Y Qpi?=",
    "=?utf-8*en?q?a=0Ab?=",
    "=?no-such-charset?q?a=0Ab?=",
    "=?utf-16?b?AGEACgBi?=",
    "=?utf-7?q?a+AAo-b?=",
    "=?utf-8?q?a=E2=80=A8b?=",
    "=?utf-8?q?a=E2=80?= =?utf-8?q?=A8b?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3D0Ab=3F=3D?=",
    "=?utf-8?q?a b=0A?=",
]


@pytest.mark.parametrize("text", DISGUISES)
def test_a_line_break_is_refused_in_every_disguise(app, text):
    with pytest.raises(Refused):
        refuse_line_breaks(text)


@pytest.mark.parametrize("text", ["Zoë & “Ann”", "=?utf-8?q?caf=C3=A9?=", "1 = 1 ?= yes =?", "🎉 \u200d", ""])
def test_other_texts_pass(app, text):
    refuse_line_breaks(text)


@pytest.mark.parametrize("text", DISGUISES)
def test_a_subject_with_a_line_break_is_refused(write, text):
    with pytest.raises(Refused):
        write(subject=text)


def test_an_endless_text_is_refused_quickly(app):
    with pytest.raises(Refused):
        refuse_line_breaks("=?utf-8?q?" * 100_000)


def test_a_form_says_what_is_wrong(app):
    class NameForm(Form):
        name = StringField(validators=[one_line])

    form = NameForm(data={"name": "Eve\u2028Bcc: x"})
    assert not form.validate()
    assert "Line breaks" in form.errors["name"][0]
