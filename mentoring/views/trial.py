"""What exists only in a trial on one's own machine: the mail, readable by anybody who can open the site."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mentoring.forms.trial import MailForm
from mentoring.presenters.trial import mails_in

PER_PAGE = 20


@never_cache
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Every mail that would have been sent, newest first."""
    form = MailForm(request.GET)
    mails = mails_in(Path(settings.EMAIL_FILE_PATH), form.recipient)
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/trial/mail.html", {"page": page, "search": form})
