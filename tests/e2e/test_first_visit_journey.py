"""The first visit by keyboard alone: from a link to a mentor who is asked; and its pages small, large and looked at."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from mentoring.domain import notification
from mentoring.models import Mentorship, Notification, Programme
from tests.conftest import Count
from tests.e2e.conftest import SETTLED, WIDTHS, Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

Arrive = Callable[..., Visitor]
PASSWORD = "three unrelated words"
NARROW = 320
# What has the focus, whether it is on screen, and whether one sees that it has it: the field, its own drawn box, or a
# card that is one link.
FOCUSED = """() => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  const label = e.labels && e.labels[0]
  const drawn = [getComputedStyle(e), ...(label ? [getComputedStyle(label, '::before')] : [])]
  const plain = /^(transparent|rgba\\(.*, 0\\))$/
  const seen = drawn.some(style => style.boxShadow !== 'none' ||
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && !plain.test(style.outlineColor)))
  const box = (label || e).getBoundingClientRect()
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight
  return {words: (label || e).innerText.trim() || e.getAttribute('aria-label') || '', seen, inside, html: e.outerHTML}
}"""
# What axe could not decide, and why.
LEFT_OPEN = """axe.run({resultTypes: ['incomplete']}).then(found => found.incomplete.flatMap(one => one.nodes.map(
  node => [one.id, node.any.map(check => check.data && check.data.messageKey).join(), node.html].join(' '))))"""
# The box of a radio button or a checkbox is drawn beside its words, not behind them: they stand on the ground whose
# contrast axe measures everywhere else.
EXPLAINED = re.compile(r'^color-contrast pseudoContent <label class="nhsuk-label nhsuk-(radios|checkboxes)__label"')
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
USUAL_TEXT = "document.documentElement.style.fontSize = ''"


@dataclass(slots=True)
class Keyboard:
    """Somebody without a mouse. Whatever has the focus is seen to have it, and the focus is never lost on the way."""

    visitor: Visitor
    pages: int = 0

    @property
    def page(self) -> Page:
        """The page on the screen."""
        return self.visitor.page

    def focused(self) -> str:
        """What has the focus, in its own words."""
        focused = self.page.evaluate(FOCUSED)
        assert focused is not None, f"{self.page.url}: the focus is lost"
        assert focused["seen"], f"{self.page.url}: nobody sees the focus on {focused['html'][:200]}"
        assert focused["inside"], f"{self.page.url}: the focus is off the screen, on {focused['html'][:200]}"
        words: str = focused["words"]
        return words

    def tab(self) -> str:
        """Go on by one; what is reached."""
        self.page.keyboard.press("Tab")
        return self.focused()

    def go_to(self, words: str) -> None:
        """Tab until something that begins with these words is reached; a field may have the focus from the start."""
        passed = []
        reached = self.focused() if self.page.evaluate("document.activeElement.matches('[autofocus]')") else self.tab()
        while not reached.startswith(words):
            passed.append(reached)
            assert len(passed) < 120, f"{self.page.url}: no way to {words!r} by keyboard, only to {passed}"
            reached = self.tab()

    def type(self, words: str, text: str) -> None:
        """Fill in the field with this label."""
        self.go_to(words)
        self.page.keyboard.type(text)

    def press(self, words: str) -> None:
        """Enter, on a link or a button that leads to another page, which is then looked at."""
        self.go_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def open(self, path: str) -> None:
        """A link from elsewhere."""
        self.page.goto(self.visitor.address + path)
        self.look()

    def look(self) -> None:
        """axe has nothing to say or to ask; nothing scrolls sideways on a narrow screen or with large text."""
        self.visitor.check()
        self.pages += 1
        page = self.page
        assert [each for each in page.evaluate(LEFT_OPEN) if not EXPLAINED.match(each)] == [], page.url
        for width, text in ((NARROW, USUAL_TEXT), (1180, LARGE_TEXT), (640, LARGE_TEXT)):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(text)
            page.evaluate(SETTLED, width)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url} scrolls sideways at {width} px ({text}): {wide}"
        page.evaluate(USUAL_TEXT)
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.evaluate(SETTLED, WIDTHS[0])


def link_in_mail(address: str) -> str:
    """The link in the email that an address was sent."""
    body = Notification.objects.get(address=address).body
    assert notification.send_due() >= 1
    link = re.search(r"/accounts/confirm-email/\S+", body)
    assert link is not None
    return link.group()


def make_an_account(keys: Keyboard, address: str) -> None:
    keys.press("Make an account")
    keys.type("Email address", address)
    keys.type("Choose a password", PASSWORD)
    keys.press("Join")
    keys.open(link_in_mail(address))
    keys.press("Yes, go on")


def join_and_answer(keys: Keyboard) -> None:
    keys.go_to("As a mentee")
    keys.page.keyboard.press("Space")
    keys.press("Join")
    keys.type("First name", "Noor")
    keys.press("Continue")
    for _ in range(3):
        keys.press("Save and continue")


def test_from_a_link_to_a_mentor_who_is_asked_by_keyboard_alone(visitor: Arrive, count: Count) -> None:
    # Given a link that a coordinator gave out
    programme = Programme.objects.get(slug="allied-health-futures")
    programme.join_code = "join-us"
    programme.save()

    # When somebody without a mouse follows it, makes an account, joins, and answers three questions
    keys = Keyboard(visitor())
    keys.open("/join/join-us/")
    make_an_account(keys, "noor@example.org")
    if "/join/" not in keys.page.url:
        keys.open("/join/join-us/")
    join_and_answer(keys)

    # Then real mentors are on the screen, and the skip link leads past the header to them
    assert keys.visitor.heading == "Find a mentor"
    assert keys.tab() == "Skip to main content"
    keys.page.keyboard.press("Enter")
    assert keys.page.evaluate("document.activeElement.id") == "maincontent"

    # And one of them is read about, and asked
    mentor = keys.page.locator("article a").first.inner_text()
    keys.press(mentor)
    keys.press(f"Ask {mentor.split()[0]}")
    keys.type("Your message to", "Your journey is one I would like to be on.")
    keys.press("Send to")
    assert "You have asked" in keys.visitor.text
    assert Mentorship.objects.filter(mentee__first_name="Noor").exists()
    count("pages of the first visit by keyboard, also at 320 px and with large text", keys.pages)
