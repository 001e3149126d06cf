"""What we serve of nhsuk-frontend: nothing that is the NHS's own, nothing that names another address."""

import re
from pathlib import Path

import pytest

from mentoring.assets import PACKAGE, UnknownAsset, own_script, own_styles, stage

FONT = "@font-face{font-family:Frutiger W01;src:url(https://fonts.example/f.woff2)}"


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets") / "nhsuk"
    stage(PACKAGE, folder)
    return folder


def test_only_what_is_served_is_staged(staged: Path) -> None:
    assert sorted(str(path.relative_to(staged)) for path in staged.rglob("*") if path.is_file()) == [
        "icons/arrow-down.svg",
        "icons/arrow-up-down.svg",
        "icons/arrow-up.svg",
        "icons/cross.svg",
        "nhsuk-frontend.min.css",
        "nhsuk-frontend.min.js",
    ]


def test_styles_name_no_font_icon_or_address_of_the_nhs(staged: Path) -> None:
    css = (staged / "nhsuk-frontend.min.css").read_text("utf-8")
    assert re.findall(r"(?i)frutiger|@font-face|https?:|/assets/|nhsuk-icon-[a-z-]+\.svg|sourcemappingurl", css) == []
    assert "font-family:arial,sans-serif" in css
    assert css.startswith('@charset "UTF-8";')


def test_every_url_in_the_styles_is_a_staged_file(staged: Path) -> None:
    css = (staged / "nhsuk-frontend.min.css").read_text("utf-8")
    urls = set(re.findall(r"url\((.*?)\)", css))
    assert urls == {f"icons/{path.name}" for path in (staged / "icons").iterdir()}


def test_the_script_is_a_module_without_a_source_map(staged: Path) -> None:
    script = (staged / "nhsuk-frontend.min.js").read_text("utf-8")
    assert "initAll" in script
    assert "export{" in script
    assert "sourceMappingURL" not in script


def test_staging_again_replaces_what_was_there(staged: Path, tmp_path: Path) -> None:
    again = tmp_path / "nhsuk"
    again.mkdir()
    (again / "favicon.ico").touch()
    stage(PACKAGE, again)
    assert not (again / "favicon.ico").exists()


@pytest.mark.parametrize(
    ("css", "complaint"),
    [
        ("a{b:c}", "expected 2 @font-face blocks, found 0"),
        (FONT * 3, "expected 2 @font-face blocks, found 3"),
        (FONT * 2 + "a{background:url(/assets/images/nhs-logo.svg)}", "urls we do not stage"),
        (FONT * 2 + "a{background:url(/assets/images/nhsuk-icon-new.svg)}", "urls we do not stage"),
        (FONT * 2 + "a{font:Frutiger}", "left in the style sheet"),
        (FONT * 2 + "@import 'https://elsewhere.example/a.css'", "left in the style sheet"),
    ],
)
def test_a_changed_package_is_refused(css: str, complaint: str) -> None:
    with pytest.raises(UnknownAsset, match=complaint):
        own_styles(css)


def test_a_script_that_names_assets_is_refused() -> None:
    assert own_script("let a=1;//# sourceMappingURL=a.js.map\n") == "let a=1;"
    with pytest.raises(UnknownAsset):
        own_script('let a="/assets/images/nhs-logo.svg"')
