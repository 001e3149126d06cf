"""Programmes to join, links and invitations into them, and the way out."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring.accounts import JOIN_IN_SESSION
from mentoring.domain import invitation, membership
from mentoring.domain.action import NotPossible
from mentoring.enums import MembershipState, Role
from mentoring.forms.joining import JoinForm
from mentoring.forms.saving import posted, saved
from mentoring.models import Membership, Person
from mentoring.permissions import invitations_kept_for, memberships_of, programmes_to_join
from mentoring.presenters import joining
from mentoring.views.access import MemberRequest, member, person_of
from mentoring.views.start import HERE_FOR, where_next

PER_PAGE = 20


@member
def programmes_to_choose(request: MemberRequest) -> HttpResponse:
    """Every programme: what it is and who runs it."""
    page = Paginator(programmes_to_join(), PER_PAGE).get_page(request.GET.get("page"))
    kept = [
        {"programme": row.programme, "code": invitation.claim_code(row)}
        for row in invitations_kept_for(request.person).select_related("programme")
    ]
    context = {"page": page, "offers": joining.offers(list(page), request.person), "kept": kept}
    return render(request, "mentoring/joining/programmes.html", context)


@member
def programme_join(request: MemberRequest, slug: str) -> HttpResponse:
    """One programme: what it is, how the person stands to it, and asking to take part."""
    programme = get_object_or_404(programmes_to_join(), slug=slug)
    offer = joining.offers([programme], request.person)[0]
    form = JoinForm(
        posted(request),
        programme=programme,
        roles=offer.open_roles,
        by=request.person,
        wished=request.session.get(HERE_FOR, []),
    )
    if form.is_bound and saved(form):
        request.session.pop(HERE_FOR, None)
        return redirect(where_next(request))
    return render(request, "mentoring/joining/programme.html", {"form": form, "offer": offer, "programme": programme})


@member
@require_POST
def take_up(request: MemberRequest, slug: str) -> HttpResponse:
    """Say yes to what a coordinator kept."""
    for row in _kept(request, slug):
        messages.success(request, welcome(membership.take_up(membership=row, by=request.person)))
    return redirect(where_next(request))


@member
@require_POST
def turn_down(request: MemberRequest, slug: str) -> HttpResponse:
    """Say no to what a coordinator kept."""
    for row in _kept(request, slug):
        membership.turn_down(membership=row, by=request.person)
    messages.success(request, "You have turned the place down. Nobody minds, and you can ask to join later.")
    return redirect("programme_join", slug)


def _kept(request: MemberRequest, slug: str) -> list[Membership]:
    programme = get_object_or_404(programmes_to_join(), slug=slug)
    rows = memberships_of(request.person).filter(programme=programme, state=MembershipState.INVITED)
    return list(rows.select_related("programme"))


def welcome(place: Membership) -> str:
    """What somebody is told who has just taken, or asked for, a place."""
    name = place.programme.name
    if place.state == MembershipState.MEMBER:
        return f"Welcome to {name}. Your place is yours."
    next_step = "approves mentors before mentees can see them" if place.role == Role.MENTOR else "looks at it"
    return f"Thank you. A coordinator of {name} {next_step}, and we email you when there is an answer."


@member
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    """Leave a programme, having read what that ends."""
    programme = get_object_or_404(programmes_to_join().filter(memberships__person=request.person).distinct(), slug=slug)
    if request.method == "POST":
        try:
            membership.leave(programme=programme, by=request.person)
            messages.success(request, f"You have left {programme.name}.")
            return redirect("account")
        except NotPossible as refusal:
            messages.error(request, str(refusal))
    context = {
        "question": f"Leave {programme.name}?",
        "consequences": joining.what_leaving_ends(programme, request.person),
        "button": "Leave this programme",
        "danger": True,
        "back_href": reverse("programme_join", args=[slug]),
        "back_label": "No, stay",
    }
    return render(request, "components/confirm.html", context)


@never_cache
def join_link(request: HttpRequest, code: str) -> HttpResponse:
    """A link that a coordinator gave out: what it leads to, and joining."""
    programme = None if "\0" in code else programmes_to_join().filter(join_code=code).first()
    if programme is None:
        return gone(request, "This link is no longer in use. Ask whoever gave it to you for a new one.")
    person = visitor(request)
    keep_for_later(request, person, JOIN_IN_SESSION, code)
    offer = joining.offers([programme], person)[0]
    form = JoinForm(posted(request), programme=programme, roles=offer.open_roles, by=person, code=code)
    if form.is_bound and person and saved(form):
        request.session.pop(JOIN_IN_SESSION, None)
        for place in form.places_taken:
            messages.success(request, welcome(place))
        return redirect(on_from(request, person))
    context = {"form": form, "offer": offer, "programme": programme, "person": person}
    return render(request, "mentoring/joining/link.html", context)


def gone(request: HttpRequest, words: str) -> HttpResponse:
    """The page of a link that leads nowhere any more."""
    return render(request, "mentoring/joining/gone.html", {"words": words}, status=404)


def visitor(request: HttpRequest) -> Person | None:
    """The person who looks, if they are signed in."""
    return person_of(request.user) if request.user.is_authenticated else None


def keep_for_later(request: HttpRequest, person: Person | None, key: str, code: str) -> None:
    """Remember the link over signing up and the first questions; who has done with those has arrived."""
    if person is None:
        request.session[key] = code
    elif person.first_name or person.last_name:
        request.session.pop(key, None)


def on_from(request: HttpRequest, person: Person) -> str:
    """Where somebody goes who has just joined: the first questions, if they have not met them."""
    if not person.first_name and not person.last_name:
        return reverse("start")
    arrived = cast(MemberRequest, request)
    arrived.person = person
    return where_next(arrived)
