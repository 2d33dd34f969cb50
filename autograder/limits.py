"""The limits of a submission, in one place. A run may change them; the feedback names them."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times in seconds, sizes in bytes."""

    notebook_cpu_s: float = 20.0
    notebook_wall_s: float = 60.0
    check_cpu_s: float = 10.0
    check_wall_s: float = 60.0
    call_cpu_s: float = 3.0  # of one call: always legal, even when all calls together are beyond the check's limit
    training_cpu_s: float = 60.0  # for each seed of train_adding
    training_wall_s: float = 300.0
    memory_bytes: int = 2048 * MIB
    disk_bytes: int = 256 * MIB
    output_bytes: int = 1 * MIB  # of a notebook's prints, kept
    frame_bytes: int = 16 * MIB  # of arrays in one answer
    header_bytes: int = 8 * MIB  # of JSON in one answer
    notebook_bytes: int = 20 * MIB  # the file that is handed in
    page_bytes: int = 5 * MIB  # of feedback
    processes: int = 64
    open_files: int = 256


LIMITS = Limits()
