"""Programmes and organisations: names, addresses, join links."""

import pytest

from mentoring.domain import organisation, programme
from mentoring.domain.action import NotPossible
from mentoring.enums import OrganisationKind
from mentoring.models import Organisation, Person, Programme
from tests.factories import OrganisationFactory, ProgrammeFactory


def _add(name: str, by: Person) -> Programme:
    return programme.add_programme(name=name, description="", organisations=[], by=by)


def _add_organisation(name: str, by: Person) -> Organisation:
    return organisation.add_organisation(name=name, kind=OrganisationKind.NHS_TRUST, region="", by=by)


def test_an_address_is_made_from_the_name_and_is_never_taken_twice(coretta: Person) -> None:
    names = ["Rising Together", "Rising-Together", "Join", "李", "Ọlá Network"]
    assert [_add(name, coretta).slug for name in names] == [
        "rising-together",
        "rising-together-2",
        "join-2",
        "programme",
        "ola-network",
    ]
    assert [_add_organisation(name, coretta).slug for name in ("Add", "A B", "A-B")] == ["add-2", "a-b", "a-b-2"]


def test_a_name_is_used_once_whatever_its_capitals(coretta: Person) -> None:
    with pytest.raises(NotPossible, match="name already"):
        _add(ProgrammeFactory().name.upper(), coretta)
    known = OrganisationFactory(name="Ọlá Trust")
    with pytest.raises(NotPossible, match="name already"):
        _add_organisation("ọlá trust", coretta)
    organisation.edit_organisation(
        organisation=known, name="ỌLÁ Trust", kind=OrganisationKind.LOCAL_AUTHORITY, region="", by=coretta
    )
    known.refresh_from_db()
    assert (known.name, known.kind) == ("ỌLÁ Trust", OrganisationKind.LOCAL_AUTHORITY)


def test_a_programme_cannot_take_anothers_name(coretta: Person) -> None:
    one, other = ProgrammeFactory(), ProgrammeFactory()
    with pytest.raises(NotPossible, match="name already"):
        programme.edit_programme(programme=one, name=other.name, description="", organisations=[], by=coretta)


def test_changing_a_programme_keeps_its_address(coretta: Person) -> None:
    row = _add("Rising Together", coretta)
    trust = OrganisationFactory()
    programme.edit_programme(programme=row, name="Up", description="For all.", organisations=[trust], by=coretta)
    row.refresh_from_db()
    assert (row.name, row.slug, row.description, list(row.organisations.all())) == (
        "Up",
        "rising-together",
        "For all.",
        [trust],
    )


def test_the_join_link_is_made_renewed_once_and_closed(coretta: Person) -> None:
    row = ProgrammeFactory()
    codes: list[str | None] = []

    def code() -> str | None:
        codes.append(Programme.objects.get(pk=row.pk).join_code)
        return codes[-1]

    with pytest.raises(NotPossible):
        programme.renew_join_link(programme=row, by=coretta)
    programme.open_join_link(programme=row, by=coretta)
    first = code()
    assert first is not None
    assert len(first) >= 22
    programme.open_join_link(programme=row, by=coretta)
    assert code() == first
    seen = Programme.objects.get(pk=row.pk)
    programme.renew_join_link(programme=seen, by=coretta)
    second = code()
    programme.renew_join_link(programme=seen, by=coretta)
    assert second not in (first, None)
    assert code() == second
    programme.close_join_link(programme=row, by=coretta)
    assert code() is None


@pytest.mark.parametrize(("share", "possible"), [(-1, False), (0, True), (100, True), (101, False)])
def test_the_sides_are_weighed_from_0_to_100(share: int, possible: bool, coretta: Person) -> None:
    row = ProgrammeFactory()
    if possible:
        programme.weigh_sides(programme=row, mentee_share=share, by=coretta)
    else:
        with pytest.raises(NotPossible):
            programme.weigh_sides(programme=row, mentee_share=share, by=coretta)
    row.refresh_from_db()
    assert row.mentee_share == (share if possible else 70)


def test_what_a_programme_says_of_itself_is_kept(coretta: Person) -> None:
    row = ProgrammeFactory()
    programme.describe(programme=row, description="For everybody.", by=coretta)
    programme.record_positive_action(programme=row, reason="Few in band 8.", by=coretta)
    row.refresh_from_db()
    assert (row.description, row.positive_action_reason) == ("For everybody.", "Few in band 8.")
