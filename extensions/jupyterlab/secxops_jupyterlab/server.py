"""Server extension: ensures the daemon and tells the page where the server's root folder is."""

import asyncio
import json
import os

from jupyter_server.base.handlers import APIHandler, path_regex
from jupyter_server.utils import url_path_join
from tornado import web

from .daemon import ensure
from .kept_files import KeptCheckpointsHandler, KeptFilesHandler
from .proxy import serve_late


class EnsureHandler(APIHandler):
    """``POST <base_url>/secxops-server/ensure`` → ``{root, home, version}`` or ``{root, error}``."""

    @web.authenticated
    async def post(self):
        daemon = await asyncio.get_running_loop().run_in_executor(None, ensure)
        if daemon.socket:
            serve_late(self.application)
        root = getattr(self.contents_manager, "root_dir", None) or self.settings.get("server_root_dir") or "."
        answer = {
            "root": os.path.realpath(os.path.expanduser(str(root))),
            "home": daemon.home,
            "version": daemon.version,
            "error": daemon.error,
        }
        self.finish(json.dumps({key: value for key, value in answer.items() if value is not None}))


def _load_jupyter_server_extension(server_app) -> None:
    application = server_app.web_app
    base = url_path_join(application.settings["base_url"], "secxops-server")
    contents = url_path_join(base, "contents")
    application.add_handlers(
        ".*",
        [
            (url_path_join(base, "ensure"), EnsureHandler),
            (rf"{contents}{path_regex}/checkpoints", KeptCheckpointsHandler),
            (rf"{contents}{path_regex}", KeptFilesHandler),
        ],
    )
