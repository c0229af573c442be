"""The server extension in a Jupyter web application: who is let in, what is told, which files can be read."""

import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

try:
    from jupyter_server.serverapp import ServerApp
    from tornado.testing import AsyncHTTPTestCase

    from secxops_jupyterlab import kept_files, server
except ImportError as missing:
    raise unittest.SkipTest(f"needs the environment that npm start makes: {missing}") from missing

from secxops_jupyterlab.daemon import Daemon

BASE = "/user/alice/"
TOKEN = "tell-nobody"


class ServerTest(AsyncHTTPTestCase):
    def get_app(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name, "root")
        self.home = Path(folder.name, "home")
        for path in (self.root, self.home / "attempts", self.home / ".hidden"):
            path.mkdir(parents=True)
        (self.home / "attempts" / "log").write_text("line\n")
        (Path(folder.name) / "outside.txt").write_text("private")
        os.symlink(Path(folder.name) / "outside.txt", self.home / "way-out.txt")
        self.daemon = Daemon("/socket", str(self.home), "1.2.3")
        for where in ("ensure", "serve_late"):
            each = mock.patch.object(server, where, self.ensure if where == "ensure" else lambda application: None)
            each.start()
            self.addCleanup(each.stop)
        last = mock.patch.object(kept_files, "last", self.ensure)
        last.start()
        self.addCleanup(last.stop)
        environment = {
            f"JUPYTER_{kind}_DIR": str(Path(folder.name, kind.lower())) for kind in ("CONFIG", "DATA", "RUNTIME")
        }
        with mock.patch.dict(os.environ, environment):
            self.jupyter = ServerApp(
                root_dir=str(self.root), base_url=BASE, open_browser=False, ip="127.0.0.1", log_level=50
            )
            self.jupyter.initialize(
                argv=[f"--IdentityProvider.token={TOKEN}"], find_extensions=False, new_httpserver=False
            )
        server._load_jupyter_server_extension(self.jupyter)
        return self.jupyter.web_app

    def ensure(self):
        return self.daemon

    def ask(self, path, method="GET", known=True):
        headers = {"Authorization": f"token {TOKEN}"} if known else {}
        body = "{}" if method in ("POST", "PUT", "PATCH") else None
        return self.fetch(f"{BASE}secxops-server/{path}", method=method, headers=headers, body=body)

    def test_ensure_tells_root_home_and_version(self):
        answer = self.ask("ensure", "POST")
        self.assertEqual(answer.code, 200)
        self.assertEqual(
            json.loads(answer.body),
            {"root": os.path.realpath(self.root), "home": str(self.home), "version": "1.2.3"},
        )

    def test_ensure_tells_why_there_is_no_backend(self):
        self.daemon = Daemon(error={"code": "unavailable", "message": "Node is missing."})
        answer = json.loads(self.ask("ensure", "POST").body)
        self.assertEqual(answer["error"]["message"], "Node is missing.")
        self.assertNotIn("home", answer)

    def test_nobody_gets_in_without_the_token(self):
        self.assertEqual(self.ask("ensure", "POST", known=False).code, 403)
        self.assertEqual(self.ask("contents/attempts/log", known=False).code, 403)

    def test_a_kept_file_is_read_and_is_not_writable(self):
        answer = json.loads(self.ask("contents/attempts/log?content=1").body)
        self.assertEqual((answer["content"], answer["writable"]), ("line\n", False))
        self.assertEqual(json.loads(self.ask("contents/attempts/log/checkpoints").body), [])

    def test_nothing_can_be_written_or_removed(self):
        for method in ("PUT", "POST", "PATCH", "DELETE"):
            self.assertEqual(self.ask("contents/attempts/log", method).code, 405, method)
            self.assertEqual(self.ask("contents/attempts/log/checkpoints", method).code, 405, method)
        self.assertEqual((self.home / "attempts" / "log").read_text(), "line\n")

    def test_no_path_leads_out_of_the_home(self):
        for path in ("../outside.txt", "%2e%2e/outside.txt", "attempts/../../outside.txt", "/etc/passwd", ".hidden"):
            answer = self.ask(f"contents/{path}?content=1")
            self.assertIn(answer.code, (400, 403, 404), path)
            self.assertNotIn(b"private", answer.body)

    def test_a_link_that_leads_out_of_the_home_is_not_followed(self):
        answer = self.ask("contents/way-out.txt?content=1")
        self.assertNotIn(b"private", answer.body)
        self.assertIn(answer.code, (400, 403, 404))

    def test_files_wait_for_a_backend(self):
        self.daemon = Daemon(error={"code": "unavailable", "message": "no"})
        self.assertEqual(self.ask("contents/attempts/log").code, 503)


if __name__ == "__main__":
    unittest.main()
