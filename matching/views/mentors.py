"""Finding a mentor, reading about one, and asking."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from matching.domain.inputs import gather
from matching.domain.ranking import explain_mentor, rank_mentors
from matching.forms.ask import AskForm
from matching.forms.search import SearchForm, narrowing_of
from matching.permissions import mentors_to_meet, mentorships_with, programmes_to_search, proposals_to, saved_by
from matching.presenters.mentor import mentor_page
from matching.presenters.proposal import suggestion_to
from matching.presenters.search import pages_of, programme_tabs, results
from mentoring.domain.action import NotPossible
from mentoring.domain.mentorship import why_not_ask
from mentoring.forms.saving import posted
from mentoring.models import Membership, Person
from mentoring.permissions import characteristics_asked_in
from mentoring.presenters.feedback import shown_about
from mentoring.presenters.profile import profile_of
from mentoring.views.access import MemberRequest, member


@member
def find(request: MemberRequest) -> HttpResponse:
    """The mentors of a programme, the best fit first."""
    programmes = list(programmes_to_search(request.person))
    if not programmes:
        return render(request, "matching/find_nowhere.html")
    wanted = request.GET.get("programme")
    programme = next((each for each in programmes if each.slug == wanted), programmes[0])
    inputs = gather(person=request.person, programme=programme)
    narrowing = narrowing_of(request.GET, inputs)
    number = _page_number(request)
    found = rank_mentors(inputs=inputs, narrowing=narrowing, page=number)
    if number > pages_of(found, narrowing):
        number = pages_of(found, narrowing)
        found = rank_mentors(inputs=inputs, narrowing=narrowing, page=number)
    context = {
        "programme": programme,
        "tabs": programme_tabs(programmes, programme),
        "several": len(programmes) > 1,
        "search": SearchForm(request.GET, inputs=inputs, counts=found.counts),
        "results": results(found, inputs, narrowing, number),
        "narrowed": narrowing.by_anything,
        "suggestion": suggestion_to(request.person),
        "filters_title": "Change the filters" if narrowing.by_anything else "Narrow the list",
    }
    return render(request, "matching/find.html", context)


@member
def mentor(request: MemberRequest, pk: int) -> HttpResponse:
    """One mentor: why you might work well, and who they are."""
    membership = _mentor(request.person, pk)
    inputs = gather(person=request.person, programme=membership.programme)
    explanation = explain_mentor(inputs=inputs, mentor=membership)
    if explanation is None:
        raise Http404
    context = {
        "profile": profile_of(membership.person, request.person, asked=characteristics_asked_in(membership.programme)),
        "saved": saved_by(request.person).filter(membership=membership).exists(),
        "shown": shown_about(membership.person, request.person, request.GET.get("said")),
        "ask_words": f"Ask {membership.person.called}",
        "page": mentor_page(
            membership=membership,
            explanation=explanation,
            inputs=inputs,
            mentorships=mentorships_with(request.person, membership.person),
            why_not=why_not_ask(mentor=membership, by=request.person),
        ),
    }
    return render(request, "matching/mentor.html", context)


@member
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Asking a mentor, with a message."""
    membership = _mentor(request.person, pk)
    if (row := mentorships_with(request.person, membership.person).open().first()) is not None:
        return redirect("mentorship", row.pk)
    if reason := why_not_ask(mentor=membership, by=request.person):
        messages.warning(request, reason)
        return redirect("mentor", pk)
    suggested = proposals_to(request.person).filter(mentor_membership=membership).exists()
    form = AskForm(posted(request), mentor=membership, person=request.person, suggested=suggested)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            called = membership.person.called
            messages.success(request, f"You have asked {called}. We will write to you when there is an answer.")
            return redirect("my_mentoring")
    return render(request, "matching/ask.html", {"form": form, "mentor": membership})


def _mentor(person: Person, pk: int) -> Membership:
    visible = mentors_to_meet(person).select_related("person__organisation", "programme")
    return get_object_or_404(visible, pk=pk)


def _page_number(request: HttpRequest) -> int:
    """The page asked for; the first for what is no number."""
    raw = request.GET.get("page", "")
    return max(1, int(raw)) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 1
