"""Opens the exercises in JupyterLab: ``python start.py``. The first run sets up what they need, in .venv beside this file."""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = VENV / "ready.txt"  # the requirements that were installed


def set_up():
    """Make the environment, unless it is there with these very requirements."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. See https://www.python.org/downloads/")
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if PYTHON.exists() and READY.exists() and READY.read_text(encoding="utf-8") == wanted:
        return
    print("Setting up (once; it takes a minute or two and needs the network) ...", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True)
        install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
        subprocess.run([*install, "-r", HERE / "requirements.txt"], check=True)
    except subprocess.CalledProcessError:
        sys.exit(
            "That did not work. Is the network there, and Python's venv module (Debian: apt install python3-venv)?\n"
            "On Windows, move this folder to a short path such as C:\\lstm: some of the files' names are long."
        )
    READY.write_text(wanted, encoding="utf-8")


def main(words):
    """Set up, then JupyterLab with what is given on the command line; ``--set-up`` alone stops before it."""
    set_up()
    if words == ["--set-up"]:
        print("All is ready: python start.py")
        return 0
    paths = [str(HERE), os.environ.get("PYTHONPATH", "")]  # so that notebooks find lstmbook
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    jupyter = subprocess.Popen([PYTHON, "-m", "jupyterlab", *words], cwd=HERE / "exercises")
    while True:
        try:
            return jupyter.wait()
        except KeyboardInterrupt:
            pass  # Ctrl+C is for JupyterLab, which asks whether it is meant, and ends its notebooks


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
