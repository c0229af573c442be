"""Read-only contents API over SecXOps' home, so that executed notebooks and logs open in JupyterLab's own viewers."""

import json
import os
from functools import cached_property

from jupyter_server.auth.decorator import authorized
from jupyter_server.services.contents.handlers import ContentsAPIHandler, ContentsHandler
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado import web

from .daemon import last


class _ReadOnlyFiles(AsyncLargeFileManager):
    def _get_os_path(self, path):
        place = super()._get_os_path(path)
        # A node may have left links behind that lead anywhere; only what lies in the home is shown.
        home = os.path.realpath(self.root_dir)
        if os.path.commonpath([home, os.path.realpath(place)]) != home:
            raise web.HTTPError(404, f"{path} is outside the files that SecXOps keeps")
        return place

    async def get(self, path, *args, **kwargs):
        model = await super().get(path, *args, **kwargs)
        model["writable"] = False
        return model


class KeptFilesHandler(ContentsHandler):
    """``GET <base_url>/secxops-server/contents/PATH``: as ``/api/contents``, below SecXOps' home."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    @cached_property
    def contents_manager(self):
        home = last().home
        if home is None:
            raise web.HTTPError(503, "the SecXOps backend is not ready")
        return _ReadOnlyFiles(root_dir=home)


class KeptCheckpointsHandler(ContentsAPIHandler):
    """Kept files are never written, so they have no checkpoints."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    @web.authenticated
    @authorized
    async def get(self, path=""):
        self.finish(json.dumps([]))
