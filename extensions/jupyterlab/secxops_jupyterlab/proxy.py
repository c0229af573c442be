"""Entry of jupyter-server-proxy: the browser reaches the daemon's unix socket under ``<base_url>/secxops/``."""

from jupyter_server_proxy.config import ServerProcess, make_handlers

from .daemon import last

_served = False


def server_entry() -> dict:
    """Unmanaged: the daemon outlives Jupyter and is ensured by the server extension."""
    global _served
    path = last().socket
    if path is None:
        raise RuntimeError("the SecXOps backend is not ready; the SecXOps side bar says why")
    _served = True
    return {
        "command": [],
        "unix_socket": path,
        "absolute_url": False,
        "launcher_entry": {"enabled": False},
        # A page that is open keeps an event stream; only what the user does counts as activity.
        "exclude_last_activity_patterns": [r".*/secxops/api/(events|health)$"],
    }


def serve_late(application) -> None:
    """Adds the proxy to a running server where the backend was not ready when jupyter-server-proxy asked for the entry."""
    if _served:
        return
    base = application.settings["base_url"]
    application.add_handlers(".*", make_handlers(base, [ServerProcess(name="secxops", **server_entry())]))
