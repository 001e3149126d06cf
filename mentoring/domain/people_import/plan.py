"""What taking a file would do, row by row; nothing is changed by asking."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from mentoring.domain.membership import FIRST_CAPACITY
from mentoring.domain.people_file import Field, Row, Table
from mentoring.domain.people_import.pairing import Pairing, Pairs
from mentoring.domain.people_import.standing import standing
from mentoring.domain.people_import.values import Vocabulary, vocabulary
from mentoring.domain.people_import.wish import Refused, Wish, refuse_new, understood
from mentoring.enums import Role
from mentoring.models import Programme

_LOOKED_UP: Final = (Field.PROFESSION, Field.BAND, Field.GRADE, Field.REGION, Field.SETTING)
GONE: Final = "They left, or were not let in, earlier. If they would like to come back, invite them by hand."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken, and why."""

    number: int
    reason: str


@dataclass(slots=True)
class Plan:
    """Every row of a file is in exactly one of `new`, `more`, `here` and `refused`.

    Args:
        new: rows for whom a place is made.
        more: rows of people with an unclaimed place who get one in another role too.
        here: how many rows change nothing.
        unknown: values that are left out, by column and value, with how often.
        other_role: how many have claimed their place, and would be in another role only if they asked themselves.
    """

    rows: int
    words: Vocabulary
    new: list[Wish] = field(default_factory=list)
    more: list[Wish] = field(default_factory=list)
    here: int = 0
    refused: list[Refusal] = field(default_factory=list)
    pairs: Pairs = field(default_factory=Pairs)
    unknown: Counter[tuple[Field, str]] = field(default_factory=Counter)
    other_role: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The plan in numbers."""
        return {
            "rows": self.rows,
            "new": len(self.new),
            "more": len(self.more),
            "here": self.here,
            "refused": len(self.refused),
            "pairs": len(self.pairs.new),
        }

    def capacities(self) -> dict[str, int]:
        """The places of each new mentor: those the file gives, and at least one for each mentee brought along."""
        mentees = self.pairs.by_mentor()
        mentors = [wish for wish in (*self.new, *self.more) if Role.MENTOR in wish.missing_roles]
        return {wish.email: max(wish.places or FIRST_CAPACITY, mentees[wish.email]) for wish in mentors}


def needs_role(table: Table) -> bool:
    """Whether nothing in the file says if its people are mentees or mentors."""
    return not table.role and Field.ROLE not in table.fields


def make_plan(*, table: Table, programme: Programme, role: str = "") -> Plan:
    """What would happen to each row as things stand now; `role` is for rows that do not say theirs."""
    plan = Plan(len(table.rows), vocabulary(programme))
    numbers: dict[str, int] = {}
    wishes = _understood(table.rows, table.role or role, plan, numbers)
    named = {mentor for wish in wishes.values() for mentor in wish.mentors}
    known = standing(programme, named | wishes.keys())
    for wish in list(wishes.values()):
        wish.known = known.get(wish.email)
        if reason := _why_not(wish):
            plan.refused.append(Refusal(wish.number, reason))
            del wishes[wish.email]
    plan.pairs, refused = Pairing(wishes, known, numbers).settle()
    plan.refused += [Refusal(wishes.pop(address).number, reason) for address, reason in refused.items()]
    for wish in wishes.values():
        _sort(wish, plan)
    plan.refused.sort(key=lambda refusal: refusal.number)
    return plan


def _understood(rows: Iterable[Row], role: str, plan: Plan, numbers: dict[str, int]) -> dict[str, Wish]:
    """Rows by address, and their `numbers`. A second row of one address is refused, also when the first is.

    What is no address at all is told as that in each row.
    """
    wishes: dict[str, Wish] = {}
    for row in rows:
        try:
            address = row.get(Field.EMAIL).lower()
            if "@" in address and numbers.setdefault(address, row.number) != row.number:
                raise Refused(f"The same address stands in row {numbers[address]}.")
            wish = understood(row, role)
            wishes[wish.email] = wish
        except Refused as error:
            plan.refused.append(Refusal(row.number, str(error)))
    return wishes


def _why_not(wish: Wish) -> str:
    if wish.known is None or not wish.known.roles:
        try:
            refuse_new(wish.row)
        except Refused as error:
            return str(error)
        return ""
    gone = [role for role in wish.roles if role in wish.known.roles and not wish.known.stands_as(role)]
    return GONE if gone else ""


def _sort(wish: Wish, plan: Plan) -> None:
    if wish.known is None:
        plan.new.append(wish)
        plan.unknown.update(_unknown(wish, plan.words))
    elif wish.missing_roles and not wish.known.has_account:
        plan.more.append(wish)
    else:
        plan.here += 1
        plan.other_role += bool(wish.missing_roles)


def _unknown(wish: Wish, words: Vocabulary) -> list[tuple[Field, str]]:
    """What of the row is left out: values we do not know, a grade beside another band, a mentee's places."""
    row = wish.row
    found = [(name, row.get(name)) for name in _LOOKED_UP if row.get(name) and not words.option(name, row.get(name))]
    if (employer := row.get(Field.ORGANISATION)) and words.organisation(employer) is None:
        found.append((Field.ORGANISATION, employer))
    band, grade = words.option(Field.BAND, row.get(Field.BAND)), words.option(Field.GRADE, row.get(Field.GRADE))
    if band and grade and band != grade:
        found.append((Field.GRADE, row.get(Field.GRADE)))
    if row.get(Field.PLACES) and Role.MENTOR not in wish.roles:
        found.append((Field.PLACES, row.get(Field.PLACES)))
    return found
