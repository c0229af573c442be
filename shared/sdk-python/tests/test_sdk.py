import json
import multiprocessing
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import secxops


def report_many(name: str) -> None:
    for step in range(200):
        secxops.metric(name, step * 0.5, step=step)


class Outside(unittest.TestCase):
    """By hand, without SecXOps: plain defaults and no files."""

    def setUp(self) -> None:
        plain = {key: value for key, value in os.environ.items() if not key.startswith("SECXOPS_")}
        patch = mock.patch.dict(os.environ, plain, clear=True)
        patch.start()
        self.addCleanup(patch.stop)
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_parameters_are_the_defaults(self) -> None:
        self.assertEqual(secxops.params(), {})
        self.assertEqual(secxops.params(lr=0.1, layers=[8, 4]), {"lr": 0.1, "layers": [8, 4]})

    def test_input_is_the_default_or_the_name(self) -> None:
        self.assertEqual(secxops.input("data"), "data")
        self.assertEqual(secxops.input("data", Path("raw") / "data.csv"), os.path.join("raw", "data.csv"))

    def test_output_makes_its_parent_folder(self) -> None:
        path = secxops.output("model", self.folder / "out" / "model.joblib")
        self.assertTrue(os.path.isdir(os.path.dirname(path)))
        self.assertFalse(os.path.exists(path))

    def test_metric_and_checkpoint_write_nothing(self) -> None:
        secxops.metric("loss", 1.0, step=1)
        self.assertEqual(secxops.checkpoint("model.bin", 3), "model.bin")
        self.assertFalse(secxops.should_stop())
        self.assertEqual(list(self.folder.iterdir()), [])


class Inside(unittest.TestCase):
    """In an attempt: what the environment variables say."""

    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.metrics = self.folder / "metrics.jsonl"
        patch = mock.patch.dict(
            os.environ,
            {
                "SECXOPS_PARAMS_FILE": str(self.folder / "params.json"),
                "SECXOPS_METRICS_FILE": str(self.metrics),
                "SECXOPS_STOP_FILE": str(self.folder / "stop"),
                "SECXOPS_CHECKPOINT_DIR": str(self.folder / "checkpoints"),
                "SECXOPS_INPUT_data": str(self.folder / "in" / "data.csv"),
                "SECXOPS_OUTPUT_model": str(self.folder / "out" / "model.joblib"),
            },
        )
        patch.start()
        self.addCleanup(patch.stop)

    def lines(self) -> list:
        return [json.loads(line) for line in self.metrics.read_text("utf-8").splitlines()]

    def test_parameters_keep_their_types_and_win_over_defaults(self) -> None:
        (self.folder / "params.json").write_text('{"lr": 0.5, "on": false, "sites": ["a"], "limit": null}', "utf-8")
        self.assertEqual(
            secxops.params(lr=0.1, limit=7, extra="x"), {"lr": 0.5, "on": False, "sites": ["a"], "limit": 7, "extra": "x"}
        )
        self.assertIsNone(secxops.params()["limit"])

    def test_ports_are_absolute_and_the_default_is_ignored(self) -> None:
        self.assertEqual(secxops.input("data", "other.csv"), str(self.folder / "in" / "data.csv"))
        self.assertEqual(secxops.output("model", "other.joblib"), str(self.folder / "out" / "model.joblib"))
        self.assertTrue((self.folder / "out").is_dir())

    def test_metric_is_one_json_line(self) -> None:
        secxops.metric("损失", 0.25, step=3)
        secxops.metric("f1", 1, final=True)
        first, second = self.lines()
        self.assertEqual((first["name"], first["value"], first["step"]), ("损失", 0.25, 3))
        self.assertNotIn("final", first)
        self.assertEqual((second["name"], second["value"], second["final"]), ("f1", 1.0, True))
        self.assertRegex(first["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_metric_refuses_what_is_not_a_finite_number(self) -> None:
        for bad in (float("nan"), float("inf")):
            with self.assertRaisesRegex(ValueError, "finite"):
                secxops.metric("loss", bad)
        self.assertFalse(self.metrics.exists())

    def test_lines_of_several_processes_never_mix(self) -> None:
        names = ["a", "b", "c", "d"]
        workers = [multiprocessing.Process(target=report_many, args=(name * 50,)) for name in names]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        lines = self.lines()
        self.assertEqual(len(lines), 800)
        for name in names:
            self.assertEqual([line["step"] for line in lines if line["name"] == name * 50], list(range(200)))

    def test_checkpoint_keeps_a_copy_of_each_step(self) -> None:
        model = self.folder / "model.bin"
        model.write_bytes(b"one")
        first = secxops.checkpoint(model, 1)
        model.write_bytes(b"two")
        second = secxops.checkpoint(model, 2)
        self.assertEqual(Path(first).read_bytes(), b"one")
        self.assertEqual(Path(second).read_bytes(), b"two")
        self.assertLess(first, second)

    def test_checkpoint_of_a_folder_replaces_the_same_step(self) -> None:
        model = self.folder / "model"
        model.mkdir()
        (model / "old").write_text("old")
        secxops.checkpoint(model, 1)
        (model / "old").rename(model / "new")
        kept = Path(secxops.checkpoint(model, 1))
        self.assertEqual([file.name for file in kept.iterdir()], ["new"])

    def test_should_stop_once_the_stop_file_is_there(self) -> None:
        self.assertFalse(secxops.should_stop())
        (self.folder / "stop").touch()
        self.assertTrue(secxops.should_stop())


if __name__ == "__main__":
    unittest.main()
