"""What a person says of themselves, in short pages of any order, and exactly what others see of it."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring.domain import consent
from mentoring.enums import STANDS, Role
from mentoring.forms import profile as pages
from mentoring.forms.characteristic import IdentityForm, identity_questions, identity_said
from mentoring.forms.personality import PersonalityForm
from mentoring.forms.saving import posted, saved
from mentoring.permissions import characteristics_asked_of, memberships_of, places_of
from mentoring.presenters.characteristic import identity_rows
from mentoring.presenters.profile import profile_of
from mentoring.presenters.question import why_asked
from mentoring.presenters.tasks import OPTIONAL, guide_for, guided, parts_of
from mentoring.views.access import MemberRequest, member
from mentoring.views.start import roles_here

STEPS: Final[dict[str, tuple[str, str, type[pages.StepForm]]]] = {
    "about": ("About me", "Only a name is needed. Everything else is as you like.", pages.AboutForm),
    "work": ("My work", "Every question can be left open.", pages.WorkForm),
    "meeting": ("When and how I can meet", "An honest guess is enough.", pages.MeetingForm),
    "wants": ("What I want from mentoring", "Say as much or as little as you like.", pages.WantsForm),
    "offers": ("What I can offer", "Advice goes without saying. This is about what you would do.", pages.OffersForm),
    "commitments": (
        "What you can count on as an ally",
        "Being bold, kind and humble, and honest about what one does not know.",
        pages.CommitmentsForm,
    ),
    "values": (
        "What matters to me",
        "People who share what they care about often understand each other early.",
        pages.ValuesForm,
    ),
    "working": (
        "How I work",
        "There are no better or worse answers. Leave open what does not speak to you.",
        pages.WorkingForm,
    ),
}


@member
def profile(request: MemberRequest) -> HttpResponse:
    """The short pages of the profile and how far each is."""
    parts = parts_of(request.person, roles_here(request))
    tasks = [task for part in parts for task in part.tasks]
    first = next((task for task in tasks if task.colour), tasks[0])
    counted = [task for task in tasks if task.status != OPTIONAL]
    context = {
        "parts": parts,
        "done": sum(not task.colour for task in counted),
        "count": len(counted),
        "optional": len(tasks) - len(counted),
        "begin": guided(first.href),
    }
    return render(request, "mentoring/profile/hub.html", context)


@member
def profile_step(request: MemberRequest, name: str) -> HttpResponse:
    """One page of the profile."""
    if name not in STEPS:
        raise Http404
    title, lede, form_class = STEPS[name]
    form = form_class(posted(request), person=request.person)
    if not form.fields:  # no programme of theirs asks anything here
        raise Http404
    guide = guide_for(request, request.person, lambda: roles_here(request))
    if form.is_bound and saved(form):
        messages.success(request, f"“{title}” is saved.")
        return redirect(guide.on if guide else "profile")
    context = {"form": form, "title": title, "lede": lede, "guide": guide}
    return render(request, "mentoring/profile/step.html", context)


@member
def profile_personality(request: MemberRequest) -> HttpResponse:
    """Scales by their statements, as far as they are asked."""
    form = PersonalityForm(posted(request), person=request.person)
    if not form.scales:
        raise Http404
    guide = guide_for(request, request.person, lambda: roles_here(request))
    if form.is_bound and saved(form):
        messages.success(request, "“How I go about things” is saved.")
        return redirect(guide.on if guide else "profile")
    return render(request, "mentoring/profile/personality.html", {"form": form, "guide": guide})


@member
def profile_preview(request: MemberRequest) -> HttpResponse:
    """Exactly what others see: as a mentor, as a mentee, or either."""
    faces = [role for role in (Role.MENTEE, Role.MENTOR) if role in roles_here(request)] or [Role.MENTEE]
    role = Role.MENTOR if request.GET.get("as") == Role.MENTOR and Role.MENTOR in faces else faces[0]
    tabs = [
        {"label": f"As a {face.label.lower()}", "href": f"?as={face.value}", "current": face == role} for face in faces
    ]
    places = memberships_of(request.person).filter(state__in=STANDS).order_by()
    context = {
        "several": places.values("programme").distinct().count() > 1,
        "profile": profile_of(
            request.person, request.person, asked=characteristics_asked_of(request.person), role=role
        ),
        "as_mentor": role == Role.MENTOR,
        "tabs": tabs if len(tabs) > 1 else [],
    }
    return render(request, "mentoring/profile/preview.html", context)


@member
def profile_places(request: MemberRequest, pk: int) -> HttpResponse:
    """How many mentees a mentor can have in one programme."""
    place = get_object_or_404(places_of(request.person).select_related("programme"), pk=pk)
    form = pages.PlacesForm(posted(request), place=place, by=request.person)
    guide = guide_for(request, request.person, lambda: roles_here(request))
    if form.is_bound and saved(form):
        messages.success(request, f"Your places in {place.programme.name} are saved.")
        return redirect(guide.on if guide else "profile")
    return render(request, "mentoring/profile/places.html", {"form": form, "place": place, "guide": guide})


@member
def identity(request: MemberRequest) -> HttpResponse:
    """What the person said about their identity, and what each answer may be used for."""
    rows = identity_rows(request.person)
    context = {
        "rows": rows,
        "said": any(row.answer for row in rows),
        "held": any(row.held for row in rows),
        "guide": guide_for(request, request.person, lambda: roles_here(request)),
    }
    return render(request, "mentoring/profile/identity.html", context)


@member
def identity_answer(request: MemberRequest, key: str) -> HttpResponse:
    """One question about identity, with consent."""
    characteristic = get_object_or_404(identity_questions(request.person), pk=key)
    form = IdentityForm(posted(request), person=request.person, characteristic=characteristic)
    if form.is_bound and saved(form):
        messages.success(request, f"{characteristic.label}: your choice is saved, and holds from now on.")
        return redirect("identity")
    context = {
        "form": form,
        "characteristic": characteristic,
        "words": consent.present_text().words,
        "reasons": why_asked(characteristic, request.person),
    }
    return render(request, "mentoring/profile/identity_answer.html", context)


@member
@require_POST
def identity_withdraw(request: MemberRequest, key: str) -> HttpResponse:
    """Take one answer back, at once."""
    characteristic = get_object_or_404(identity_said(request.person), pk=key)
    consent.remove_value(characteristic=characteristic, by=request.person)
    messages.success(request, f"{characteristic.label}: your answer is removed everywhere.")
    return redirect("identity")


@member
def identity_withdraw_all(request: MemberRequest) -> HttpResponse:
    """Take every answer about identity back."""
    if request.method == "POST":
        consent.withdraw_all(by=request.person)
        messages.success(request, "All your answers about your identity are removed everywhere.")
        return redirect("identity")
    context = {
        "question": "Withdraw all your answers about your identity?",
        "consequences": [
            "All of them are removed at once, from your profile and from every way of finding matches.",
            "That you once agreed, and when you withdrew it, stays on record under your account, without the answers.",
            "You can answer again whenever you like.",
        ],
        "button": "Withdraw all of them",
        "back_href": reverse("identity"),
    }
    return render(request, "components/confirm.html", context)
