"""What the tests of the back office share."""

import pytest

from cms.db import session
from cms.models import Event, Job, Mail, Role, SavedSearch, User
from tests.factories import make_user


@pytest.fixture
def alice(sign_in) -> User:
    """alice, signed in a moment ago."""
    return sign_in("alice")


def make_job(**fields) -> Job:
    job = Job(
        **{"kind": "test.work", "arguments": {"n": 1}, "state": "failed", "error": "It broke.", **fields}
    )
    session.add(job)
    session.flush()
    return job


def make_mail(**fields) -> Mail:
    number = session.query(Mail).count()
    mail = Mail(
        **{
            "to": "bob@example.org",
            "subject": "Your link",
            "message_id": f"<{number}@broadside.test>",
            "state": "kept",
            "text": "Follow http://broadside.test/link",
            "html": "<p>Follow</p>",
            **fields,
        }
    )
    session.add(mail)
    session.flush()
    return mail


@pytest.fixture
def pages(app) -> dict[str, str]:
    """``{endpoint: address}`` of every page of the back office."""
    bob, role, mail, job = make_user("bob"), Role.make("Treasurer", by=None), make_mail(), make_job()
    event = session.query(Event).order_by(Event.id.desc()).first()
    alice = User.named("alice") or make_user("alice")
    search = SavedSearch.keep("users", "Editors", "role=editor", by=alice)
    ids = {"users": bob.id, "roles": role.id, "outbox": mail.id, "jobs": job.id, "activity": event.id}
    ids["searches"] = search.id
    found = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.rule.startswith("/admin") and "GET" in rule.methods:
                noun = rule.endpoint.partition(".")[0].removeprefix("admin_")
                found[rule.endpoint] = rule.rule.replace("<int:id>", str(ids.get(noun)))
    return found
