"""The containers, as far as they can be judged where no engine runs: the schema, and what the schema misses."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APP = ["web", "worker", "beat", "migrate"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
STAGES = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)


def test_compose_keeps_the_specification() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_dockerfile_is_clean() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


def test_the_parts() -> None:
    assert sorted(SERVICES) == ["beat", "migrate", "postgres", "redis", "web", "worker"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_a_service_waits_for_is_there_and_can_tell(name: str) -> None:
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        healthy = wait["condition"] == "service_healthy" and SERVICES[other]["healthcheck"]["test"]
        ends = wait["condition"] == "service_completed_successfully" and SERVICES[other]["restart"] == "no"
        assert healthy or ends, (name, other)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_a_service_names_is_declared(name: str) -> None:
    service = SERVICES[name]
    assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert {config["source"] for config in service.get("configs", [])} <= set(COMPOSE.get("configs", {}))


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_has_its_manners(name: str) -> None:
    service = SERVICES[name]
    assert service["logging"]["options"]["max-size"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
    assert "healthcheck" in service or "HEALTHCHECK" in DOCKERFILE


def test_only_the_web_is_reachable_and_only_from_this_machine() -> None:
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:${WEB_PORT:-8000}:8000"]
    }
    assert COMPOSE["networks"]["inner"] == {"internal": True}
    assert [SERVICES[name]["networks"] for name in ("postgres", "redis")] == [["inner"], ["inner"]]


def test_nothing_but_numbers_has_a_default() -> None:
    defaults = re.findall(r"\$\{(\w+):?-(.*?)\}", TEXT)
    assert sorted(set(defaults)) == [("WEB_CONCURRENCY", "2"), ("WEB_PORT", "8000")]
    assert re.findall(r"\$\{\w+\}", TEXT) == []


def test_required_variables_are_told_at_the_top() -> None:
    told = re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", TEXT.split("\nname:")[0])
    assert set(re.findall(r"\$\{(\w+):\?", TEXT)) == set(told)


@pytest.mark.parametrize("name", APP)
def test_the_app_gets_what_the_settings_read_and_never_the_trial(name: str) -> None:
    read = set(re.findall(r'(?:env\.\w+|_required)\(\s*"(\w+)"', (ROOT / "mentoring/settings.py").read_text()))
    given = set(SERVICES[name]["environment"])
    assert given - {"WEB_CONCURRENCY"} <= read
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "EMAIL_URL"} <= given
    assert given & {"TRIAL", "TRIAL_DIR", "TESTING", "LINTING"} == set()


@pytest.mark.parametrize("name", APP)
def test_the_app_runs_with_few_rights(name: str) -> None:
    assert (SERVICES[name]["read_only"], SERVICES[name]["cap_drop"]) == (True, ["ALL"])


def test_the_image_is_not_root_s_and_every_image_has_a_version() -> None:
    assert re.findall(r"^USER (.*)", DOCKERFILE, re.MULTILINE) == ["10001"]
    images = [*STAGES, *(service["image"] for service in SERVICES.values())]
    assert [image for image in images if not re.search(r":(\d|local$)", image)] == []


def test_the_image_holds_only_what_it_needs() -> None:
    kept = (ROOT / ".dockerignore").read_text().splitlines()
    assert kept[0] == "*"
    wanted = {"manage.py", "mentoring", "matching", "charter", "templates", "static", "requirements/base.txt"}
    assert wanted <= {line.removeprefix("!") for line in kept}
    assert {".env", ".trial", ".git"} & {line.removeprefix("!") for line in kept} == set()
