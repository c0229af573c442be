"""Finds or starts the one daemon of this user's home and tells where its socket is."""

import json
import subprocess
import threading
from dataclasses import dataclass

from .runtime import MissingPart, command, environment

# Starting takes half a second; a machine that is swapping may take much longer.
DEADLINE = 60


@dataclass(frozen=True)
class Daemon:
    """What ``serve --ensure`` said. `error` is the body of an error of the API (code, message, cause) when it is not ready."""

    socket: str | None = None
    home: str | None = None
    version: str | None = None
    error: dict | None = None


_lock = threading.Lock()
_last = Daemon()


def ensure() -> Daemon:
    """Blocks until the daemon answers or it is known why not. Callers at the same time wait for each other."""
    global _last
    with _lock:
        try:
            done = subprocess.run(
                command("serve", "--ensure", "--json"),
                env=environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=DEADLINE,
            )
        except MissingPart as problem:
            return _failed(str(problem))
        except subprocess.TimeoutExpired:
            return _failed(f"The SecXOps backend did not answer within {DEADLINE} seconds.")
        except OSError as problem:
            return _failed("The SecXOps backend could not be started.", str(problem))
        answer = _json(done.stdout)
        if done.returncode == 0 and isinstance(answer.get("socket"), str):
            _last = Daemon(answer["socket"], answer.get("home"), answer.get("version"))
            return _last
        error = answer.get("error", answer)
        if isinstance(error, dict) and "message" in error:
            return Daemon(error=error)
        return _failed("The SecXOps backend could not be started.", done.stderr.strip()[-2000:])


def last() -> Daemon:
    """The daemon as it was last found; asks where it never was. Its socket and home stay the same for one user's home."""
    return _last if _last.socket else ensure()


def _failed(message: str, cause: str = "") -> Daemon:
    return Daemon(error={"code": "unavailable", "message": message, **({"cause": cause} if cause else {})})


def _json(text: str) -> dict:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
