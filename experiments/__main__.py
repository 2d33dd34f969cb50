"""``python -m experiments [NAME …]``: run experiments and store what they found."""

import argparse
import importlib
import sys

from tqdm import tqdm

from experiments import networks
from experiments.store import FOLDER, store

EXPERIMENTS = (
    "adding_problem",
    "embedded_reber",
    "continual_reber",
    "roads",
    "forget_bias",
    "clipping",
    "ablations",
    "timed_spikes",
    "both_ways",
    "counting",
    "counting_gru",
    "reber_units",
    "pitfalls",
    "forecasts",
    "fewer_bikes",
    "speakers",
    "heartbeats",
    "missing_values",
    "characters",
)

EXAMPLES = """\
examples:
  python -m experiments
      every experiment; some minutes on two cores
  python -m experiments adding_problem
      one of them; its result is book/data/adding_problem.json
"""


def main(words=None):
    """Run what is named, or everything; 0 when all results are stored."""
    modules = {name: importlib.import_module(f"experiments.{name}") for name in EXPERIMENTS}
    lines = [f"  {name:16} {module.__doc__.splitlines()[0]}" for name, module in modules.items()]
    parser = argparse.ArgumentParser(
        "python -m experiments",
        description=f"Run the book's experiments and store their results in {FOLDER}.",
        epilog="\n".join(["experiments:", *lines, "", EXAMPLES]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which ones (default: all)")
    names = parser.parse_args(words).names or EXPERIMENTS
    unknown = [name for name in names if name not in modules]
    if unknown:
        parser.error(f"there is no experiment {', '.join(unknown)}; there are {', '.join(EXPERIMENTS)}")
    for name in names:
        result = modules[name].run(lambda runs, total: tqdm(runs, name, total, unit="run"))
        print(f"stored {store(name, result)}")
        for network, trained in result.get("networks", {}).items():
            print(f"stored {networks.store(network, name, **trained)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
