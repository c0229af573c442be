"""Searches over architectures with NNI's ``nni.nas``, told to SecXOps by files. Started with ``python -m secxops_nas``."""

import os
import sys

# What searches have in common lies in the folder beside; a tuner's process is told of this one only.
sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "host"))
