"""Other people's packages, each in an environment of its own: both are installed as `matching`, as we are."""

import json
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / ".trial/rivals"
SCRIPTS: Final = Path(__file__).parent / "scripts"


class RivalFailed(Exception):
    """A rival could not be installed or did not come to an end."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A package, pinned in `requirements/rival-NAME.txt`, and our script that speaks to it."""

    name: str
    script: str

    @property
    def lock(self) -> Path:
        """The pins with their hashes."""
        return ROOT / f"requirements/rival-{self.name}.txt"

    def home(self, folder: Path) -> Path:
        """Its environment for these very pins."""
        return folder / f"{self.name}-{sha256(self.lock.read_bytes()).hexdigest()[:12]}"

    def ready(self, folder: Path) -> bool:
        """Whether its environment is there; the stamp comes last."""
        return (self.home(folder) / "ready").exists()

    def install(self, folder: Path) -> None:
        """Make its environment, if it is not there."""
        if self.ready(folder):
            return
        home = self.home(folder)
        venv.create(home, clear=True, with_pip=True)
        pip = [str(_python(home)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "-r", str(self.lock)], f"{self.name} could not be installed")
        (home / "ready").touch()

    def solve(self, folder: Path, problem: Mapping[str, Any]) -> dict[str, Any]:
        """What its script makes of a problem: `ms`, `base` and `peak` in MB, and `pairs`."""
        self.install(folder)
        # Isolated (-P among others): a folder of ours on its path would be found before the package of the same name.
        argv = [str(_python(self.home(folder))), "-I", str(SCRIPTS / self.script)]
        answer: dict[str, Any] = json.loads(run(argv, f"{self.name} failed", json.dumps(problem)))
        return answer


MENTOR_MATCH: Final = Rival("mentor-match", "mentor_match_rival.py")
MATCHING: Final = Rival("matching", "matching_rival.py")


def _python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def run(
    argv: list[str], failure: str, given: str = "", *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> str:
    """What a program prints; raises `RivalFailed` with `failure` and the last line of its errors."""
    done = subprocess.run(argv, input=given, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        raise RivalFailed(f"{failure}: {last[0]}")
    return done.stdout
