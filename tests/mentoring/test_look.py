"""The look: components, forms, pictures, navigation, and the pages that anyone may see."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import formats, timezone, translation
from pytest_django import DjangoAssertNumQueries, Settings

from mentoring.forms.renderer import DateParts, DatePicker, Radios
from mentoring.models import Person
from mentoring.presenters import navigation as header
from mentoring.presenters import pictures
from mentoring.presenters.navigation import NavigationItem
from mentoring.templatetags.look import component, initials
from mentoring.views import errors

TEMPLATES = Path(__file__).parents[2] / "templates"


def draw(source: str, **context: Any) -> str:
    """A template's text with runs of white space made one."""
    return re.sub(r"\s+", " ", Template(source).render(Context(context))).strip()


class Question(forms.Form):
    """A form with one field of each kind that the templates tell apart."""

    name = forms.CharField(label="What should we call you?", help_text="As you say it.")
    story = forms.CharField(label="My journey", max_length=300, widget=forms.Textarea, required=False)
    strength = forms.ChoiceField(
        label="How much does it matter?",
        choices=[("require", "I require this"), ("help", "It would help me")],
        widget=Radios(hints={"require": "Only if they do."}),
    )
    registered = forms.DateField(label="When did you register?", widget=DateParts)
    agree = forms.BooleanField(label="I agree")


# --- Components ------------------------------------------------------------------------------------------------


def test_a_component_escapes_what_people_wrote() -> None:
    assert "&lt;b&gt;" in component("tag", {"text": "<b>Amina</b>"})
    assert "&lt;b&gt;" in component("inset-text", {"html": "<b>Amina</b>"})
    assert "<b>x</b>" in draw('{% nhsblock "inset-text" %}<b>x</b>{% endnhsblock %}')


def test_a_literal_of_a_template_is_text_once() -> None:
    assert draw('{% nhs "warning-callout" heading="Before you go on" %}').count("Before you go on") == 1


def test_a_block_keeps_the_escaping_of_what_is_inside() -> None:
    assert "&lt;script&gt;" in draw("{% card name %}{{ name }}{% endcard %}", name="<script>")
    assert "<script>" not in draw("{% card name %}{{ name }}{% endcard %}", name="<script>")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Folasade Adébáyọ̀", "FA"),
        ("Ọlá", "Ọ"),
        ("Preeti Kaur Sandhu", "PS"),
        ("Zoë O’Neill", "ZO"),
        ("a\u0301ine byrne", "ÁB"),
        ("李 小龙", "李小"),
        ("", "?"),
    ],
)
def test_initials_keep_marks_and_single_names(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_monogram_has_the_same_colour_each_time() -> None:
    assert draw("{% monogram 'Amina' %}") == draw("{% monogram name %}", name="Amina")


def test_pagination_keeps_the_rest_of_the_query() -> None:
    page = Paginator(range(60), 20).page(2)
    request = RequestFactory().get("/mentors/?place=Leeds&page=2")
    text = draw("{% pagination page %}", page=page, request=request)
    assert 'href="?place=Leeds&amp;page=3"' in text
    assert 'aria-current="page">2</a>' in text


def test_a_single_page_has_no_pagination() -> None:
    assert draw("{% pagination page %}", page=Paginator(range(3), 20).page(1)) == ""


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "lock" %}')
    assert 'aria-label="Only you"' in draw('{% icon "lock" label="Only you" %}')


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% rows items %}", '<a href="/x/">Change<span class="nhsuk-u-visually-hidden">: How often</span></a>'),
        ("{% todo needs %}", '<a class="al-todo__action" href="/x/">Pick a time'),
        ("{% tabs links %}", '<a class="al-tabs__link" href="/x/" aria-current="page">Agreement</a>'),
        ("{% breadcrumbs crumbs %}", '<a class="nhsuk-breadcrumb__link" href="/x/">Charter</a>'),
        ("{% task_list tasks %}", '<div class="nhsuk-task-list__status" id="task-list-1">Done</div>'),
        ("{% chips names %}", '<li class="al-chip">Amina</li>'),
        ("{% nothing 'Nothing yet' %}Soon{% endnothing %}", '<p class="al-empty__title">Nothing yet</p> Soon'),
        ("{% filters %}x{% endfilters %}", '<details class="al-filters" data-al-filters>'),
        ("{% details 'How' %}x{% enddetails %}", '<div class="nhsuk-details__text">x</div>'),
        ("{% tag 'Active' 'green' %}", '<strong class="nhsuk-tag nhsuk-tag--green">Active</strong>'),
        ("{% submit 'Save' %}", 'data-prevent-double-click="true" type="submit">'),
    ],
)
def test_components_draw_what_they_are_given(source: str, expected: str) -> None:
    text = draw(
        source,
        items=[("How often", "Monthly", "/x/")],
        needs=[{"title": "Times", "href": "/x/", "action": "Pick a time"}],
        links=[{"label": "Agreement", "href": "/x/", "current": True}],
        crumbs=[("Charter", "/x/")],
        tasks=[{"label": "About me", "href": "/x/", "status": "Done"}],
        names=["Amina"],
    )
    assert expected in re.sub(r">\s+<", "><", text) or expected in text


# --- Forms -------------------------------------------------------------------------------------------------------


def test_a_field_is_tied_to_its_hint_and_its_error() -> None:
    text = draw("{{ form }}", form=Question({"strength": "help"}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert '<div class="nhsuk-hint" id="id_name_helptext">' in text
    assert "Please fill this in" in text
    assert 'class="nhsuk-input nhsuk-input--error"' in text


def test_a_group_has_a_legend_and_its_choices_have_hints() -> None:
    text = draw("{% field form.strength size='m' %}", form=Question())
    assert 'class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m"' in text
    assert 'aria-describedby="id_strength_0_hint"' in text
    assert "Only if they do." in text


def test_a_question_page_has_its_label_as_heading() -> None:
    assert '<h1 class="nhsuk-label-wrapper">' in draw("{% field form.name heading=True %}", form=Question())
    assert '<h1 class="nhsuk-fieldset__heading">' in draw("{% field form.strength heading=True %}", form=Question())


def test_a_long_answer_counts_its_characters_and_may_be_left_out() -> None:
    text = draw("{% field form.story %}", form=Question())
    assert 'data-module="nhsuk-character-count" data-maxlength="300"' in text
    assert 'aria-describedby="id_story-info"' in text
    assert "My journey (optional)" in text


def test_the_error_summary_names_fields_and_leads_into_them() -> None:
    form = Question({"registered_day": "31", "registered_month": "2", "registered_year": "2020"})
    text = draw("{% error_summary form %}", form=form)
    for link in ("#id_name", "#id_strength_0", "#id_registered_0", "#id_agree"):
        assert f'href="{link}"' in text
        assert f'id="{link[1:]}"' in draw("{{ form }}", form=form)
    assert "What should we call you? Please fill this in" in text
    assert draw("{% error_summary form %}", form=Question()) == ""


def test_a_date_in_three_boxes_is_a_date_and_keeps_what_was_typed() -> None:
    given = {"registered_day": "7", "registered_month": "3", "registered_year": "2019"}
    form = Question(given)
    form.is_valid()
    assert form.cleaned_data["registered"].isoformat() == "2019-03-07"
    wrong = draw("{% field form.registered %}", form=Question({**given, "registered_month": "13"}))
    assert 'value="13"' in wrong
    assert "Enter a valid date" in wrong
    shown = draw("{% field form.registered %}", form=Question(initial={"registered": timezone.now().date()}))
    assert f'value="{timezone.now().date().year}"' in shown


def test_the_browsers_date_picker_is_given_iso() -> None:
    assert 'value="2026-11-22"' in DatePicker().render("day", datetime(2026, 11, 22).date())


def test_no_field_is_drawn_with_a_placeholder() -> None:
    field = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Name"}))
    form = type("Placeholder", (forms.Form,), {"name": field})()
    assert "placeholder" not in draw("{{ form }}", form=form)


# --- Pictures --------------------------------------------------------------------------------------------------


def test_a_match_bar_is_as_wide_as_what_was_asked_and_as_full_as_it_fits() -> None:
    segments = pictures.match_segments({"help": (0, 1), "need": (3, 3), "support": (0, 0)})
    assert [(s.question, s.width, s.filled) for s in segments] == [("need", "222.8", "222.8"), ("help", "74.2", "0")]
    assert [s.words for s in segments] == ["I need: all of it", "Would help me: none of it"]
    assert pictures.match_segments({}) == []


def test_dots_stand_on_their_ticks() -> None:
    scale = pictures.scale(theirs=1, mine=5)
    assert (scale.theirs, scale.mine) == (scale.ticks[0], scale.ticks[-1])
    assert pictures.scale(theirs=None, mine=3).theirs is None
    assert pictures.scale_words(4, "A plan", "As it comes") == "nearer to as it comes"
    assert pictures.scale_words(None, "A plan", "As it comes") == "not on the profile"


def test_stages_know_what_is_done_now_and_later() -> None:
    assert [stage.state for stage in pictures.stages(["Asked", "Agreement", "Active"], 1)] == ["done", "now", "later"]
    assert {stage.state for stage in pictures.stages(["Asked", "Active"], 2)} == {"done"}


def test_principle_parts_fill_the_bar_and_nothing_is_left_unsaid() -> None:
    counts = {"met": 2, "partly": 1, "open": 1}
    assert [part.answer for part in pictures.principle_parts(counts)] == ["met", "partly", "open"]
    assert pictures.principle_words(counts) == "2 met · 1 partly · 0 not met · 1 open"
    assert pictures.principle_parts({}) == []


def test_a_medal_shows_its_level_without_colour() -> None:
    assert [len(pictures.medal_stars(level)) for level in ("", *pictures.LEVELS)] == [0, 1, 2, 3]


def test_pictures_have_titles_and_no_inline_style() -> None:
    text = draw(
        "{% four_supports items %}{% match_bar parts 'Fits 1 of 2' %}{% match_key %}{% scale_key 'Tom' %}"
        "{% scale_line 'Plan' 'As it comes' 2 4 name='Tom' %}{% stages labels 0 %}{% tracks tracks %}"
        "{% principle_bar counts 'Leadership' %}{% medal 'silver' %}",
        items={"need": ["Direct <feedback>"]},
        parts={"need": (1, 2)},
        labels=["Asked", "Active"],
        tracks=[{"level": "bronze", "share": 0.5, "threshold": 0.75, "words": "3 to go"}],
        counts={"met": 1},
    )
    assert "style=" not in text
    assert "Direct &lt;feedback&gt;" in text
    labelled = re.findall(r'role="img" aria-labelledby="([^" ]+)', text)
    assert len(labelled) == len(set(labelled)) == 6
    assert all(f'<title id="{label}">' in text for label in labelled)


# --- Navigation ------------------------------------------------------------------------------------------------


def test_rooms_are_merged_in_order_and_the_longest_path_is_current(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    rooms: dict[str, Callable[[HttpRequest], list[NavigationItem]]] = {
        "late.navigation": lambda request: [NavigationItem("Account", "/account/", 90, ("/account/",))],
        "early.navigation": lambda request: [
            NavigationItem("Home", "/", 0),
            NavigationItem("Charter", "/charter/", 40, ("/charter/", "/account/awards/")),
        ],
    }
    monkeypatch.setattr(header, "import_string", rooms.__getitem__)
    settings.ROOMS = ["late", "early"]

    def current(path: str) -> list[str]:
        return [link.label for link in header.links(RequestFactory().get(path)) if link.current]

    assert [link.label for link in header.links(RequestFactory().get("/"))] == ["Home", "Charter", "Account"]
    assert current("/") == ["Home"]
    assert current("/charter/answers/3/") == ["Charter"]
    assert current("/account/awards/") == ["Charter"]
    assert current("/elsewhere/") == []


# --- Pages -------------------------------------------------------------------------------------------------------

PUBLIC = ["/", "/model/", "/accessibility/", "/privacy/", "/accounts/login/", "/accounts/signup/"]
ENTRANCE = [
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/x-wrong/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong/",
    "/accounts/inactive/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PUBLIC, *ENTRANCE])
def test_pages_for_visitors_are_whole_and_ours(path: str) -> None:
    response = Client().get(path)
    text = response.content.decode()
    assert response.status_code == 200
    assert text.count("<h1") == 1
    assert "– Alongside</title>" in text
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|data:image", text)


@pytest.mark.parametrize("path", PUBLIC[:4])
@pytest.mark.django_db
def test_public_pages_ask_the_database_nothing(path: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        Client().get(path)


@pytest.mark.parametrize("path", ["email/", "password/change/", "logout/", "reauthenticate/"])
def test_account_pages_of_a_member_are_ours(path: str, amina: Person, as_: Callable[[Person], Client]) -> None:
    response = as_(amina).get(f"/accounts/{path}", follow=True)
    assert response.status_code == 200
    assert "– Alongside</title>" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.conflict, 409),
        (errors.server_error, 500),
    ],
)
def test_error_pages_need_no_database(view: Callable[[HttpRequest], HttpResponse], status: int) -> None:
    response = view(RequestFactory().get("/somewhere/"))
    assert response.status_code == status
    assert "what you typed" in response.content.decode().lower() or status in {403, 404}


def test_what_is_too_long_says_by_how_much() -> None:
    class Own(forms.Form):
        """With its own words, and without."""

        story = forms.CharField(label="My journey", max_length=1000)
        line = forms.CharField(label="In a line", max_length=5, error_messages={"max_length": "Five, no more."})

    text = draw("{% error_summary form %}", form=Own({"story": "x" * 1001, "line": "x" * 6}))
    assert "My journey: Shorten this to 1,000 characters: it has 1,001" in text
    assert "In a line: Five, no more." in text


def test_a_form_with_errors_says_so_in_the_title() -> None:
    source = '{% extends "base.html" %}{% block title %}Sign in{% endblock %}'
    assert "<title>Error: Sign in – Alongside</title>" in draw(source, form=Question({}))
    assert "<title>Sign in – Alongside</title>" in draw(source, form=Question())


@pytest.mark.django_db
def test_healthz_answers_while_the_database_does() -> None:
    assert Client().get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_security_txt_is_there_only_with_a_contact(settings: Settings) -> None:
    settings.SECURITY_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "safe@alongside.example"
    text = Client().get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:safe@alongside.example\nExpires: 20")


def test_emails_say_nothing_to_a_passer_by() -> None:
    texts = {path.name: path.read_text() for path in (TEMPLATES / "account" / "email").iterdir()}
    assert [name for name, text in texts.items() if re.search("mentor|ethnic|charter|<", text, re.I)] == []


def test_dates_are_british() -> None:
    with translation.override("en-gb"):
        assert formats.date_format(datetime(2026, 11, 22), use_l10n=True) == "22 November 2026"
        assert formats.time_format(datetime(2026, 11, 22, 16, 30), "TIME_FORMAT") == "16:30"
