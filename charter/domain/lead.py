"""Who leads an organisation's charter work; decided by administrators."""

from charter.models import Lead
from mentoring import emails
from mentoring.domain import notification
from mentoring.domain.action import NotPossible, action
from mentoring.models import Organisation, Person


@action
def appoint_lead(*, organisation: Organisation, person: Person, by: Person | None) -> Lead:
    """Make a person a charter lead of the organisation, and tell them; harmless for one who is."""
    _lock(organisation.pk)
    lead, made = Lead.objects.get_or_create(organisation=organisation, person=person, defaults={"appointed_by": by})
    if made:
        email = emails.appointed(called=person.first_name)
        subject = f"charter lead {lead.pk}:{lead.appointed_at.isoformat()}"
        notification.queue(email=email, to=person, subject_id=subject)
    return lead


@action
def remove_lead(*, lead: Lead, by: Person) -> None:
    """Take the part back; what they answered stays. Harmless when it is gone already.

    Raises:
        NotPossible: the organisation would be without a lead.
    """
    _lock(lead.organisation_id)
    others = Lead.objects.filter(organisation=lead.organisation_id).exclude(pk=lead.pk)
    if not others.exists():
        raise NotPossible("They are the organisation’s only charter lead. Appoint another first.")
    Lead.objects.filter(pk=lead.pk).delete()


def _lock(organisation_id: int) -> None:
    """Leads come and go one at a time, so that two who are removed at once do not each count on the other."""
    Organisation.objects.select_for_update(no_key=True, of=("self",)).get(pk=organisation_id)
