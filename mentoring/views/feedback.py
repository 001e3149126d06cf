"""How it was with a mentor, said in confidence; and what a mentor reads of it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring.domain import feedback as domain
from mentoring.forms.feedback import FeedbackForm
from mentoring.forms.saving import posted
from mentoring.models import Person
from mentoring.permissions import endorsements_about, feedback_of, mentorships_to_speak_of
from mentoring.presenters.feedback import acts_of, endorsement_rows, skills_of, words_for
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20


def mentor_of(request: MemberRequest, pk: UUID) -> Person:
    """The mentor of one of the person's own mentorships, of whom they may say how it was; 404 for any other."""
    row = get_object_or_404(mentorships_to_speak_of(request.person).select_related("mentor"), pk=pk)
    assert row.mentor is not None
    return row.mentor


@reads_and_posts
@member
def give(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Marks from 1 to 5 and words for the mentor alone."""
    mentor = mentor_of(request, pk)
    given = feedback_of(request.person).filter(mentor=mentor).prefetch_related("marks").first()
    form = FeedbackForm(posted(request), mentor=mentor, by=request.person, given=given)
    return form_page(
        request,
        form,
        template="mentoring/feedback/give.html",
        to=reverse("mentorship", args=[pk]),
        done="Thank you. It is kept, and counted together with what others say.",
        context={"mentor": mentor, "given": given, "pk": pk},
    )


@reads_and_posts
@member
def take_back(request: MemberRequest, pk: UUID) -> HttpResponse:
    """All of it taken back."""
    mentor = mentor_of(request, pk)
    return confirm_page(
        request,
        lambda: domain.take_back_feedback(mentor=mentor, by=request.person),
        Question(
            question=f"Take back your feedback on {mentor.called}?",
            consequences=[
                "Your words are removed at once.",
                "Your marks no longer count from the next time that the means are worked out anew.",
            ],
            button="Take it back",
            back=reverse("mentorship", args=[pk]),
            done="Your feedback has been taken back.",
        ),
    )


@require_safe
@member
def said_of_me(request: MemberRequest) -> HttpResponse:
    """What mentees say of the person as a mentor: means, passed on words, endorsements."""
    person = request.person
    rows = endorsements_about(person).select_related("writer").order_by("pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "skills": skills_of(person),
        "acts": acts_of(person),
        "words": words_for(person),
        "page": page,
        "endorsements": endorsement_rows(list(page)),
    }
    return render(request, "mentoring/feedback/said_of_me.html", context)
