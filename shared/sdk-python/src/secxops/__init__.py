"""What a SecXOps module sees: parameters, inputs, outputs, metrics, checkpoints.

Inside a run SecXOps tells these by environment variables; outside of one every call falls back to a plain default, so
the same notebook or script also runs by hand.
"""

from secxops._checkpoints import checkpoint, should_stop
from secxops._metrics import metric
from secxops._parameters import params
from secxops._ports import input, output

__all__ = ["checkpoint", "input", "metric", "output", "params", "should_stop"]
