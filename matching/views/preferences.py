"""*My four questions*: what somebody asks for, as a mentee or as a mentor."""

from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from matching.domain.preference import may_require_identity
from matching.domain.terms import own_values
from matching.domain.topic import asked_label, directions_for, needs_own_value, topics_for
from matching.enums import Side
from matching.forms.preference import PreferenceForm
from matching.permissions import can_ask_for_mentees, preferences_of, programmes_to_search, question_words_of
from matching.presenters import preferences as words
from mentoring.domain.action import NotPossible
from mentoring.models import Person
from mentoring.presenters.tasks import guide_for
from mentoring.views.access import MemberRequest, member
from mentoring.views.start import roles_here

LONG_LIST: Final = 8
"""With more options than this they are folded away until somebody wants them."""


@member
def preferences(request: MemberRequest) -> HttpResponse:
    """What the person asks for in a mentor."""
    return _overview(request, Side.AS_MENTEE)


@member
def preferences_mentor(request: MemberRequest) -> HttpResponse:
    """What a mentor hopes for in a mentee."""
    _refuse_unless_mentor(request.person)
    return _overview(request, Side.AS_MENTOR)


@member
def preference(request: MemberRequest, key: str) -> HttpResponse:
    """One thing a person asks for in a mentor."""
    return _one(request, Side.AS_MENTEE, key)


@member
def preference_mentor(request: MemberRequest, key: str) -> HttpResponse:
    """One thing a mentor hopes for in a mentee."""
    _refuse_unless_mentor(request.person)
    return _one(request, Side.AS_MENTOR, key)


def _refuse_unless_mentor(person: Person) -> None:
    if not can_ask_for_mentees(person):
        raise Http404


def _overview(request: MemberRequest, side: Side) -> HttpResponse:
    person = request.person
    offered = topics_for(person)
    rows = list(preferences_of(person, side))
    own = own_values(person, offered)
    own_words = dict(question_words_of(person, side).values_list("strength", "words"))
    asked = [
        replace(each, own_words=own_words.get(each.strength, ""), href=words.question_url(side, each.strength))
        for each in words.questions(rows, offered, own)
    ]
    context = {
        "as_mentor": side == Side.AS_MENTOR,
        "questions": asked,
        "picture": words.in_the_picture(asked),
        "inside": words.inside_the_picture(asked),
        "families": words.could_ask(side, rows, offered),
        "asks_anything": any(question.asked for question in asked),
        "guide": guide_for(request, person, lambda: roles_here(request)),
        "can_find": side == Side.AS_MENTEE and programmes_to_search(person).exists(),
        "other_side": can_ask_for_mentees(person) if side == Side.AS_MENTEE else True,
    }
    return render(request, "matching/preferences.html", context)


def _one(request: MemberRequest, side: Side, key: str) -> HttpResponse:
    person = request.person
    offered = topics_for(person)
    topic = offered.get(key)
    if topic is None or not directions_for(topic, side, offered):
        raise Http404
    label = asked_label(topic, side)
    form = PreferenceForm(
        request.POST if request.method == "POST" else None,
        person=person,
        side=side,
        topic=topic,
        offered=offered,
        preference=preferences_of(person, side).filter(characteristic=key).first(),
        may_require_identity=may_require_identity(side, person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved: {label[:1].lower()}{label[1:]}.")
            return redirect(words.overview_url(side))
    own = own_values(person, offered)
    context = {
        "form": form,
        "label": label,
        "back": words.overview_url(side),
        "own_answer": words.own_answer_words(topic, own),
        "own_answer_url": words.own_answer_url(topic),
        "compares": any(needs_own_value(direction) for direction in form.directions),
        "long_list": len(topic.choices) > LONG_LIST,
        "options_open": bool(form["options"].errors or form["options"].value()) if "options" in form.fields else False,
    }
    return render(request, "matching/preference.html", context)
