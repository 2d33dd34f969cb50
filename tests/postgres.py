"""A PostgreSQL server of the tests' own: made in a folder that goes with it, reached by a socket in there alone."""

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sql

# No file is worth a sync here, and no port is opened.
SETTINGS = {"listen_addresses": "", "fsync": "off", "max_connections": "20"}


class Server:
    """A running server; ``stop`` and ``start`` again as wanted."""

    def __init__(self, folder: Path):
        self.folder, self.names = folder, itertools.count()
        self.run(
            "initdb",
            "--no-sync",
            "--auth=trust",
            "--username=postgres",
            "--no-locale",
            "--encoding=UTF8",
            "--pgdata",
            folder / "data",
        )
        self.start()

    def start(self):
        settings = {**SETTINGS, "unix_socket_directories": self.folder}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.folder / "log"
        self.run("pg_ctl", "start", "--wait", "--pgdata", self.folder / "data", "--log", log, "--options", options)

    def stop(self):
        self.run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata", self.folder / "data")

    def run(self, program, *words):
        done = subprocess.run(
            [found(program), *map(str, words)], cwd=self.folder, capture_output=True, text=True, **another_user()
        )
        if done.returncode:
            pytest.fail(f"{program}: {done.stderr or done.stdout}", pytrace=False)

    def url(self, database="postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The URL of a database that is empty."""
        name = f"test{next(self.names)}"
        engine = sql.create_engine(self.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sql.text(f"create database {name}"))
        engine.dispose()
        return self.url(name)


@contextlib.contextmanager
def server():
    """A server, stopped and removed at the end."""
    with tempfile.TemporaryDirectory(
        prefix="pg-"
    ) as folder:  # a socket's path is short, and another user may come here
        if who := another_user():
            shutil.chown(folder, **who)
        one = Server(Path(folder))
        try:
            yield one
        finally:
            one.stop()


def another_user() -> dict:
    """As root, who is to run the server, since it refuses to run as root."""
    return {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}


def found(program) -> str:
    """The path of one of the server's programs, which Debian keeps off the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = shutil.which(program) or shutil.which(program, path=os.pathsep.join(map(str, folders)))
    if path is None:
        pytest.fail("PostgreSQL is missing; install it (Debian and Ubuntu: apt install postgresql)", pytrace=False)
    return path
