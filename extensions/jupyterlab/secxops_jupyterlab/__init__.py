"""SecXOps in JupyterLab: the server extension, the proxy entry and the command ``secxops``."""


def _jupyter_labextension_paths():
    return [{"src": "labextension", "dest": "@secxops/jupyterlab"}]


def _jupyter_server_extension_points():
    return [{"module": "secxops_jupyterlab.server"}]
