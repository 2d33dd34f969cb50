"""Remake the README's picture of the living figure: python tests/book/figures/picture.py"""

import io
import os
import shutil
import sys
from pathlib import Path

from lstmbook.widgets import CellFigure
from PIL import Image
from playwright.sync_api import sync_playwright

BOOK = Path(__file__).parents[3] / "book"
sys.path.append(str(BOOK / "_ext"))
from figures import still  # noqa: E402

PAGE = """<!doctype html><meta charset="utf-8">
<style>
body {{ margin: 0; background: #fff; font: 16px system-ui, sans-serif; }}
body > div {{ width: 860px; padding: 12px 24px 20px; }}
{style}
.cell-figure :is(.remark, figcaption, .spoken) {{ display: none; }}
</style><div>{figure}</div>"""


def draw(path):
    """Write the picture of the cell figure, as it starts, to a PNG file."""
    figure = CellFigure()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        page = browser.new_page(viewport={"width": 908, "height": 800}, device_scale_factor=2)
        page.set_content(PAGE.format(style=figure._css, figure=still(figure.get_state())))
        picture = Image.open(io.BytesIO(page.locator("body > div").screenshot()))
        browser.close()
    picture.convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    draw(BOOK / "_static" / "cell-figure.png")
