"""Many writers of one answer, on real connections: whoever loses is told, and nothing is lost in silence."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from charter.domain.answer import Stale, save_answer
from charter.domain.content import Content, stored
from charter.models import Answer, AnswerChange, Assessment
from mentoring.domain.action import Busy
from mentoring.models import Person

RACERS = 20

pytestmark = pytest.mark.django_db(transaction=True)


def race(racers: Sequence[Callable[[], object]]) -> list[str]:
    """Start all at the same moment, each on a connection of its own; how each ended."""
    results = ["" for _ in racers]
    start = Barrier(len(racers))

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            racers[number]()
            results[number] = "won"
        except Stale:
            results[number] = "told"
        except Busy:
            results[number] = "busy"
        except Exception as error:
            results[number] = f"broke: {error!r}"
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[number]) for number in range(len(racers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def writer(assessment: Assessment, criterion: str, words: str, by: Person) -> Callable[[], object]:
    """Somebody who saw no answer yet, and saves one."""
    content = Content(status="met", reason=words)
    return lambda: save_answer(assessment=assessment, criterion_id=criterion, content=content, version=0, by=by)


def test_one_wins_and_all_others_are_told(assessment: Assessment, marcus: Person) -> None:
    results = race([writer(assessment, "LEA-1", f"Words {n}", marcus) for n in range(RACERS)])
    assert sorted(set(results) - {"busy"}) == ["told", "won"]
    assert results.count("won") == 1
    assert Answer.objects.get().reason == f"Words {results.index('won')}"


def test_writers_who_insist_lose_nothing(assessment: Assessment, marcus: Person) -> None:
    """Each reads the version again when told, and saves over it: every text is then in the history."""

    def insist(words: str) -> None:
        version, saved = 0, False
        while not saved:
            try:
                content = Content(status="met", reason=words)
                save_answer(assessment=assessment, criterion_id="LEA-1", content=content, version=version, by=marcus)
                saved = True
            except Stale as stale:
                version = stale.theirs.version
            except Busy:
                continue

    texts = [f"Words {n}" for n in range(RACERS)]
    assert race([partial(insist, words) for words in texts]) == ["won"] * RACERS
    kept = AnswerChange.objects.order_by("version")
    assert sorted(stored(change.content).reason for change in kept) == sorted(texts)
    assert [change.version for change in kept] == list(range(1, RACERS + 1))
    assert Answer.objects.get().version == RACERS


def test_different_criteria_never_conflict(assessment: Assessment, marcus: Person) -> None:
    criteria = ["LEA-1", "LEA-2", "LEA-3", "LEA-4", "VOI-1", "VOI-2", "VOI-4", "MAT-1", "MAT-2", "MAT-3"]
    results = race([writer(assessment, criterion, "Words", marcus) for criterion in criteria])
    assert results == ["won"] * len(criteria)
