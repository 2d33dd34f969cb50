"""What tests of several folders share: a Chromium that can reach nothing but this machine."""

import os
import re
import shutil

import pytest

OUTSIDE = re.compile(r"^(?!http://127\.0\.0\.1:)")
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is missing; install it (Debian: apt install chromium) or Google Chrome", pytrace=False)
    flags = CHROMIUM_FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def outside():
    """What the test's pages asked of the network beyond this machine; everything in it was refused."""
    return []


@pytest.fixture
def errors():
    """What went wrong in the scripts of the test's pages, and what they wrote to the console as an error."""
    return []


@pytest.fixture
def new_page(browser, outside, errors):
    """A function that opens a page; its options are those of Playwright's ``new_context``.

    A test whose pages asked for something beyond this machine, or met a script error, fails at its end.
    """
    contexts = []

    def refuse(route):
        outside.append(route.request.url)
        route.abort()

    def new_page(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.route(OUTSIDE, refuse)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert outside == [], "the page asked for something beyond this machine"
    assert errors == [], "the page met an error"
