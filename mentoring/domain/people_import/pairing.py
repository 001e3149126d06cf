"""Pairs that exist already and are brought along: who with whom, and whether there is a place."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from mentoring.domain.membership import MOST_PLACES
from mentoring.domain.people_import.standing import AT_ONCE, Known, parts
from mentoring.domain.people_import.wish import Refused, Wish, quoted
from mentoring.enums import OPEN, TAKES_A_PLACE, MentorshipState, Role
from mentoring.models import Mentorship


@dataclass(frozen=True, slots=True)
class Pair:
    """Mentee and mentor, by address."""

    mentee: str
    mentor: str


@dataclass(slots=True)
class Pairs:
    """What is to be brought along, and what is not because it is there, is over, or is the mentee's to ask for."""

    new: list[Pair] = field(default_factory=list)
    here: int = 0
    ended: int = 0
    left_to_them: int = 0

    def by_mentor(self) -> Counter[str]:
        """How many new mentees each mentor gets."""
        return Counter(pair.mentor for pair in self.new)


class Pairing:
    """Goes through the mentees of a file, and says for which of them the pairs cannot stand.

    Args:
        wishes: the rows understood so far, by address.
        known: everybody of these addresses, named mentors too, who is in the programme.
        numbers: the row of every address in the file, refused ones too.
    """

    def __init__(self, wishes: Mapping[str, Wish], known: Mapping[str, Known], numbers: Mapping[str, int]) -> None:
        self.wishes = wishes
        self.known = known
        self.numbers = numbers
        self.stories = _stories(known, {address for wish in wishes.values() for address in wish.mentors})

    def settle(self) -> tuple[Pairs, dict[str, str]]:
        """All pairs, and why some rows are refused, by address.

        A refused row may be somebody else's mentor, so that it is gone through again until nothing changes.
        """
        refused: dict[str, str] = {}
        while True:
            pairs, more = self._once(refused)
            if not more:
                return pairs, refused
            refused |= more

    def _once(self, refused: Mapping[str, str]) -> tuple[Pairs, dict[str, str]]:
        pairs, more = Pairs(), dict[str, str]()
        used: Counter[str] = Counter()
        between: dict[frozenset[str], Pair] = {}
        for address, wish in self.wishes.items():
            if not wish.mentors or address in refused:
                continue
            try:
                new = self._of(wish, refused, pairs)
                self._refuse_conflicts(new, used, between)
            except Refused as error:
                more[address] = str(error)
                continue
            pairs.new += new
            used.update(pair.mentor for pair in new)
            between |= {frozenset((pair.mentee, pair.mentor)): pair for pair in new}
        return pairs, more

    def _of(self, wish: Wish, refused: Collection[str], pairs: Pairs) -> list[Pair]:
        """The new pairs of one mentee; those that are none are counted only once all have been looked at."""
        new, counted = list[Pair](), Counter[str]()
        for mentor in wish.mentors:
            self._refuse_no_mentor(mentor, refused)
            story = self._story(wish.email, mentor)
            if story:
                counted[story] += 1
            elif wish.known and wish.known.has_account:
                counted["left_to_them"] += 1
            else:
                new.append(Pair(wish.email, mentor))
        pairs.here += counted["here"]
        pairs.ended += counted["ended"]
        pairs.left_to_them += counted["left_to_them"]
        return new

    def _refuse_no_mentor(self, mentor: str, refused: Collection[str]) -> None:
        known, wish = self.known.get(mentor), self.wishes.get(mentor)
        if known and known.stands_as(Role.MENTOR):
            return
        if mentor in self.numbers and (wish is None or mentor in refused) and known is None:
            raise Refused(f"Their mentor in row {self.numbers[mentor]} cannot be taken.")
        if wish is None and known is None:
            raise Refused(f"The mentor {quoted(mentor)} is neither in this file nor in the programme.")
        if wish is None or Role.MENTOR not in wish.roles or mentor in refused or (known and known.has_account):
            raise Refused(f"{quoted(mentor)} is named as a mentor, but is none.")

    def _story(self, mentee: str, mentor: str) -> str:
        """What there is between two people of the programme: *here*, *ended*, or nothing."""
        one, two = self.known.get(mentee), self.known.get(mentor)
        if one is None or two is None:
            return ""
        states = self.stories.get((one.person_id, two.person_id), set())
        if states & set(TAKES_A_PLACE):
            return "here"
        if MentorshipState.REQUESTED in states or self.stories.get((two.person_id, one.person_id), set()) & set(OPEN):
            raise Refused(f"Something else is open between this person and {quoted(mentor)}; leave it to them.")
        return "ended" if states else ""

    def _refuse_conflicts(
        self, new: Iterable[Pair], used: Counter[str], between: Mapping[frozenset[str], Pair]
    ) -> None:
        for pair in new:
            if frozenset((pair.mentee, pair.mentor)) in between:
                raise Refused(
                    f"{quoted(pair.mentor)} is this person’s mentee in the same file; only one way is possible."
                )
            limit, taken = self._places(pair.mentor)
            if taken + used[pair.mentor] >= limit:
                raise Refused(f"All {limit} places of {quoted(pair.mentor)} are taken.")

    def _places(self, mentor: str) -> tuple[int, int]:
        """How many places there can be, and how many are taken. Only who has not claimed theirs gets more."""
        known, wish = self.known.get(mentor), self.wishes.get(mentor)
        place = known.stands_as(Role.MENTOR) if known else None
        given = wish.places if wish and Role.MENTOR in wish.roles else None
        if place is None:
            return given or MOST_PLACES, 0
        own = place.capacity or 0
        return own if known and known.has_account else max(own, given or MOST_PLACES), place.taken


def _stories(known: Mapping[str, Known], mentors: Collection[str]) -> dict[tuple[UUID, UUID], set[str]]:
    """States of every mentorship, open or over, with one of the mentors on either side."""
    people = [known[address].person_id for address in mentors if address in known]
    found: dict[tuple[UUID, UUID], set[str]] = {}
    for some in parts(people, AT_ONCE):
        for mentee, mentor, state in _rows(some):
            if mentee and mentor:
                found.setdefault((mentee, mentor), set()).add(state)
    return found


def _rows(some: Sequence[UUID]) -> list[tuple[UUID | None, UUID | None, str]]:
    either = Mentorship.objects.filter(mentor__in=some) | Mentorship.objects.filter(mentee__in=some)
    return list(either.values_list("mentee_id", "mentor_id", "state"))
