"""Files that are there whole or not at all."""

import contextlib
import os
from pathlib import Path

from autograder.errors import UserError


@contextlib.contextmanager
def writing(path, *, durable=False):
    """A text file (UTF-8, "\\n") that takes the place of ``path`` once its block has ended well.

    Whoever reads ``path`` meanwhile sees the old file, and a symbolic link that stands there is replaced, not followed.
    With ``durable`` the new file is on the disk before it takes its place. What a killed process left unfinished is
    replaced by the next one that writes the same file.

    Raises
    ------
    UserError
        If the file cannot be written: no such folder, no permission, no space. The old file is as it was.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        with open(temporary, "x", encoding="utf-8", newline="") as file:
            yield file
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
