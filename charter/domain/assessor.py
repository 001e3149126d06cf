"""Who may review submissions; decided by administrators."""

from charter.models import Assessor
from mentoring import emails
from mentoring.domain import notification
from mentoring.domain.action import action
from mentoring.models import Person


@action
def name_assessor(*, person: Person, by: Person | None) -> Assessor:
    """Name a person as an assessor, and tell them; harmless for one who is."""
    assessor, made = Assessor.objects.get_or_create(person=person, defaults={"named_by": by})
    if made:
        email = emails.appointed(called=person.first_name)
        subject = f"assessor {assessor.pk}:{assessor.named_at.isoformat()}"
        notification.queue(email=email, to=person, subject_id=subject)
    return assessor


@action
def remove_assessor(*, assessor: Assessor, by: Person) -> None:
    """Take the part back. Harmless when it is gone already."""
    Assessor.objects.filter(pk=assessor.pk).delete()
