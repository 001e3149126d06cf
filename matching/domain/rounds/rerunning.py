"""Whether a run can be reproduced. Only the command line imports this module, and with it SciPy."""

from enum import Enum, auto

from matching.domain.rounds.reading import read_round
from matching.domain.rounds.running import work_out
from matching.models import Pair, Run


class Again(Enum):
    """What came of working a run out again."""

    SAME = auto()
    CHANGED = auto()
    DIFFERENT = auto()


def rerun(run: Run) -> Again:
    """Read the inputs as they are now; where they are those of the run, work them out and compare the pairs."""
    inputs = read_round(run)
    if inputs.key() != run.inputs_key:
        return Again.CHANGED
    kept = Pair.objects.filter(run=run).values_list("mentee_id", "mentor_id", "score", "band", "kept")
    before = sorted((str(mentee), str(mentor), *rest) for mentee, mentor, *rest in kept)
    outcome = work_out(inputs, lambda share: None)
    now = sorted((each.mentee, each.mentor, each.score, int(each.band), each.kept) for each in outcome.pairs)
    return Again.SAME if before == now and outcome.total == run.total else Again.DIFFERENT
