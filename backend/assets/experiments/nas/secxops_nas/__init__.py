"""Searches over architectures with NNI's ``nni.nas``, told to SecXOps by files. Started with ``python -m secxops_nas``."""
