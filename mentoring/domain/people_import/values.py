"""Words of a file into options of the catalogue: by label, key, or a name that can mean nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mentoring.domain.people_file import Field
from mentoring.domain.people_file.columns import plain
from mentoring.models import Option, Organisation, Programme

# Whoever only writes “nurse” or “8” could mean several; such words stay out of these lists on purpose.
_ALSO: Final[dict[Field, dict[str, tuple[str, ...]]]] = {
    Field.PROFESSION: {
        "arts_therapy": ("art therapist", "arts therapist", "art therapy", "music therapist", "dramatherapist"),
        "podiatry": ("podiatrist", "podiatry", "chiropodist", "chiropody"),
        "dietetics": ("dietitian", "dietician"),
        "occupational_therapy": ("occupational therapist", "ot"),
        "operating_department_practice": ("operating department practitioner", "odp"),
        "orthoptics": ("orthoptist",),
        "paramedicine": ("paramedic", "paramedicine"),
        "physiotherapy": ("physiotherapist", "physio"),
        "prosthetics_orthotics": ("prosthetist", "orthotist", "prosthetist and orthotist"),
        "radiography": ("radiographer", "diagnostic radiographer", "therapeutic radiographer"),
        "speech_language_therapy": ("speech and language therapist", "slt", "salt"),
        "biomedical_science": ("biomedical scientist",),
        "clinical_science": ("clinical scientist",),
        "hearing_aid_dispensing": ("hearing aid dispenser",),
        "practitioner_psychology": ("practitioner psychologist", "clinical psychologist", "clinical psychology"),
        "counselling_psychotherapy": ("counsellor", "psychotherapist", "counselling", "psychotherapy"),
        "adult_nursing": ("adult nurse",),
        "childrens_nursing": ("childrens nurse", "children s nurse", "paediatric nurse", "childrens nursing"),
        "learning_disability_nursing": ("learning disability nurse",),
        "mental_health_nursing": ("mental health nurse",),
        "public_health_nursing": ("health visitor", "health visiting", "public health nurse", "public health nursing"),
        "nursing_associate": (),
        "midwifery": ("midwife",),
        "medicine": ("doctor", "medical doctor", "general practitioner", "gp"),
        "dentistry": ("dentist",),
        "pharmacy": ("pharmacist",),
        "social_work": ("social worker",),
        "care_support": ("care worker", "support worker", "healthcare assistant", "healthcare support worker"),
    },
    Field.REGION: {
        "london": ("greater london",),
        "midlands": ("the midlands", "east midlands", "west midlands"),
        "north_east_yorkshire": ("north east", "north east england", "yorkshire", "yorkshire and the humber"),
        "north_west": ("north west england",),
        "south_east": ("south east england",),
        "south_west": ("south west england",),
        "east_of_england": ("the east of england",),
        "northern_ireland": ("ni",),
    },
    Field.SETTING: {
        "acute_hospital": ("acute", "acute trust", "general hospital"),
        "community_mental_health": ("cmht",),
        "primary_care": ("general practice", "primary care", "gp practice", "gp surgery"),
        "school": ("nursery", "special school"),
        "university": ("college", "higher education"),
        "council": ("local authority", "adults services", "childrens services"),
        "care_home": ("supported living", "nursing home"),
        "hospice": ("charity",),
        "ambulance_service": ("ambulance", "ambulance trust"),
        "independent_practice": ("independent practice", "private practice", "private hospital"),
        "justice": ("prison",),
    },
}
_BAND: Final = re.compile(r"(?:nhs )?(?:afc |agenda for change )?(?:band ?|b)?([2-9][a-d]?)")
# A grade is a pay band only when it says so: the Civil Service's “Grade 7” is not band 7.
_BAND_SPELT_OUT: Final = re.compile(r"(?:nhs )?(?:(?:afc|agenda for change) (?:band ?|b)?|band ?)([2-9][a-d]?)")
_CATALOGUE: Final = (Field.PROFESSION, Field.BAND, Field.REGION, Field.SETTING)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a programme understands: options by what they are called, and employers by name."""

    options: Mapping[Field, Mapping[str, str]]
    organisations: Mapping[str, int]

    def option(self, field: Field, text: str) -> str | None:
        """The key of the option that is meant; None when none is for certain."""
        words = plain(text)
        if field in (Field.BAND, Field.GRADE):
            found = (_BAND if field == Field.BAND else _BAND_SPELT_OUT).fullmatch(words)
            return self.options[Field.BAND].get(found[1]) if found else None
        return self.options[field].get(words)

    def organisation(self, text: str) -> int | None:
        """The employer of this name; None when there is none."""
        return self.organisations.get(plain(text))


def vocabulary(programme: Programme) -> Vocabulary:
    """Everything a file of this programme may name. Two of one name: the one that runs the programme."""
    names: dict[str, int] = {}
    for pk, name in Organisation.objects.order_by("pk").values_list("pk", "name"):
        names.setdefault(plain(name), pk)
    names |= {plain(name): pk for pk, name in programme.organisations.values_list("pk", "name")}
    return Vocabulary({field: _options(field) for field in _CATALOGUE}, names)


def _options(field: Field) -> dict[str, str]:
    found: dict[str, str] = {}
    rows = Option.objects.filter(characteristic=field.value, retired=False).values_list("key", "label")
    for key, label in rows:
        without_brackets = re.sub(r"\(.*?\)", "", label)
        for name in (key, label, without_brackets, *_ALSO.get(field, {}).get(key, ())):
            found.setdefault(plain(name), key)
    return found
