"""What journeys share: hearing the browser's complaints, moving by keyboard, and what a reader sees."""

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

MOST_STEPS = 150  # presses of the Tab key
REFUSALS = (409, 422)  # of forms, which scripts may have sent
REFUSED = "the server responded with a status of"


class Complaints:
    """What the browser holds against the pages of a journey: errors, warnings, broken rules of the policy."""

    def __init__(self, page: Page):
        self._heard: list[tuple[str, str]] = []
        self._refused: set[str] = set()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._heard.append((page.url, str(error))))
        page.on("response", self._note_refused_page)
        page.add_init_script(
            "addEventListener('securitypolicyviolation',"
            " event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"
        )

    def heard(self) -> list[tuple[str, str]]:
        """``(address, text)`` of each, but of pages that are missing and forms that are refused as wanted."""
        return [(url, text) for url, text in self._heard if not (url in self._refused and REFUSED in text)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._heard.append((message.location["url"], message.text))

    def _note_refused_page(self, response: Response) -> None:
        refused = response.status >= 400 and response.request.is_navigation_request()
        if refused or response.status in REFUSALS:
            self._refused.add(response.url)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until ``wanted`` has the focus, and see that it shows."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    assert wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none"


def paper(page: Page) -> str:
    """The colour of the page's background, as the browser computed it."""
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def is_dark(colour: str) -> bool:
    """Whether a colour such as ``rgb(22, 19, 15)`` is nearer to black than to white."""
    return sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) < 3 * 128


def teasers(page: Page) -> Locator:
    return page.get_by_role("main").locator(".posts").get_by_role("article")
