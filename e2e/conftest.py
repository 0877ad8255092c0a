"""A browser on a served site; every journey is made with JavaScript and without."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.browsing import Complaints
from e2e.install_browser import chromium
from e2e.server import Site, served_site
from tests.databases import new_database

PATIENCE = 30_000  # milliseconds that a page may take before a journey gives up

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with new_database(folder) as database_url, served_site(folder, database_url) as served:
        yield served


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "en-GB", "color_scheme": "light"}


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether JavaScript runs."""
    return request.param


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], scripts: bool) -> Iterator[Page]:
    """A page of a new reader's browser. The journey fails if the browser complained on its way."""
    yield from watched(new_context(java_script_enabled=scripts))


def watched(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints = Complaints(page)
    yield page
    assert complaints.heard() == []


@pytest.fixture
def plain_theme(site: Site) -> Iterator[None]:
    """The site wears the other theme until the test ends."""
    site.wear("plain")
    yield
    site.wear("default")


@pytest.fixture
def scripted_page(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """The same with JavaScript only, for checks that run scripts of their own."""
    yield from watched(new_context())
