"""What the search tells the backend: numbers as every trial reports them, and the rest as one JSON object a line."""

from secxops._metrics import append_metric
from secxops_host import told


class Told(told.Told):
    def metric(self, name: str, step: int, value: float) -> None:
        append_metric(name, float(value), step, False)

    def final(self, name: str, value: float) -> None:
        """The last value; that of the objective decides which trial is best."""
        append_metric(name, float(value), None, True)
