"""The coordinator's side of invitations: who has not been written to, sending, one reminder, taking back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring.domain import invitation, look
from mentoring.enums import LookKind
from mentoring.forms.invitation import InviteForm
from mentoring.forms.saving import posted
from mentoring.models import Invitation, Programme
from mentoring.permissions import invitations_to_manage, programmes_to_run
from mentoring.presenters import invitation as presenter
from mentoring.presenters.invitation import Show
from mentoring.presenters.programme import tabs
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20


def _programme(request: MemberRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_to_run(request.person), slug=slug)


def _invitations(request: MemberRequest, programme: Programme) -> QuerySet[Invitation]:
    return presenter.with_standing(invitations_to_manage(request.person).filter(programme=programme))


@require_safe
@member
def invitations(request: MemberRequest, slug: str) -> HttpResponse:
    """Everybody for whom a place is or was kept, by how far it has come."""
    programme = _programme(request, slug)
    rows = _invitations(request, programme)
    numbers = presenter.counts(rows)
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in list(Show) else None
    listed = presenter.narrowed(rows, show).select_related("person")
    page = Paginator(listed.order_by("person__last_name", "person__first_name", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    look.record(subjects=[each.person_id for each in page], kind=LookKind.INVITATION, by=request.person)
    lines = presenter.invitation_rows(page)
    context = {
        "programme": programme,
        "tabs": tabs(programme, "invitations"),
        "groups": [
            (each.value, presenter.LABELS[each], number, each == show)
            for each, number in numbers.items()
            if number or each == show
        ],
        "show": show,
        "to_write": numbers[Show.TO_WRITE],
        "to_chase": numbers[Show.TO_CHASE],
        "page": page,
        "rows": lines,
        "choose": any(line.to_write for line in lines),
    }
    return render(request, "mentoring/invitation/list.html", context)


@reads_and_posts
@member
def invitations_send(request: MemberRequest, slug: str) -> HttpResponse:
    """Write to everybody who was not written to, or to those chosen; asks once, with their number."""
    programme = _programme(request, slug)
    chosen = [int(key) for key in request.GET.getlist("chosen") if key.isascii() and key.isdigit() and len(key) < 10]
    only = chosen if "chosen" in request.GET or "selected" in request.GET else None
    waiting = presenter.narrowed(_invitations(request, programme), Show.TO_WRITE)
    number = (waiting if only is None else waiting.filter(pk__in=only)).count()
    return _write_page(
        request,
        programme,
        number,
        lambda: invitation.send(programme=programme, by=request.person, only=only),
        question=f"Send {number:,} {'invitation' if number == 1 else 'invitations'}?",
        what="They can look at what was brought along about them, take up their place, or turn it down.",
    )


@reads_and_posts
@member
def invitations_chase(request: MemberRequest, slug: str) -> HttpResponse:
    """Write once more to those who have not answered for a week."""
    programme = _programme(request, slug)
    number = presenter.narrowed(_invitations(request, programme), Show.TO_CHASE).count()
    return _write_page(
        request,
        programme,
        number,
        lambda: invitation.chase(programme=programme, by=request.person),
        question=f"Send {number:,} {'reminder' if number == 1 else 'reminders'}?",
        what="This happens once. After it we do not write to them about their place again.",
    )


def _write_page(
    request: MemberRequest, programme: Programme, number: int, act: Callable[[], int], *, question: str, what: str
) -> HttpResponse:
    back = reverse("invitations", args=[programme.slug])
    if request.method == "POST":
        sent = act()
        messages.success(request, f"{sent:,} {'email is' if sent == 1 else 'emails are'} on the way.")
        return redirect(back)
    if not number:
        messages.info(request, "There is nobody to write to. Choose people who have not been written to yet.")
        return redirect(back)
    each = "One email goes out now" if number == 1 else f"{number:,} emails go out now, one to each person"
    context = {
        "question": question,
        "consequences": [f"{each}. It names neither the programme nor what it is about, and has one link.", what],
        "button": "Send",
        "back_href": back,
    }
    return render(request, "components/confirm.html", context)


@reads_and_posts
@member
def invitation_new(request: MemberRequest, slug: str) -> HttpResponse:
    """Keep a place for one person."""
    programme = _programme(request, slug)
    form = InviteForm(posted(request), programme=programme, by=request.person)
    return form_page(
        request,
        form,
        template="mentoring/invitation/new.html",
        to=reverse("invitations", args=[slug]),
        done="A place is being kept for them.",
        context={"programme": programme},
    )


@reads_and_posts
@member
def invitation_take_back(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """No longer keep a place."""
    programme = _programme(request, slug)
    row = get_object_or_404(invitation.unclaimed(programme).select_related("person"), pk=pk)
    name = row.person.name
    look.record(subjects=[row.person_id], kind=LookKind.INVITATION, by=request.person)
    return confirm_page(
        request,
        lambda: invitation.take_back(invitation=row, by=request.person),
        Question(
            question=f"Take back the invitation of {name}?",
            consequences=[
                "The place is no longer kept, and a link that was sent stops working.",
                "What was brought along about them is deleted, with the pairs they are in.",
            ],
            button="Take it back",
            back=reverse("invitations", args=[slug]),
            done=f"No place is kept for {name} any more.",
            danger=True,
        ),
    )
