"""The four questions one by one: what stands under each, what could, and how it should be."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from matching import engine
from matching.domain.preference import may_require_identity
from matching.domain.terms import own_values
from matching.domain.topic import asked_label, needs_own_value, topics_for
from matching.enums import Side, Strength
from matching.forms.picked import MOST_AT_ONCE, PickedForm
from matching.forms.preference import PreferenceForm
from matching.forms.question import QuestionForm
from matching.permissions import can_ask_for_mentees, preferences_of, question_words_of
from matching.presenters import preferences as words
from mentoring.forms.saving import posted, saved
from mentoring.presenters.tasks import GUIDED, guide_for
from mentoring.views.access import MemberRequest, member
from mentoring.views.start import roles_here


@member
def question(request: MemberRequest, question: str) -> HttpResponse:
    """One of a mentee's four questions."""
    return _question(request, Side.AS_MENTEE, _strength(question))


@member
def question_mentor(request: MemberRequest, question: str) -> HttpResponse:
    """One of a mentor's four questions."""
    _refuse_unless_mentor(request)
    return _question(request, Side.AS_MENTOR, _strength(question))


@member
def pick(request: MemberRequest, question: str) -> HttpResponse:
    """How what a mentee picked should be."""
    return _pick(request, Side.AS_MENTEE, _strength(question))


@member
def pick_mentor(request: MemberRequest, question: str) -> HttpResponse:
    """How what a mentor picked should be."""
    _refuse_unless_mentor(request)
    return _pick(request, Side.AS_MENTOR, _strength(question))


def _strength(question: str) -> Strength:
    if question not in Strength.values:
        raise Http404
    return Strength(question)


def _refuse_unless_mentor(request: MemberRequest) -> None:
    if not can_ask_for_mentees(request.person):
        raise Http404


def _question(request: MemberRequest, side: Side, strength: Strength) -> HttpResponse:
    person, offered = request.person, topics_for(request.person)
    rows = list(preferences_of(person, side))
    own_words = dict(question_words_of(person, side).values_list("strength", "words"))
    form = QuestionForm(
        posted(request),
        person=person,
        side=side,
        question=strength,
        words=own_words.get(strength, ""),
        families=words.picks_for(strength, side, rows, offered, may_require_identity(side, person)),
    )
    guide = guide_for(request, person, lambda: roles_here(request))
    heading, meaning = words.heading_of(strength)
    if form.is_bound and saved(form):
        if form.picked:
            if len(form.picked) > MOST_AT_ONCE:
                messages.info(request, f"These are the first {MOST_AT_ONCE} of what you picked. Pick the others later.")
            return redirect(f"{words.pick_url(side, strength)}?{_query(form.picked, bool(guide))}")
        messages.success(request, f"“{heading}” is saved.")
        return redirect(guide.on if guide else words.overview_url(side))
    asked = words.questions(rows, offered, own_values(person, offered))
    here = next(each for each in asked if each.strength == strength)
    context = {
        "form": form,
        "heading": heading,
        "meaning": meaning,
        "plain": here.plain,
        "here": here,
        "guide": guide,
        "back": words.overview_url(side),
        "only_if": strength == Strength.REQUIRE,
    }
    return render(request, "matching/question.html", context)


def _pick(request: MemberRequest, side: Side, strength: Strength) -> HttpResponse:
    person, offered = request.person, topics_for(request.person)
    back = words.question_url(side, strength) + (f"?{GUIDED}=on" if GUIDED in request.GET else "")
    form = PickedForm(
        posted(request),
        picked=request.GET.getlist("pick"),
        person=person,
        side=side,
        question=strength,
        offered=offered,
        rows={row.characteristic_id: row for row in preferences_of(person, side)},
        may_require_identity=may_require_identity(side, person),
    )
    if not form.forms:
        return redirect(back)
    if form.is_bound and saved(form):
        messages.success(request, "Saved.")
        return redirect(back)
    own = own_values(person, offered)
    context = {
        "form": form,
        "blocks": [_block(each, side, own) for each in form.forms],
        "heading": words.heading_of(strength)[0],
        "back": back,
    }
    return render(request, "matching/question_pick.html", context)


def _block(form: PreferenceForm, side: Side, own: Mapping[str, engine.Value]) -> dict[str, object]:
    """What the page says around one form."""
    topic = form.topic
    compares = any(needs_own_value(direction) for direction in form.directions)
    return {
        "form": form,
        "label": asked_label(topic, side),
        "own_answer": words.own_answer_words(topic, own),
        "own_answer_url": words.own_answer_url(topic),
        "missing": compares and topic.key not in own,
        "open": bool(form["options"].errors or form["options"].value()) if "options" in form.fields else False,
    }


def _query(picked: list[str], guided: bool) -> str:
    return urlencode([*(("pick", key) for key in picked), *([(GUIDED, "on")] if guided else [])])
