"""What the tests of the back office share."""

import pytest

from cms.db import session
from cms.models import (
    Author,
    Category,
    Event,
    Job,
    Mail,
    Media,
    MenuItem,
    RedirectSheet,
    Role,
    Series,
    Snippet,
    Tag,
    Trashed,
    User,
)
from cms.models.ways import lead
from tests.factories import make_page, make_post, make_user
from tests.media.pictures import plain


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


def make_things(user: User) -> dict[str, int]:
    """One of everything that editors keep in order: ``{folder of its desk: number}``."""
    kinds = {"tags": Tag, "categories": Category, "series": Series, "authors": Author}
    made = {folder: kind.named("Tide", by=None) for folder, kind in kinds.items()}
    made["menus"] = MenuItem.add(by=None, menu="main", label="Tide", url="/tag/tide/")
    made["redirects"] = lead("/old/", "/about/", by=None)
    made["snippets"] = Snippet.write(by=None, name="Donate", body="Give *now*.")
    Tag.named("Gone", by=None).remove(by=None)
    made["trash"] = session.query(Trashed).one()
    made["sheet"] = RedirectSheet.lay("old.csv", b"/older/,/about/", by=user)
    return {folder: thing.id for folder, thing in made.items()}


@pytest.fixture
def pages(app) -> dict[str, str]:
    """``{endpoint: address}`` of every page of the back office."""
    bob, role, mail, job = make_user("bob"), Role.make("Treasurer", by=None), make_mail(), make_job()
    picture = Media.store(plain("PNG", 400, 300), "quay.png", by=bob)
    event = session.query(Event).order_by(Event.id.desc()).first()
    post, page = make_post(), make_page()
    for text in (post, page):
        text.revise(by=bob, summary="Said anew")
    ids = {
        "posts": post.id,
        "pages": page.id,
        "pictures": picture.id,
        "users": bob.id,
        "roles": role.id,
        "outbox": mail.id,
        "jobs": job.id,
        "activity": event.id,
    }
    ids |= make_things(User.named("alice") or bob)
    found = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.rule.startswith("/admin") and "GET" in rule.methods:
                noun = rule.endpoint.partition(".")[0].removeprefix("admin_")
                kept = "sheet" if rule.endpoint.endswith("sheet_view") else noun
                address = rule.rule.replace("<int:id>", str(ids.get(kept)))
                found[rule.endpoint] = address.replace("<int:number>", "1").replace("<theme>", "plain")
    return found
