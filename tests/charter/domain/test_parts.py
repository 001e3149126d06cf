"""Leads and assessors come and go."""

from threading import Event, Thread

import pytest
from django.db import connections, transaction

from charter.domain.assessor import name_assessor, remove_assessor
from charter.domain.lead import appoint_lead, remove_lead
from charter.models import Assessor, Lead
from mentoring.domain.action import NotPossible
from mentoring.models import Notification, Organisation, Person
from tests.factories import PersonFactory


@pytest.mark.django_db
def test_an_appointed_lead_is_told_once(northmoor: Organisation, sam: Person) -> None:
    person = PersonFactory()
    assert appoint_lead(organisation=northmoor, person=person, by=sam) == appoint_lead(
        organisation=northmoor, person=person, by=sam
    )
    assert Notification.objects.filter(person=person).count() == 1


@pytest.mark.django_db
def test_the_last_lead_stays(northmoor: Organisation, marcus: Person, tunde: Person, sam: Person) -> None:
    remove_lead(lead=Lead.objects.get(person=marcus), by=sam)
    with pytest.raises(NotPossible, match="only charter lead"):
        remove_lead(lead=Lead.objects.get(person=tunde), by=sam)
    assert Lead.objects.get().person == tunde


@pytest.mark.django_db(transaction=True)
def test_two_removed_at_once_do_not_count_on_each_other(
    northmoor: Organisation, marcus: Person, tunde: Person, sam: Person
) -> None:
    first, second = Lead.objects.order_by("pk")
    begun = Event()
    refused: list[str] = []

    def remove_second() -> None:
        begun.wait()
        try:
            remove_lead(lead=second, by=sam)
        except NotPossible as error:
            refused.append(str(error))
        finally:
            connections.close_all()

    other = Thread(target=remove_second)
    other.start()
    with transaction.atomic():
        remove_lead(lead=first, by=sam)
        begun.set()
        other.join(timeout=0.5)
        assert other.is_alive()
    other.join()
    assert len(refused) == 1
    assert Lead.objects.get(organisation=northmoor) == second


@pytest.mark.django_db
def test_an_assessor_is_named_and_told_once(sam: Person) -> None:
    person = PersonFactory()
    row = name_assessor(person=person, by=sam)
    assert name_assessor(person=person, by=sam) == row
    assert Notification.objects.filter(person=person).count() == 1
    remove_assessor(assessor=row, by=sam)
    remove_assessor(assessor=row, by=sam)
    assert not Assessor.objects.exists()
