"""The records room: Django's admin, to look and never to change, with what is personal masked and each look noted.

Changes go through the product, whose rules (`domain/`) the admin would pass by.
"""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin, display
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mentoring.domain import record as records
from mentoring.domain.person import create_person
from mentoring.domain.privacy import CLASSES, Privacy, holdings
from mentoring.domain.sign_in import has_passed_second_step
from mentoring.models import User
from mentoring.permissions import can_administer

MASK: Final = "hidden"
_NOT_HERE: Final = frozenset(
    {"sessions.Session", "socialaccount.SocialToken", "socialaccount.SocialApp", "mentoring.KeptApart"}
)


class RecordsSite(AdminSite):
    """For administrators who have passed a second step since they signed in; for anybody else it is not there."""

    site_title = site_header = "Alongside"
    index_title = "Records"
    site_url = "/administration/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether they may look."""
        user = request.user
        return isinstance(user, User) and can_administer(create_person(user=user)) and has_passed_second_step(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's guard, and ours before it: another's 404, and the way to one's second step."""
        guarded = super().admin_view(view, cacheable)

        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            if not can_administer(create_person(user=request.user)):
                raise Http404
            if not has_passed_second_step(request):
                return redirect(f"{reverse('second_step')}?{urlencode({'next': request.path})}")
            return guarded(request, *args, **kwargs)

        return guard

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way in for everybody."""
        return redirect_to_login(request.GET.get("next", "/administration/"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The product's own: it asks again who it is, and tells of the change."""
        return redirect("account_change_password")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The same way out for everybody."""
        return redirect("account_logout")


class RecordAdmin(ModelAdmin[Model]):
    """One kind of row, as the privacy registry lets technical staff see it."""

    actions = None
    change_form_template = "admin/record.html"
    list_per_page = 50
    show_full_result_count = False

    @property
    def media(self) -> Media:
        """No scripts: there is nothing to fill in, and Django's want inline style, which the policy forbids."""
        return Media()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No filters by hand: `?first_name__startswith=A` would tell letter by letter what a mask hides, unnoted."""
        return False

    def history_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django's own history is of changes in the admin, and there are none."""
        raise Http404

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Note the look before anything is shown."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        assert isinstance(request.user, User)
        records.note(record=record, by=create_person(user=request.user))
        return super().change_view(request, object_id, form_url, {"subtitle": self.called(record)})

    @display(description="record")
    def called(self, record: Model) -> str:
        """Its number, never its own words for itself: those of others' apps name addresses and browsers."""
        return f"{record._meta.verbose_name} {record.pk}"


def _admin_of(model: type[Model]) -> type[RecordAdmin]:
    """The room's shelf for one kind of row: each field as it is, or a mask in its place."""
    label = model._meta.label
    shown = records.fields_to_show(label)
    names: list[str] = []
    masks: dict[str, Any] = {}
    for name, key in holdings()[label].fields.items():
        names.append(name if name in shown else f"masked_{name}")
        masks |= {} if name in shown else {f"masked_{name}": _mask(name, CLASSES[key])}
    facts = [name for name in records.fields_to_list(label) if not model._meta.get_field(name).is_relation]
    own = {"fields": names, "readonly_fields": names, "list_display": ["called", *facts[:5]], **masks}
    return type(f"{model.__name__}Records", (RecordAdmin,), own)


def _mask(name: str, why: Privacy) -> Callable[[RecordAdmin, Model], str]:
    @display(description=name.replace("_", " "))
    def masked(self: RecordAdmin, record: Model) -> str:
        return f"{MASK}: {why.what}"

    return masked


site = RecordsSite(name="admin")
for label in holdings():
    if label not in _NOT_HERE:
        site.register(apps.get_model(label), _admin_of(apps.get_model(label)))
