"""What journeys share that need an account: a newcomer, and signing in."""

from itertools import count

from playwright.sync_api import Page, expect

from e2e.server import Site

PASSWORD = "nine herons on a mudbank"  # noqa: S105

_numbers = count(1)


def newcomer() -> tuple[str, str]:
    """A user name and an address that nobody has."""
    name = f"ada{next(_numbers)}"
    return name, f"{name}@example.org"


def register(page: Page, name: str, address: str, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.get_by_role("link", name="I have no account yet").click()
    page.get_by_label("User name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Register").click()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.get_by_label("User name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def new_member(page: Page, site: Site) -> tuple[str, str]:
    """Somebody who has registered, confirmed and signed in: user name and address."""
    name, address = newcomer()
    register(page, name, address)
    page.goto(site.link_to(address))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm and sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return name, address
