"""Stages the part of nhsuk-frontend that our pages serve: node_modules/nhsuk-frontend -> .assets/nhsuk.

The package may be used by anyone, the identity inside it may not: the Frutiger font, the NHS logo, the bundled
icons and the favicon belong to the NHS. So two files are copied, the style sheet without its fonts, and
the four icons it names are ours. What is staged names nothing outside its own folder, which is what
Django's manifest storage and our Content-Security-Policy both want.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules/nhsuk-frontend"
STAGED = ROOT / ".assets/nhsuk"
STYLES, SCRIPT = "nhsuk-frontend.min.css", "nhsuk-frontend.min.js"
NOTICE = "\n/*! nhsuk-frontend, NHS England, MIT Licence; fonts, icons and source map removed for Alongside. */\n"

# Drawn for Alongside; the style sheet shows them as they are or as masks, so the strokes carry the shape.
ICONS = {
    "cross": "M6 6l12 12M18 6L6 18",
    "arrow-up": "M12 20V5M6 11l6-6 6 6",
    "arrow-down": "M12 4v15M6 13l6 6 6-6",
    "arrow-up-down": "M7 19V5M3 9l4-4 4 4M17 5v14M13 15l4 4 4-4",
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" '
    'stroke="#1d2b2a" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"><path d="{}"/></svg>\n'
)


class UnknownAsset(Exception):
    """The package is not as we know it: look at what changed before serving it."""


def own_styles(css: str) -> str:
    """The style sheet without fonts, icons and addresses that are not ours to use."""
    css, fonts = re.subn(r"@font-face\s*\{[^}]*\}", "", css)
    if fonts != 2:
        raise UnknownAsset(f"expected 2 @font-face blocks, found {fonts}")
    css = css.replace("Frutiger W01,arial", "arial")
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/\s*", "", css)
    css = re.sub(r"url\(/assets/images/nhsuk-icon-([a-z-]+)\.svg\)", r"url(icons/\1.svg)", css)
    known = {f"icons/{name}.svg" for name in ICONS}
    if unknown := set(re.findall(r"url\((.*?)\)", css)) - known:
        raise UnknownAsset(f"urls we do not stage: {sorted(unknown)}")
    if found := re.findall(r"(?i)frutiger|https?://|/assets/", css):
        raise UnknownAsset(f"left in the style sheet: {sorted(set(found))}")
    return css


def own_script(script: str) -> str:
    """The components' script, without the address of a source map that is not served."""
    script = re.sub(r"//# sourceMappingURL=\S*\s*$", "", script)
    if "sourceMappingURL" in script or "/assets/" in script:
        raise UnknownAsset("addresses left in the script")
    return script


def stage(package: Path, staged: Path) -> None:
    """Fills `staged` anew; it is put in place only when it is whole."""
    half = staged.with_name(f"{staged.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    (half / "icons").mkdir(parents=True)
    built = package / "dist/nhsuk"
    (half / STYLES).write_text(own_styles((built / STYLES).read_text("utf-8")) + NOTICE, "utf-8")
    (half / SCRIPT).write_text(own_script((built / SCRIPT).read_text("utf-8")) + NOTICE, "utf-8")
    for name, path in ICONS.items():
        (half / f"icons/{name}.svg").write_text(SVG.format(path), "utf-8")
    shutil.rmtree(staged, ignore_errors=True)
    half.rename(staged)


if __name__ == "__main__":
    try:
        stage(PACKAGE, STAGED)
    except (OSError, UnknownAsset) as error:
        sys.exit(f"alongside: nhsuk-frontend cannot be staged: {error}")
