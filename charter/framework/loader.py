"""Reads a framework file into the schema and refuses one that cannot be scored."""

import re
import tomllib
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from pathlib import Path

from charter.framework.errors import FrameworkError
from charter.framework.schema import (
    Credit,
    Criterion,
    Empty,
    Framework,
    Group,
    Held,
    Kind,
    Level,
    Principle,
    RatioRules,
    Review,
    Rules,
    Side,
    Source,
    Threshold,
    Validity,
)
from charter.framework.tables import Table

EDITIONS = Path(__file__).parent / "editions"
REPORTED = "reported"
PART, WHOLE = "part", "whole"
NONE = "none"


def editions() -> tuple[str, ...]:
    """The versions that can be loaded by name, oldest first."""
    return tuple(sorted((path.stem for path in EDITIONS.glob("*.toml")), key=_version_order))


def _version_order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


@cache
def load(version: str) -> Framework:
    """The published edition of that version; `FrameworkError` if there is none."""
    known = editions()
    if version not in known:
        raise FrameworkError(f"There is no framework {version!r}; known are: {', '.join(known)}.")
    return load_path(EDITIONS / f"{version}.toml")


def load_path(path: Path) -> Framework:
    """Any framework file; `FrameworkError` says what is wrong with it and where."""
    try:
        return loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FrameworkError(f"Framework file {path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FrameworkError(f"Framework file {path.name} is not UTF-8.") from error


def loads(text: str) -> Framework:
    """A framework from the text of its file. Decimals are read exactly, never as floats."""
    try:
        raw = tomllib.loads(text, parse_float=Fraction)
    except ValueError as error:
        raise FrameworkError(f"Framework file: not valid TOML ({error}).") from error
    return _framework(Table(raw, "the file"))


def _framework(top: Table) -> Framework:
    rules = _rules(top.table("rules"))
    levels = _levels(top)
    groups = _groups(top)
    sources = tuple(_source(table) for table in top.tables("sources"))
    principles = tuple(_principle(table) for table in top.tables("principles"))
    _no_repeats("sources", (source.id for source in sources))
    _no_repeats("principles", (principle.number for principle in principles))
    reader = _CriterionReader(rules, levels, groups, sources, principles)
    framework = Framework(
        version=top.text("version"),
        title=top.text("title"),
        pilot=top.flag("pilot"),
        pilot_note=top.optional_text("pilot_note"),
        rules=rules,
        groups=groups,
        levels=levels,
        sources=sources,
        principles=principles,
        criteria=tuple(reader.read(table) for table in top.tables("criteria")),
    )
    top.done()
    _no_repeats("criteria", (criterion.id for criterion in framework.criteria))
    return framework


def _no_repeats(what: str, names: Iterable[object]) -> None:
    seen = list(names)
    for name in seen:
        if seen.count(name) > 1:
            raise FrameworkError(f"Framework file: {what} has {name} twice.")


def _rules(table: Table) -> Rules:
    rules = Rules(
        period_months=table.whole("period_months", least=1),
        partly_margin=table.exact("partly_margin"),
        partly_share=table.exact("partly_share"),
        insufficient_per_level=table.whole("insufficient_per_level"),
        not_applicable_per_principle=table.whole("not_applicable_per_principle"),
        not_applicable_reason=table.whole("not_applicable_reason"),
        survey_minimum=table.whole("survey_minimum", least=1),
        credit=_credit(table.table("credit")),
        ratio=_ratio_rules(table.table("ratio")),
        validity=_validity(table.table("validity")),
        review=_review(table.table("review")),
    )
    table.done()
    return rules


def _credit(table: Table) -> Credit:
    credit = Credit(met=table.exact("met"), partly=table.exact("partly"), not_met=table.exact("not_met"))
    table.done()
    if not credit.not_met <= credit.partly <= credit.met:
        table.fail("must not give more for less")
    return credit


def _ratio_rules(table: Table) -> RatioRules:
    rules = RatioRules(
        minimum=table.whole("minimum", least=1),
        pool_years=table.whole("pool_years", least=1),
        z=table.decimal("z"),
        digits=table.whole("digits", least=10),
        note_above=table.exact("note_above", most=None),
        zero_adds_to_count=table.exact("zero_adds_to_count", most=None),
        zero_adds_to_total=table.exact("zero_adds_to_total", most=None),
    )
    table.done()
    if not 0 < rules.zero_adds_to_count < rules.zero_adds_to_total:
        table.fail("must add something to counts and more to totals when nobody did it")
    return rules


def _validity(table: Table) -> Validity:
    validity = Validity(
        years=table.whole("years", least=1),
        interim_months=table.whole("interim_months", least=1),
        renewal_months=table.whole("renewal_months"),
    )
    table.done()
    return validity


def _review(table: Table) -> Review:
    review = Review(
        panel_minimum=table.whole("panel_minimum", least=1),
        panel_from_first_group=table.whole("panel_from_first_group"),
    )
    table.done()
    return review


def _levels(top: Table) -> tuple[Level, ...]:
    levels = tuple(_level(table) for table in top.tables("levels"))
    _no_repeats("levels", (level.id for level in levels))
    earlier: list[str] = []
    for level in levels:
        if level.id == NONE:
            raise FrameworkError(f"Framework file: a level cannot be called {NONE!r}.")
        if level.needs_held and level.needs_held.level not in earlier:
            raise FrameworkError(f"Framework file: levels {level.id} needs a level held that is not below it.")
        earlier.append(level.id)
    return levels


def _level(table: Table) -> Level:
    held = table.table("needs_held") if table.has("needs_held") else None
    level = Level(
        id=table.text("id"),
        name=table.text("name"),
        share=table.exact("share"),
        needs_held=Held(held.text("level"), held.whole("months")) if held else None,
    )
    if held:
        held.done()
    table.done()
    return level


def _groups(top: Table) -> tuple[Group, Group]:
    groups = tuple(_group(table) for table in top.tables("groups"))
    if len(groups) != 2 or groups[0].id == groups[1].id:
        top.fail("needs exactly two different [[groups]]: a ratio is the first over the second")
    return groups[0], groups[1]


def _group(table: Table) -> Group:
    group = Group(
        id=table.text("id"),
        name=table.text("name"),
        short=table.text("short"),
        headings=table.texts("headings"),
        categories=table.texts("categories"),
    )
    table.done()
    return group


def _source(table: Table) -> Source:
    source = Source(id=table.text("id"), citation=table.text("citation"), link=table.optional_text("link"))
    table.done()
    return source


def _principle(table: Table) -> Principle:
    principle = Principle(
        number=table.whole("number", least=1), title=table.text("title"), sentence=table.text("sentence")
    )
    table.done()
    return principle


class _CriterionReader:
    """Reads criteria against the rest of the edition."""

    def __init__(
        self,
        rules: Rules,
        levels: tuple[Level, ...],
        groups: tuple[Group, Group],
        sources: tuple[Source, ...],
        principles: tuple[Principle, ...],
    ) -> None:
        self.rules = rules
        self.levels = [level.id for level in levels]
        self.groups = [group.id for group in groups]
        self.sources = {source.id for source in sources}
        self.principles = {principle.number for principle in principles}

    def read(self, table: Table) -> Criterion:
        kind = self._kind(table)
        thresholds = {} if kind is Kind.STATEMENT else self._thresholds(table, kind)
        measure = kind is Kind.MEASURE
        criterion = Criterion(
            id=table.text("id"),
            principle=table.whole("principle", least=1),
            kind=kind,
            core=table.flag("core"),
            not_applicable=table.flag("not_applicable"),
            levels=tuple(thresholds) if thresholds else self._statement_levels(table),
            thresholds=thresholds,
            sides=self._sides(table, kind),
            auto=table.flag("auto") if measure else False,
            survey=table.flag("survey") if measure else False,
            empty=self._empty(table) if measure else Empty.INSUFFICIENT,
            at_least=table.whole("at_least") if measure and table.has("at_least") else 0,
            derived=table.optional_text("derived"),
            numbers=self._numbers(table),
            title=table.text("title"),
            requirement=table.text("requirement"),
            why=table.text("why"),
            sources=table.texts("sources"),
            good=table.texts("good"),
            evidence=table.text("evidence"),
        )
        table.done()
        self._check(criterion, table)
        return criterion

    def _check(self, criterion: Criterion, table: Table) -> None:
        if criterion.principle not in self.principles:
            table.fail(f"belongs to principle {criterion.principle}, which there is not")
        if criterion.core and criterion.not_applicable:
            table.fail("is core, and a core criterion can never be not applicable")
        if unknown := set(criterion.sources) - self.sources:
            table.fail(f"names unknown sources: {', '.join(sorted(unknown))}")

    def _kind(self, table: Table) -> Kind:
        name = table.text("kind")
        if name not in list(Kind):
            table.fail(f"has kind {name!r}; it must be one of {', '.join(Kind)}")
        return Kind(name)

    def _empty(self, table: Table) -> Empty:
        name = table.text("empty") if table.has("empty") else Empty.INSUFFICIENT
        if name not in list(Empty):
            table.fail(f"has empty = {name!r}; it must be one of {', '.join(Empty)}")
        return Empty(name)

    def _statement_levels(self, table: Table) -> tuple[str, ...]:
        return self._ordered(table, table.texts("levels"))

    def _ordered(self, table: Table, names: Iterable[str]) -> tuple[str, ...]:
        wanted = set(names)
        if unknown := wanted - set(self.levels):
            table.fail(f"names unknown levels: {', '.join(sorted(unknown))}")
        return tuple(level for level in self.levels if level in wanted)

    def _thresholds(self, table: Table, kind: Kind) -> dict[str, Threshold]:
        inner = table.table("thresholds")
        levels = self._ordered(inner, inner.names())
        if not levels:
            inner.fail("needs at least one level")
        return {level: self._threshold(inner, level, kind) for level in levels}

    def _threshold(self, inner: Table, level: str, kind: Kind) -> Threshold:
        if kind is Kind.QUOTIENT:
            return self._quotient_threshold(inner.table(level))
        if kind is Kind.MEASURE and inner.value(level) == REPORTED:
            return Threshold(met=None, partly=None)
        met = inner.exact(level)
        return Threshold(met=met, partly=met - self.rules.partly_margin if kind is Kind.MEASURE else None)

    def _quotient_threshold(self, table: Table) -> Threshold:
        threshold = Threshold(met=table.exact("met", most=None), partly=table.exact("partly", most=None))
        table.done()
        if threshold.met is None or threshold.partly is None or threshold.partly > threshold.met:
            table.fail("has a partly above met")
        return threshold

    def _sides(self, table: Table, kind: Kind) -> tuple[Side, ...]:
        if kind is Kind.STATEMENT:
            return ()
        if kind is Kind.MEASURE:
            return (Side("", table.text("numerator"), table.text("denominator")),)
        inner = table.table("sides")
        keys = self.groups if kind is Kind.RATIO else [PART, WHOLE]
        sides = tuple(self._side(inner.table(key), key) for key in keys)
        inner.done()
        return sides

    def _side(self, table: Table, key: str) -> Side:
        side = Side(key, table.text("numerator"), table.text("denominator"))
        table.done()
        return side

    def _numbers(self, table: Table) -> dict[str, int | str]:
        if not table.has("numbers"):
            return {}
        inner = table.table("numbers")
        found: dict[str, int | str] = {}
        for key in inner.names():
            value = inner.value(key)
            if isinstance(value, bool) or not isinstance(value, (int, str)):
                inner.fail(f"needs a whole number or a word for {key!r}")
            found[key] = value
        return found
