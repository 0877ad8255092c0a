"""A mail may hold a link into an account: it is read by those who may do all that its owner may."""

import pytest

from cms.accounts.jobs import mail_link
from cms.jobs import enqueue
from cms.models import Mail, Permission, Role
from tests.admin.conftest import make_mail
from tests.factories import link_in, mails_to, make_user

WHY_NOT = "somebody who may do more than you"


@pytest.fixture
def mo(sign_in):
    """A moderator who may read the outbox."""
    for act in ("enter back office", "see mail"):
        Permission.set(Role.named("moderator"), act, True, by=None)
    return sign_in("mo")


def reset_mail(name: str) -> Mail:
    user = make_user(name)
    enqueue(mail_link, purpose="reset", email=user.email)
    return mails_to(user.email)[0]


def test_a_moderator_reads_the_mail_of_a_member(client, mo):
    mail = reset_mail("bob")
    page = client.get(f"/admin/outbox/{mail.id}/").text
    assert link_in(mail) in page
    assert WHY_NOT not in page


def test_a_moderator_does_not_read_the_way_into_the_account_of_an_administrator(client, mo):
    mail = reset_mail("alice")
    page = client.get(f"/admin/outbox/{mail.id}/").text
    assert WHY_NOT in page
    assert link_in(mail) not in page
    assert "Source of the HTML" not in page


def test_a_suspended_administrator_counts_as_what_they_will_be(app):
    make_user("ada", role="admin")
    alice, mo = make_user("alice"), make_user("mo")
    alice.suspend(by=None)
    assert not make_mail(to="Alice@example.org").readable_by(mo)


def test_a_mail_to_an_address_without_an_account_is_read(app):
    assert make_mail(to="nobody@example.org").readable_by(make_user("mo"))
