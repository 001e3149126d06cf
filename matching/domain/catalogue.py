"""The catalogue's files into the tables that everything else reads."""

from collections.abc import Sequence
from itertools import count
from typing import Final

from django.db import connection, transaction

from matching.catalogue.loader import load
from matching.catalogue.schema import DEFAULT_STEP, CharacteristicData, OptionData
from mentoring.enums import Role
from mentoring.models import Characteristic, Membership, Option

AT_A_TIME: Final = 1_000
_CHARACTERISTIC_FIELDS: Final = (
    "family",
    "kind",
    "position",
    "label",
    "question",
    "hint",
    "low",
    "high",
    "step",
    "directions",
    "complements",
    "counterpart",
    "derived",
    "on_request",
    "words",
    "retired",
)
_OPTION_FIELDS: Final = ("label", "parent", "parent_label", "position", "retired")


def load_catalogue() -> int:
    """Bring the tables in line with the files; how many characteristics they hold.

    What the files no longer hold is retired, never deleted: people may have answered it. Repeating it changes
    nothing.
    """
    catalogue = load()
    with transaction.atomic():
        _keep_characteristics(catalogue)
        _keep_options(catalogue)
    return len(catalogue)


def load_after_migrate() -> None:
    """`load_catalogue` where its tables are there (somebody may be migrating backwards), and what follows from it."""
    if Option._meta.db_table in connection.introspection.table_names():
        load_catalogue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('matching_pack_memberships') IS NOT NULL")
        packs = cursor.fetchone()[0]
    if packs:
        repack_mentors()


def repack_mentors() -> int:
    """Pack every mentor again where anything has changed; how many there are.

    What people write packs them by itself; what the catalogue makes of it (labels, groups) does not. A thousand at a
    time, so that nobody who writes meanwhile waits long.
    """
    mentors = Membership.objects.filter(role=Role.MENTOR).order_by("pk")
    last, packed = 0, 0
    while rows := list(mentors.filter(pk__gt=last).values_list("pk", flat=True)[:AT_A_TIME]):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT matching_pack_memberships(%s)", [rows])
        last, packed = rows[-1], packed + len(rows)
    return packed


def _keep_characteristics(catalogue: Sequence[CharacteristicData]) -> None:
    numbers = _numbers(catalogue)
    rows = [_characteristic(data, position, numbers[data.key]) for position, data in enumerate(catalogue)]
    Characteristic.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=_CHARACTERISTIC_FIELDS
    )
    ours = Characteristic.objects.filter(programme__isnull=True)
    ours.exclude(pk__in=[row.pk for row in rows]).update(retired=True)


def _numbers(catalogue: Sequence[CharacteristicData]) -> dict[str, int]:
    """Each one's number: the one it has, or the next that none has had, as nothing is ever deleted."""
    numbers = dict(Characteristic.objects.values_list("key", "number"))
    new = (data.key for data in catalogue if data.key not in numbers)
    return numbers | dict(zip(new, count(max(numbers.values(), default=0) + 1), strict=False))


def _characteristic(data: CharacteristicData, position: int, number: int) -> Characteristic:
    return Characteristic(
        key=data.key,
        number=number,
        family=data.family,
        kind=data.kind,
        position=position,
        label=data.label,
        question=data.question,
        hint=data.hint,
        low=data.poles.low if data.poles else "",
        high=data.poles.high if data.poles else "",
        step=data.step or DEFAULT_STEP,
        directions=list(data.directions),
        complements={mine: list(fitting) for mine, fitting in data.complements},
        counterpart_id=data.counterpart,
        derived=data.derived or "",
        on_request=data.on_request,
        words=_words(data),
        retired=False,
    )


def _words(data: CharacteristicData) -> dict[str, object]:
    """What sentences are made of: reasons by direction, options and groups as they read inside a sentence."""
    poles = data.poles
    return {
        "asked_of": data.asked_of,
        "label_of_other": data.label_of_other,
        "special_category": data.special_category,
        "unknown": data.unknown,
        "why": data.why,
        "items": [[item.text, item.reversed] for item in data.items],
        "reasons": {
            words.direction: {
                "preference": words.preference,
                "strong": words.strong,
                "partial": words.partial,
                "weak": words.weak,
            }
            for words in data.reasons
        },
        "inline": {group.key: group.inline for group in data.groups}
        | {option.key: option.inline for option in data.options},
        "poles": [poles.low_inline, poles.middle_inline, poles.high_inline] if poles else [],
    }


def _keep_options(catalogue: Sequence[CharacteristicData]) -> None:
    rows = [_option(data, option, position) for data in catalogue for position, option in enumerate(data.options)]
    Option.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["characteristic", "key"], update_fields=_OPTION_FIELDS
    )
    offered = {(row.characteristic_id, row.key) for row in rows}
    gone = [
        pk
        for pk, characteristic, key in Option.objects.filter(
            retired=False, characteristic__programme__isnull=True
        ).values_list("pk", "characteristic_id", "key")
        if (characteristic, key) not in offered
    ]
    Option.objects.filter(pk__in=gone).update(retired=True)


def _option(data: CharacteristicData, option: OptionData, position: int) -> Option:
    groups = {group.key: group.label for group in data.groups}
    return Option(
        characteristic_id=data.key,
        key=option.key,
        label=option.label,
        parent=option.parent or "",
        parent_label=groups.get(option.parent or "", ""),
        position=position,
        retired=False,
    )
