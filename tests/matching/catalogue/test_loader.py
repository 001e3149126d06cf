"""What the loader refuses, and with which words."""

from pathlib import Path

import pytest

from matching.catalogue.loader import load_files, parse
from matching.catalogue.schema import CatalogueError, CharacteristicData, ReasonsData, tone

CATEGORY = """
[[characteristic]]
key = "pet"
family = "values"
kind = "category"
label = "Pet"
question = "Cat or dog?"
unknown = "{name} has not said"
directions = ["same"]
groups = [{ key = "furry", label = "Furry" }]
options = [{ key = "cat", label = "Cat", parent = "furry" }, { key = "dog", label = "Dog", inline = "dogs" }]
[characteristic.reasons.same]
preference = "someone with my pet"
strong = "You both have {shared}"
partial = "You both have something {shared}"
weak = "Has {theirs}, you have {mine}"
"""
SCALE = """
[[characteristic]]
key = "noise"
family = "working_styles"
kind = "scale"
label = "Noise"
question = "Loud or quiet?"
unknown = "{name} has not said"
directions = ["same"]
[characteristic.poles]
low = "Loud"
high = "Quiet"
low_inline = "noise"
middle_inline = "some noise"
high_inline = "quiet"
[characteristic.reasons.same]
preference = "someone as loud as me"
strong = "You both like {shared}"
partial = "Is close to you: {theirs}"
weak = "Likes {theirs}"
"""
MULTI = """
[[characteristic]]
key = "wanted"
family = "professional"
kind = "multi"
counterpart = "offered"
label = "Wanted"
question = "What would you like?"
unknown = "{name} has not said"
directions = ["complements"]
options = [{ key = "tea", label = "Tea" }]
[characteristic.reasons.complements]
preference = "someone who offers what I want"
strong = "Offers {shared}"
partial = "Offers {shared}"
weak = "Offers {theirs}"
"""
OFFERED = MULTI.replace('"wanted"', '"offered"').replace('counterpart = "offered"', 'counterpart = "wanted"')


def only(text: str) -> CharacteristicData:
    """The one characteristic of a text."""
    (data,) = parse(text)
    return data


def test_reads_a_category() -> None:
    data = only(CATEGORY)
    assert [option.inline for option in data.options[:2]] == ["Cat", "dogs"]
    assert data.groups[0].inline == "Furry"
    assert data.hint == ""
    assert data.asked_of == "everyone"
    assert not data.is_surface
    assert data.reasons[0] == ReasonsData(
        direction="same",
        preference="someone with my pet",
        strong="You both have {shared}",
        partial="You both have something {shared}",
        weak="Has {theirs}, you have {mine}",
    )


def test_reads_the_words_of_a_scale() -> None:
    poles = only(SCALE).poles
    assert poles is not None
    assert (poles.low_inline, poles.middle_inline, poles.high_inline) == ("noise", "some noise", "quiet")


def test_what_is_said_of_another_is_the_label_where_nothing_else_is_given() -> None:
    data = only(CATEGORY)
    assert data.label_of_other == data.label
    named = only(CATEGORY.replace("question =", 'label_of_other = "Their pet"\nquestion =', 1))
    assert (named.label, named.label_of_other) == (data.label, "Their pet")


@pytest.mark.parametrize(
    ("kind", "direction", "told"),
    [
        ("category", "same", {60: "strong", 30: "partial", 0: "weak"}),
        ("category", "different", {60: "strong", 30: "partial", 0: "weak"}),
        ("ordinal", "same", {60: "strong", 40: "partial", 20: "weak", 0: "weak"}),
        ("ordinal", "above", {60: "strong", 30: "partial", 0: "weak"}),
        ("multi", "same", {60: "strong", 50: "partial", 10: "partial", 0: "weak"}),
        ("multi", "different", {60: "strong", 50: "strong", 40: "partial", 10: "partial", 0: "weak"}),
        ("multi", "complements", {60: "strong", 10: "partial", 0: "weak"}),
        ("scale", "same", {60: "strong", 45: "partial", 30: "partial", 15: "weak", 0: "weak"}),
        ("scale", "different", {60: "strong", 45: "strong", 30: "partial", 15: "weak", 0: "weak"}),
    ],
)
def test_tone(kind: str, direction: str, told: dict[int, str]) -> None:
    assert {agreement: tone(kind, direction, agreement) for agreement in told} == told


@pytest.mark.parametrize(
    ("text", "old", "new", "message"),
    [
        (CATEGORY, 'key = "pet"', 'key = "Pet"', "key must be small letters"),
        (CATEGORY, 'family = "values"', 'family = "pets"', "family must be one of"),
        (CATEGORY, 'kind = "category"', 'kind = "kategory"', "kind must be one of"),
        (CATEGORY, 'label = "Pet"', 'label = ""', "label must be a text that is not empty"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet "', "label begins or ends with a space"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\nlable = "x"', "unknown lable"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\nstep = 20', "step is only for ordinal"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\nstep = true', "step must be a whole number"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\nderived = "team"', "derived must be one of"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\nderived = "organisation"', "should have none"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\nasked_of = "all"', "asked_of must be one of"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\nspecial_category = 1', "must be true or false"),
        (CATEGORY, 'label = "Pet"', 'label = "Pet"\ncounterpart = "x"', "counterpart is only for multi"),
        (CATEGORY, '["same"]', '["same", "same"]', "directions names something twice"),
        (CATEGORY, '["same"]', '["same", "above"]', "not a direction of a category: above"),
        (CATEGORY, '["same"]', '["same", "different"]', "reasons must be told for exactly its directions"),
        (CATEGORY, '["same"]', '"same"', "directions must be a list of texts"),
        (CATEGORY, 'key = "dog"', 'key = "cat"', "used twice among options and groups: cat"),
        (CATEGORY, 'key = "dog"', 'key = "furry"', "used twice among options and groups: furry"),
        (CATEGORY, 'label = "Dog"', 'label = "Furry"', "used twice among options and groups: Furry"),
        (CATEGORY, 'key = "dog"', 'key = "a dog"', "option key 'a dog' must be"),
        (CATEGORY, 'parent = "furry"', 'parent = "feathered"', "no such group: feathered"),
        (CATEGORY, ', parent = "furry"', "", "groups without options: furry"),
        (CATEGORY, "{shared}", "{common}", "unknown placeholder {common}"),
        (CATEGORY, "{name} has", "{theirs} has", "unknown placeholder {theirs}"),
        (CATEGORY, "{shared}", "{shared!r}", "unknown placeholder {shared}"),
        (CATEGORY, "{shared}", "{shared", "expected '}'"),
        (CATEGORY, "have {mine}", "have {mine}.", "ends with a full stop"),
        (CATEGORY, 'partial = "You both have something {shared}"\n', "", "partial is missing"),
        (SCALE, 'high = "Quiet"\n', "", "high must be a text"),
        (SCALE, "[characteristic.poles]", "[characteristic.ends]", "unknown ends"),
        (SCALE, 'kind = "scale"', 'kind = "ordinal"', "poles is only for scale"),
        (MULTI, '[{ key = "tea", label = "Tea" }]', "[]", "has no options"),
        (MULTI, '[{ key = "tea", label = "Tea" }]', "3", "options must be a list of tables"),
        (MULTI, 'counterpart = "offered"\n', "", "complements needs a map or a counterpart"),
        (MULTI, "[characteristic.reasons.complements]", "[characteristic.words]", "unknown words"),
    ],
)
def test_refuses(text: str, old: str, new: str, message: str) -> None:
    assert old in text
    with pytest.raises(CatalogueError) as caught:
        parse(text.replace(old, new), where="test.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("test.toml: ")


@pytest.mark.parametrize(
    ("fits", "message"),
    [
        ('cat = ["dog"]\ndog = ["fish"]', "complements names no option: fish"),
        ('cat = ["dog"]', "complements says nothing for: dog"),
        ('cat = ["dog"]\ndog = []', "dog must be a list of texts that is not empty"),
    ],
)
def test_refuses_complements_that_name_too_much_or_too_little(fits: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        parse(CATEGORY + f"[characteristic.complements]\n{fits}\n")


def test_refuses_too_many_options_of_a_multi() -> None:
    many = ", ".join(f'{{ key = "o{n}", label = "O{n}" }}' for n in range(41))
    with pytest.raises(CatalogueError, match="more than 40 options"):
        parse(MULTI.replace('{ key = "tea", label = "Tea" }', many))


@pytest.mark.parametrize("text", ["", "[[characteristic]", "other = 1"])
def test_refuses_what_is_no_catalogue(text: str) -> None:
    with pytest.raises(CatalogueError, match="catalogue: "):
        parse(text)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([CATEGORY, CATEGORY], "used as a key twice: pet"),
        ([MULTI], "wanted: counterpart offered does not exist"),
        (
            [MULTI.replace('counterpart = "offered"', 'counterpart = "wanted"')],
            "cannot be its own counterpart",
        ),
        ([MULTI.replace('counterpart = "offered"', 'counterpart = "pet"'), CATEGORY], "pet is not multi"),
        ([MULTI, OFFERED.replace('"tea"', '"milk"')], "wanted: options differ from offered"),
    ],
)
def test_refuses_characteristics_at_odds(tmp_path: Path, texts: list[str], message: str) -> None:
    paths = [tmp_path / f"{number}.toml" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        load_files(paths)


def test_a_pair_of_counterparts_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "pair.toml"
    path.write_text(MULTI + OFFERED, encoding="utf-8")
    assert [data.key for data in load_files([path])] == ["wanted", "offered"]


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"none\.toml: cannot be read"):
        load_files([tmp_path / "none.toml"])
