"""Under which name the site is reached, how safely, and what stands in front of it."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from flask import current_app, request
from flask_babel import gettext as _
from flask_babel import ngettext

from cms.admin.checks.finding import Finding, in_config
from cms.admin.verdicts import GOOD, LOOK, MEND

NGINX = (
    "# nginx",
    "proxy_set_header Host $host;",
    "proxy_set_header X-Forwarded-For $remote_addr;",
    "proxy_set_header X-Forwarded-Proto $scheme;",
)


def check_address() -> Finding:
    """Compare SITE_URL with the address under which this very page was asked for."""
    address, title = site_address(), _("Address")
    found = _("The site calls itself %(url)s.", url=address.geturl())
    if request.host.lower() != address.netloc.lower():
        found += " " + _("You opened this page at %(host)s.", host=request.host)
        return Finding(title, *mismatch(address, found))
    if is_local(address.hostname or ""):
        advice = _("Set SITE_URL to the address that people use; links in mails and feeds begin with it.")
        return Finding(title, LOOK, found, advice, in_config("SITE_URL=https://example.org"))
    return Finding(title, GOOD, found)


def mismatch(address: SplitResult, found: str) -> tuple:
    """Verdict, finding, advice and lines where two names disagree: one of them is not what people use."""
    if is_local(address.hostname or "") and not is_local(request.host.rpartition(":")[0] or request.host):
        advice = _("Links in mails and feeds lead to the wrong place. Set SITE_URL to what people use.")
        return MEND, found, advice, in_config(f"SITE_URL={request.scheme}://{request.host}")
    advice = _(
        "If your browser says %(host)s as well, all is well: you came by a side door. If it says something "
        "else, the server in front does not pass on the name that was asked for.",
        host=request.host,
    )
    return LOOK, found, advice, NGINX


def check_https() -> Finding:
    address, title = site_address(), _("Encryption")
    if address.scheme == "https":
        return Finding(title, GOOD, _("Pages are sent by https."))
    advice = _("Put a server with a certificate in front, and begin SITE_URL with https://.")
    local = is_local(address.hostname or "")
    verdict, public = (LOOK, "example.org") if local else (MEND, address.hostname)
    lines = in_config(f"SITE_URL=https://{public}", "PROXY_HOPS=1")
    return Finding(title, verdict, _("Passwords and cookies travel unencrypted."), advice, lines)


def check_proxy() -> Finding:
    hops, title = current_app.config["PROXY_HOPS"], _("Servers in front")
    if hops:
        return Finding(title, GOOD, ngettext("%(num)s is believed.", "%(num)s are believed.", hops))
    if "X-Forwarded-For" in request.headers:
        advice = _("All visitors count as one, and limits meet the wrong people. Say how many are in front.")
        found = _("None is believed, but one is there: it said for whom it asks.")
        return Finding(title, MEND, found, advice, in_config("PROXY_HOPS=1"))
    if is_local(site_address().hostname or ""):
        return Finding(title, GOOD, _("None is believed, and none is needed here."))
    advice = _("If nginx or the like is in front, set PROXY_HOPS to 1, or all visitors count as one.")
    return Finding(title, LOOK, _("None is believed."), advice, (*in_config("PROXY_HOPS=1"), *NGINX))


def site_address() -> SplitResult:
    return urlsplit(current_app.config["SITE_URL"])


def is_local(host: str) -> bool:
    """Whether ``host`` names this machine or one of the local network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".test"))
