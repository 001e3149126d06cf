"""How a programme protects its people's data: its privacy notice, and where it is said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring.forms.protection import ProtectionForm
from mentoring.forms.saving import posted
from mentoring.permissions import programmes_to_join, programmes_to_protect, programmes_to_run
from mentoring.presenters import notice
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import form_page, reads_and_posts


@require_safe
def programme_privacy(request: HttpRequest, slug: str) -> HttpResponse:
    """For anybody: whoever thinks of joining, or has been invited and has no account, reads it before."""
    programme = get_object_or_404(programmes_to_join(), slug=slug)
    context = {
        "programme": programme,
        "said": notice.said_of(programme),
        "times": notice.times_of(programme),
        "kept": notice.kept_of_people(),
    }
    return render(request, "public/programme_privacy.html", context)


@reads_and_posts
@member
def programme_protection(request: MemberRequest, slug: str) -> HttpResponse:
    """A coordinator or an administrator says who answers for the data, on what legal basis, and for how long."""
    programme = get_object_or_404(programmes_to_protect(request.person), slug=slug)
    runs_it = programmes_to_run(request.person).filter(pk=programme.pk).exists()
    back = reverse("programme_settings" if runs_it else "programme_set_up", args=[slug])
    return form_page(
        request,
        ProtectionForm(posted(request), programme=programme, by=request.person),
        template="mentoring/programme/protection.html",
        to=back,
        done="The privacy notice has been changed.",
        context={"programme": programme, "back": back},
    )
