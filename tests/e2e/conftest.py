"""A real browser against a real server: every response and every console line is watched, axe looks at every page."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Response, sync_playwright
from pytest_django import DjangoDbBlocker

from matching.domain import mentor_pool
from mentoring.domain.demo import PASSWORD, seed_demo

WIDTHS = (1180, 360)
GOOD: set[tuple[int, int]] = set()
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
# After a change of width the header takes up to three frames to put its links away, or out again.
SETTLED = """async width => {
  for (let frames = 0; frames < 4; frames += innerWidth === width) await new Promise(requestAnimationFrame)
}"""
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say how many journeys are skipped where there is no Chromium, and how to get one."""
    if CHROMIUM is None:
        reason = "no Chromium found; on Debian: apt-get install chromium"
        for item in items:
            if "/e2e/" in str(item.path):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    # Playwright's own event loop runs in this thread, which Django would take for a mistake; while it does,
    # Django has other connections, so that nobody could close those of before.
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _as_it_is(application: WSGIHandler) -> WSGIHandler:
    """Static files through whitenoise, as in production; the test server's own handler would hide a missing one."""
    return application


def _turn_to(database: str) -> None:
    """From here on this process works on that database."""
    connections.close_all()
    # Copies have the same ids and versions: what was kept for one would be believed of another.
    mentor_pool._kept.clear()
    connection.settings_dict["NAME"] = database


@contextmanager
def _copy_of_database() -> Iterator[None]:
    """Inside, this process works on a copy of the database that it worked on before; then it is gone."""
    original = connection.settings_dict["NAME"]
    copy = f"{original}_copy"
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        _turn_to(copy)
        try:
            yield
        finally:
            _turn_to(original)
        # A browser that is slow to hang up leaves the server's thread with a connection.
        cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database with a small demo in it."""
    original = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), _copy_of_database():
        seed_demo(people=60, seed=7)
        loaded = connection.settings_dict["NAME"]
        _turn_to(original)
        yield loaded


@pytest.fixture
def transactional_db(demo: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of pytest-django's: a copy of the demo for each journey is made sooner than a demo."""
    original = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _turn_to(demo)
        with _copy_of_database():
            yield
        _turn_to(original)


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    """A server on this test's database."""
    server = LiveServerThread("127.0.0.1", cast(type[WSGIHandler], _as_it_is), connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


class Visitor:
    """Somebody with a browser window, who notices everything that goes wrong."""

    def __init__(self, page: Page, address: str, *, javascript: bool) -> None:
        self.page, self.address, self.javascript = page, address, javascript
        self.wrong: list[str] = []
        page.on("response", self._look_at)
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _look_at(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.status} {response.url}")

    def open(self, path: str) -> None:
        """Go to a path of ours."""
        self.page.goto(self.address + path)
        self.check()

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Through the page, as people do."""
        self.open("/accounts/login/")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in")

    def press(self, name: str) -> None:
        """A button of the page's own content."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        self.check()

    def follow(self, name: str) -> None:
        """A link of the page's own content."""
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        self.check()

    def check(self) -> None:
        """axe finds nothing at either width, nothing scrolls sideways, no link is empty, nothing went wrong before."""
        self.page.wait_for_load_state()
        # axe is a script; without JavaScript the same pages are walked, not measured.
        for width in WIDTHS if self.javascript else ():
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(SETTLED, width)
            self._measure(width)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} scrolls sideways at {width} px: {wide}"
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        assert self.page.locator('a[href=""]').all_inner_texts() == [], self.page.url
        assert self.wrong == [], self.page.url

    def _measure(self, width: int) -> None:
        """axe, once for what was found good before: journeys share their beginnings."""
        page = (width, hash(TOKEN.sub("", self.page.content())))
        if page in GOOD:
            return
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
        seen = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        assert seen == [], f"{self.page.url} at {width} px"
        GOOD.add(page)

    @property
    def heading(self) -> str:
        """The page's first heading."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """What the page's own content says."""
        return self.page.get_by_role("main").inner_text()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Callable[[], Visitor]]:
    """`visitor()` is somebody new, in a window of their own."""
    contexts = []

    def arrive(*, javascript: bool = True) -> Visitor:
        context = browser.new_context(java_script_enabled=javascript, locale="en-GB")
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(context.new_page(), address, javascript=javascript)

    yield arrive
    for context in contexts:
        context.close()
