"""The first minutes: a name, three questions, and on to the mentors."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring.accounts import CLAIM_IN_SESSION, JOIN_IN_SESSION
from mentoring.domain.invitation import claim_code
from mentoring.enums import MembershipState, Role
from mentoring.forms import profile as pages
from mentoring.forms.saving import posted, saved
from mentoring.permissions import invitations_kept_for, memberships_of, roles_of
from mentoring.views.access import MemberRequest, member

HERE_FOR: Final = "here_for"
QUESTIONS: Final[dict[str, tuple[str, type[pages.StepForm]]]] = {
    "wants": ("What would you like from mentoring?", pages.WantsForm),
    "offers": ("What could you do for somebody?", pages.OffersForm),
    "work": ("Your profession and band", pages.FirstWorkForm),
    "meeting": ("When and how can you meet?", pages.MeetingForm),
}


def roles_here(request: MemberRequest) -> set[Role]:
    """What the person is in their programmes, or said they would like to be before they had any."""
    roles = roles_of(request.person)
    if roles & {Role.MENTEE, Role.MENTOR}:
        return roles
    return roles | {Role(role) for role in request.session.get(HERE_FOR, [])}


@member
def start(request: MemberRequest) -> HttpResponse:
    """What to call the person, and what brings them here."""
    form = pages.StartForm(
        posted(request),
        person=request.person,
        ask_why=not roles_of(request.person),
        why=roles_here(request),
    )
    if form.is_bound and saved(form):
        if "here_for" in form.cleaned_data:
            request.session[HERE_FOR] = form.cleaned_data["here_for"]
        first = next(iter(_questions(roles_here(request))), "")
        return redirect("start_question", first) if first else redirect("start_end")
    return render(request, "mentoring/start/name.html", {"form": form})


def _questions(roles: set[Role]) -> list[str]:
    """The three questions; a mentor is asked for what they offer instead, or besides."""
    if roles == {Role.COORDINATOR}:
        return []
    left_out = set()
    if Role.MENTOR not in roles:
        left_out.add("offers")
    if roles and Role.MENTEE not in roles:
        left_out.add("wants")
    return [name for name in QUESTIONS if name not in left_out]


@member
def start_question(request: MemberRequest, name: str) -> HttpResponse:
    """One question; skipping it is a link, and nothing is lost by leaving."""
    if name not in QUESTIONS:
        raise Http404
    names = _questions(roles_here(request))
    if name not in names:
        return redirect("start_end")
    at = names.index(name)
    title, form_class = QUESTIONS[name]
    form = form_class(posted(request), person=request.person)
    on = reverse("start_question", args=[names[at + 1]]) if at + 1 < len(names) else reverse("start_end")
    if form.is_bound and saved(form):
        return redirect(on)
    back = reverse("start_question", args=[names[at - 1]]) if at else reverse("start")
    context = {"form": form, "title": title, "number": at + 1, "count": len(names), "on": on, "back": back}
    return render(request, "mentoring/start/question.html", context)


@member
def start_end(request: MemberRequest) -> HttpResponse:
    """On to wherever the person's place, or their lack of one, leads."""
    return redirect(where_next(request))


def where_next(request: MemberRequest) -> str:
    """The page that a person without anything else to do goes to: a place kept, a programme, the mentors, Home."""
    if code := request.session.get(CLAIM_IN_SESSION):
        return reverse("claim", args=[code])
    if code := request.session.get(JOIN_IN_SESSION):
        return reverse("join_link", args=[code])
    if kept := invitations_kept_for(request.person).first():
        return reverse("claim", args=[claim_code(kept)])
    rows = list(memberships_of(request.person).select_related("programme"))
    states = {row.state for row in rows}
    if any(row.state == MembershipState.MEMBER and row.role == Role.MENTEE for row in rows):
        return reverse("find")
    for row in rows:
        if row.state == MembershipState.INVITED:
            return reverse("programme_join", args=[row.programme.slug])
    if not states & {MembershipState.WAITING, MembershipState.MEMBER}:
        return reverse("programmes_to_join")
    if MembershipState.MEMBER not in states:
        messages.info(
            request,
            "You are waiting for approval. A coordinator looks at it, and we email you when there is an answer.",
        )
    return reverse("home")
