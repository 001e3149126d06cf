"""Who may see and do what in the charter. Every queryset a view uses comes from here, already scoped."""

from django.db.models import Q, QuerySet

from charter.models import Assessment, Assessor, Lead
from mentoring.models import Organisation, Person
from mentoring.permissions import can_administer


def organisations_led_by(person: Person) -> QuerySet[Organisation]:
    """Organisations whose charter work the person leads."""
    return Organisation.objects.filter(charter_leads__person=person)


def assessments_of(person: Person) -> QuerySet[Assessment]:
    """Assessments of the organisations that the person leads."""
    return Assessment.objects.filter(organisation__charter_leads__person=person)


def is_assessor(person: Person) -> bool:
    """Whether the person has been named to review submissions."""
    return Assessor.objects.filter(person=person).exists()


def leads_and_assessors() -> QuerySet[Person]:
    """Everybody who answers for an organisation, or will judge one."""
    leads, assessors = Lead.objects.order_by().values("person"), Assessor.objects.values("person")
    return Person.objects.filter(Q(pk__in=leads) | Q(pk__in=assessors))


def has_part(person: Person) -> bool:
    """Whether the charter has anything for this person."""
    return organisations_led_by(person).exists() or is_assessor(person)


def leads_to_appoint(person: Person) -> QuerySet[Lead]:
    """The charter leads of every organisation, for administrators."""
    return Lead.objects.all() if can_administer(person) else Lead.objects.none()


def assessors_to_name(person: Person) -> QuerySet[Assessor]:
    """All assessors, for administrators."""
    return Assessor.objects.all() if can_administer(person) else Assessor.objects.none()


def leads_beside(person: Person, assessment: Assessment) -> QuerySet[Lead]:
    """All who lead the assessment's charter work, for those who do."""
    rows = Lead.objects.filter(organisation=assessment.organisation_id).order_by("appointed_at", "pk")
    return rows.filter(organisation__in=organisations_led_by(person))
