"""How the daemon is asked for, and what is said when there is none."""

import json
import os
import stat
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from secxops_jupyterlab import daemon, runtime

try:
    from secxops_jupyterlab import proxy
except ImportError as missing:
    raise unittest.SkipTest(f"needs the environment that npm start makes: {missing}") from missing


class DaemonTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        bundle = self.folder / "secxops.mjs"
        bundle.write_text("")
        for each in (mock.patch.object(daemon, "_last", daemon.Daemon()), mock.patch.object(runtime, "BUNDLE", bundle)):
            each.start()
            self.addCleanup(each.stop)

    def backend(self, body):
        """A program in the place of Node that answers as a backend would; returns what it was called with."""
        program = self.folder / "node"
        calls = self.folder / "calls"
        program.write_text(
            f"#!{sys.executable}\nimport json, sys, os\n"
            f"open({str(calls)!r}, 'a').write(json.dumps(sys.argv[2:]) + '\\n')\n{body}\n"
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        chosen = mock.patch.dict(os.environ, {"SECXOPS_NODE": str(program)})
        chosen.start()
        self.addCleanup(chosen.stop)
        return lambda: [json.loads(line) for line in calls.read_text().splitlines()]

    def test_socket_home_and_version_are_taken_from_the_answer_and_kept(self):
        calls = self.backend('print(json.dumps({"socket": "/s", "home": "/h", "version": "1"}))')
        self.assertEqual(daemon.ensure(), daemon.Daemon("/s", "/h", "1"))
        self.assertEqual(daemon.last().socket, "/s")
        self.assertEqual(calls(), [["serve", "--ensure", "--json"]])

    def test_the_error_of_the_backend_comes_through_with_its_next_actions(self):
        error = {"code": "unavailable", "message": "Node is too old.", "next": [{"kind": "run-command"}]}
        self.backend(f"print(json.dumps({{'error': {error!r}}})); sys.exit(1)")
        self.assertEqual(daemon.ensure(), daemon.Daemon(error=error))

    def test_a_backend_that_breaks_down_tells_its_last_words(self):
        self.backend("print('half an ans'); print('no space left', file=sys.stderr); sys.exit(3)")
        found = daemon.ensure()
        self.assertIsNone(found.socket)
        self.assertEqual(found.error["cause"], "no space left")

    def test_a_backend_that_does_not_answer_is_given_up(self):
        self.backend("import time; time.sleep(60)")
        with mock.patch.object(daemon, "DEADLINE", 0.2):
            self.assertIn("did not answer", daemon.ensure().error["message"])

    def test_a_program_that_cannot_be_started_is_told(self):
        with mock.patch.dict(os.environ, {"SECXOPS_NODE": str(self.folder / "nowhere")}):
            self.assertIn("could not be started", daemon.ensure().error["message"])

    def test_a_missing_bundle_says_how_to_install_it(self):
        with mock.patch.object(runtime, "BUNDLE", self.folder / "gone"):
            self.assertIn("--force-reinstall", daemon.ensure().error["message"])

    def test_the_proxy_has_no_entry_without_a_backend(self):
        self.backend("sys.exit(1)")
        with self.assertRaisesRegex(RuntimeError, "not ready"):
            proxy.server_entry()

    def test_a_failure_is_not_kept(self):
        self.backend("sys.exit(1)")
        self.assertIsNone(daemon.last().socket)
        self.backend('print(json.dumps({"socket": "/later"}))')
        self.assertEqual(daemon.last().socket, "/later")


if __name__ == "__main__":
    unittest.main()
