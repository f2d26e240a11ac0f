"""Make the pictures of the README: the seed article as `display.render` shows it, light and dark.

Run ``python docs/picture.py``, with Chromium and Noto's fonts (Debian: ``apt-get install chromium
fonts-noto-core``) and the extras ``en`` and ``plot``. It writes ``docs/_static/seed.png`` and
``seed-dark.png``.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from quoteattr import display, extract_quotes

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Chromium's names for what the reader prefers.
THEMES = {"seed.png": 1, "seed-dark.png": 0}
# So many rows of nothing lie between paragraphs only.
_GAP = 40


def shoot(browser: str, page: Path, preference: int, width: int, height: int) -> bytes:
    """The picture of a page as PNG, twice as fine as the screen."""
    picture = page.with_suffix(".png")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += ["--force-device-scale-factor=2", f"--blink-settings=preferredColorScheme={preference}"]
    command += [f"--screenshot={picture}", f"--window-size={width},{height}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return picture.read_bytes()


def cropped(picture: bytes) -> Image.Image:
    """The picture without the paragraph that is cut off at its lower edge."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    row = image.height
    while row > _GAP:
        band = image.crop((0, row - _GAP, image.width, row))
        if len(band.getcolors(maxcolors=2) or ()) == 1:
            return image.crop((0, 0, image.width, row))
        row -= 1
    return image


def main() -> None:
    """Make both pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--width", type=int, default=820, help="of the page, in CSS pixels")
    options.add_argument("--height", type=int, default=940, help="of the page; the rest is cut off")
    given = options.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        options.error("there is no Chromium: apt-get install chromium")
    (article,) = (ROOT / "seeds").glob("*.txt")
    quotes = extract_quotes(article.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "seed.html"
        page.write_text(display.render(quotes, page=True, fold=True), encoding="utf-8")
        for name, preference in THEMES.items():
            picture = shoot(browser, page, preference, given.width, given.height)
            cropped(picture).save(ROOT / "docs" / "_static" / name, optimize=True)


if __name__ == "__main__":
    main()
