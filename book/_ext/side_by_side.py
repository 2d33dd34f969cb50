"""Pages are read, and so executed, side by side: jupyter-book itself does not offer it."""

import os
import socket

from jupyter_client import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalPortCache

FIRST_PORT, SLOTS, PORTS = 10_000, 1_000, 20  # below the ports that the system gives away by itself
find_any_port = LocalPortCache.find_available_port


def find_own_port(cache, ip):
    """A free port of this process's own: by default two kernels that start at one moment can be given the same."""
    first = FIRST_PORT + os.getpid() % SLOTS * PORTS
    for port in range(first, first + PORTS):
        if port not in cache.currently_used_ports:
            with socket.socket() as probe:
                if probe.connect_ex((ip, port)) != 0:
                    cache.currently_used_ports.add(port)
                    return port
    return find_any_port(cache, ip)


def setup(app):
    LocalPortCache.find_available_port = find_own_port
    KernelManager.transport_encryption.default_value = "auto"  # without it each kernel writes a warning
    app.parallel = os.cpu_count() or 1
    # It numbers the contents when all pages have been read, so it is safe, but it does not say so.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True
    return {"parallel_read_safe": True, "parallel_write_safe": True}
