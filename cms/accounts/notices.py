"""Mails about changes of the way into an account, whoever made them: it may not have been its owner."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security.change_email import _generate_link as link_to_new_address

from cms import signals
from cms.accounts.configuration import LIFETIMES
from cms.accounts.jobs import mail_link
from cms.jobs import enqueue
from cms.jobs.working import addressed_as_site
from cms.mail import send
from cms.models import User, site

NOTICES = {
    signals.user_second_factor_set.name: (
        _l("Two-step sign-in was turned on"),
        _l("two-step sign-in was turned on for your account on %(site)s."),
    ),
    signals.user_second_factor_removed.name: (
        _l("Two-step sign-in was turned off"),
        _l("two-step sign-in was turned off for your account on %(site)s."),
    ),
    signals.user_passkey_added.name: (
        _l("A passkey was added to your account"),
        _l("a passkey was added to your account on %(site)s."),
    ),
    signals.user_passkey_removed.name: (
        _l("A passkey was removed from your account"),
        _l("a passkey was removed from your account on %(site)s."),
    ),
}  # by signal: the subject, and the sentence after the greeting


def init_app(_app) -> None:
    for name in NOTICES:
        signals.domain.signal(name).connect(mail_notice)
    signals.user_email_changed.connect(tell_former_address)
    signals.user_revised.connect(tell_former_address)
    signals.user_invited.connect(mail_invitation)


def mail_notice(user: User, *, event: str, **_more) -> None:
    subject, sentence = NOTICES[event]
    text = str(sentence) % {"site": site.name}
    send("account/notice", to=user.email, subject=str(subject), user=user, text=text)


def tell_former_address(user: User, **_more) -> None:
    """Tell the address that an account had until now, who may not have wanted this: a link undoes it."""
    if user.former_email:
        subject = _("Your e-mail address was changed")
        with addressed_as_site():
            undo, _token = link_to_new_address(user, user.former_email)
        known = {"user": user, "link": undo, **LIFETIMES}
        send("account/email_changed", to=user.former_email, subject=subject, **known)
        user.former_email = None


def mail_invitation(user: User, **_more) -> None:
    enqueue(mail_link, purpose="invite", email=user.email)
