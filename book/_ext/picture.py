"""Remake the README's picture of the living figure: ``python book/_ext/picture.py``."""

import io
from pathlib import Path

from PIL import Image

from figures import still
from lstmbook.widgets import CellFigure
from offline import chromium

PICTURE = Path(__file__).parents[1] / "_static" / "cell-figure.png"
PAGE = """<!doctype html><meta charset="utf-8">
<style>
body {{ margin: 0; background: #fff; font: 16px system-ui, sans-serif; }}
body > div {{ width: 860px; padding: 12px 24px 20px; }}
{style}
.cell-figure :is(.remark, figcaption, .spoken) {{ display: none; }}
</style><div>{figure}</div>"""


def draw(path=PICTURE):
    """Write the picture of the cell figure, as it starts, to a PNG file."""
    figure = CellFigure()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 908, "height": 800}, device_scale_factor=2)
        page.set_content(PAGE.format(style=figure._css, figure=still(figure.get_state())))
        picture = Image.open(io.BytesIO(page.locator("body > div").screenshot()))
    picture.convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    draw()
