"""What is recorded has words: no page shows the names that the code gives things."""

from cms import signals
from cms.admin.words import FIELDS, KINDS, LABELS
from cms.db import db
from cms.models import Event, Setting
from cms.models.base import Recorded
from tests.admin.conftest import make_job
from tests.factories import make_user, sign_in_of


def recorded_models() -> list[type[Recorded]]:
    models = [mapper.class_ for mapper in db.Model.registry.mappers if issubclass(mapper.class_, Recorded)]
    return [model for model in models if model.__name__ != "Entry"]  # it is always a post or a page


def test_every_event_has_a_label(app):
    assert set(signals.domain) == set(LABELS)


def test_every_kind_of_thing_has_a_label(app):
    assert {model.__name__.lower() for model in recorded_models()} == set(KINDS)


def test_every_recorded_field_has_a_label(app):
    recorded = {
        name
        for model in recorded_models()
        for name in {column.key for column in model.__mapper__.column_attrs} | set(model.recorded_names)
        if name not in model.unrecorded
    }
    assert recorded - set(FIELDS) == set()


def test_the_record_is_told_in_words(client, alice):
    Setting.change("language", "en-GB", by=alice)
    job = make_job()
    job.retry(by=alice)
    page = client.get("/admin/activity/").text
    assert "Setting language" in page
    assert f"Job {job.id}" in page
    assert "attempts, error" not in page
    event = Event.query.filter_by(name="setting.changed").one()
    assert '<td role="cell" data-label="Field">value</td>' in client.get(f"/admin/activity/{event.id}/").text


def test_ending_one_sign_in_is_not_told_as_ending_all(client, alice):
    bob = make_user("bob")
    bob.end_session(sign_in_of(bob), by=bob)
    page = client.get(f"/admin/users/{bob.id}/").text.partition("Lately")[2]
    assert "Sign-ins ended" in page
    assert "everywhere" not in page.partition("What can be done")[0]
