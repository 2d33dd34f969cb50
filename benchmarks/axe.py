"""axe on every page of the built book, formulas' drawings included: wide and narrow, light and dark, figures running.

    make book && python -m benchmarks.axe [PART OF A PAGE'S NAME …]

Prints what it finds, and exits with 1 if that is anything. The tests look at each page too, but in two of the modes.
"""

import itertools
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from benchmarks.website import CHROMIUM, FLAGS, pages, run_figures, served

SIZES = {"wide": {"width": 1280, "height": 2000}, "narrow": {"width": 360, "height": 740}}
SCHEMES = ["light", "dark"]


def main(*parts):
    count = 0
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (size, scheme) in itertools.product(pages(*parts), itertools.product(SIZES, SCHEMES)):
            page = browser.new_page(viewport=SIZES[size], color_scheme=scheme)
            page.goto(f"{site}/{name}")
            run_figures(page)
            found = Axe().run(page)
            count += found.violations_count
            print(f"{name:50} {size:6} {scheme:5} {found.violations_count}", flush=True)
            if found.violations_count:
                print(found.generate_report())
            page.close()
        browser.close()
    return count


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) > 0)
