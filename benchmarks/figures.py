"""From slider to picture: how long a living figure of the built book takes to follow a slider.

    make book && python -m benchmarks.figures

Every kind of figure, on the first page that has it: each of its sliders in turn is moved by the keyboard, as a reader
would, in a Chromium that paints at 60 Hz. Three times are taken, in ms. `work` is from the slider's event until the
figure's script, styles and layout are done, which has to fit into one frame of 16 ms; `cpu` is what the page's thread
spends on that, which other programs on the machine change little; `painted` is from the key to the next picture on the
screen, as the browser's Event Timing says it: in steps of 8 ms, the wait for the next frame included. Of three turns the
one in the middle counts. Written to benchmarks/results/figures.json.
"""

import json
import statistics
import sys

from playwright.sync_api import sync_playwright

from benchmarks.machine import RESULTS, machine
from benchmarks.website import CHROMIUM, FLAGS, pages, run_figures, served

MOVES, TURNS = 100, 3
WATCH = """() => {
  window.times = { work: [], painted: [] };
  let start;
  addEventListener("input", () => { start = performance.now(); }, true); // before the figure's own listeners
  addEventListener("input", ({ target }) => { // after them
    target.getBoundingClientRect();
    times.work.push(performance.now() - start);
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "keydown") times.painted.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def cpu_ms(thread):
    """CPU time that the page's thread has spent on scripts, styles and layout."""
    metrics = {metric["name"]: metric["value"] for metric in thread.send("Performance.getMetrics")["metrics"]}
    return 1e3 * sum(metrics[name] for name in ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration"))


def turn(page, thread, sliders):
    """Times of so many moves, shared among the sliders."""
    page.evaluate("Object.values(times).forEach((list) => { list.length = 0; })")
    cpu = []
    for k in range(MOVES):
        slider = sliders[k % len(sliders)]
        slider.focus()
        before = cpu_ms(thread)
        page.keyboard.press("ArrowLeft" if k // len(sliders) % 2 else "ArrowRight")
        cpu.append(cpu_ms(thread) - before)
    page.wait_for_timeout(200)
    times = page.evaluate("times") | {"cpu": cpu}
    times["painted"] += [8.0] * (MOVES - len(times["painted"]))  # the browser tells of 16 ms and more alone
    return times


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, round(share * len(values)))]


def middle(turns, kind, share):
    return round(statistics.median(percentile(times[kind], share) for times in turns), 2)


def main(*parts):
    found = {}
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in pages(*parts):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{site}/{name}")
            run_figures(page)
            page.evaluate(WATCH)
            thread = page.context.new_cdp_session(page)
            thread.send("Performance.enable", {"timeDomain": "threadTicks"})
            for figure in page.locator("[data-model] .lstm-figure").all():
                kind = figure.get_attribute("class").split()[-1]
                sliders = figure.locator("input[type=range]:visible:enabled").all()
                if kind in found or not sliders:
                    continue
                turns = [turn(page, thread, sliders) for _ in range(TURNS)]
                found[kind] = {"page": name, "sliders": len(sliders)} | {
                    f"{what}_p{share}_ms": middle(turns, what, share / 100)
                    for what in ("work", "cpu", "painted")
                    for share in (50, 95)
                }
                print(f"{kind:24}", *(f"{key} {value}" for key, value in found[kind].items()), sep="  ", flush=True)
            page.close()
        browser.close()
    about = {"command": "python -m benchmarks.figures", "moves": MOVES, "turns": TURNS, "machine": machine()}
    result = about | {"figures": found}
    (RESULTS / "figures.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
