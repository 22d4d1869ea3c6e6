"""Makes `.tools` (uv) and `.venv` (Python and the locked packages), once.

`setup.py run` installs what the site needs, `setup.py dev` also what its tests need, `setup.py lock`
writes both lock files anew. Later calls only compare a stamp. It runs on the machine's own python3, so
it uses nothing newer than Python 3.8 and nothing outside the standard library.
"""

import contextlib
import fcntl
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS, VENV = ROOT / ".tools", ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = TOOLS / "uv" / "bin" / "uv"
UV_PACKAGE = "uv==0.13.9"
OLDEST = (3, 12)
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
COMPILE = (
    "pip compile pyproject.toml --universal --generate-hashes --python-version 3.12"
    " --no-annotate --no-header --no-emit-index-url -q"
)


def main(kind):
    os.chdir(str(ROOT))
    if kind in LOCKS and is_ready(kind):
        return
    with locked():
        if kind == "lock":
            make_uv()
            lock()
        elif not is_ready(kind):
            set_up(kind)


def set_up(kind):
    say("Setting up (the first time takes up to a minute) ...")
    make_uv()
    make_venv()
    install(kind)
    write_stamps(kind)


@contextlib.contextmanager
def locked():
    """One set-up at a time in this checkout; the others wait and then find it done."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


# The stamp


def stamp_path(kind):
    return VENV / ("set-up-%s.json" % kind)


def wanted(kind):
    digest = hashlib.sha256()
    for name in (LOCKS[kind], ".python-version"):
        digest.update((ROOT / name).read_bytes())
    # A moved checkout has the old path in .venv's scripts.
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def is_ready(kind):
    """Whether .venv was finished for these lock files and still holds every package it had then."""
    return is_whole(kind) and read_stamp(kind)["wanted"] == wanted(kind)


def is_whole(kind):
    """Whether .venv was finished once, for whatever lock file, and nothing is gone since."""
    stamp = read_stamp(kind)
    return stamp is not None and set(stamp["packages"]) <= set(installed()) and PYTHON.exists()


def read_stamp(kind):
    try:
        return json.loads(stamp_path(kind).read_text())
    except (OSError, ValueError):
        return None


def installed():
    pattern = str(VENV / "lib" / "python3*" / "site-packages" / "*")
    return sorted(os.path.basename(path) for path in glob.glob(pattern))


def write_stamps(kind):
    """Written last, and whole: a set-up that was broken off leaves none."""
    for name in {"run", kind}:
        path = stamp_path(name)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps({"wanted": wanted(name), "packages": installed()}))
        os.replace(str(draft), str(path))


# The steps


def make_uv():
    if uv_works(UV):
        return
    shutil.rmtree(str(UV.parent.parent), ignore_errors=True)
    venv = [sys.executable, "-m", "venv", str(UV.parent.parent)]
    if subprocess.run(venv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        shutil.rmtree(str(UV.parent.parent), ignore_errors=True)
        stop("python3 cannot make environments. On Debian or Ubuntu: apt-get install python3-venv")
    pip = [UV.parent / "python", "-m", "pip", "-qq", "--disable-pip-version-check"]
    run(*pip, "install", UV_PACKAGE)


def uv_works(path):
    with contextlib.suppress(OSError):
        return subprocess.run([str(path), "--version"], stdout=subprocess.DEVNULL).returncode == 0
    return False


def make_venv():
    """Keeps a whole .venv of a usable Python, so that a server running from it goes on."""
    if is_whole("run") and version_of(PYTHON):
        return
    python = find_python()
    say("Python: %s" % (python or "3.13, fetched by uv"))
    command = [str(UV), "venv", "--quiet", "--clear", "--python", python or "3.13", str(VENV)]
    if subprocess.run(command).returncode:
        stop(
            "No Python from 3.12 on was found, and none could be fetched: please install Python 3.13."
        )


def install(kind):
    for name in LOCKS:
        with contextlib.suppress(OSError):
            stamp_path(name).unlink()
    # --no-deps: the lock is complete, and one of its packages asks for an older markdown-it-py than it needs.
    flags = ["--require-hashes", "--no-deps", "--quiet", "--python", PYTHON]
    # Bytecode now: some machines are told never to write any, and would compile Django at each start.
    run(UV, "pip", "install", "--compile-bytecode", *flags, "-r", LOCKS[kind])


def lock():
    run(UV, *COMPILE.split(), "-o", LOCKS["run"])
    run(UV, *COMPILE.split(), "--group", "dev", "-o", LOCKS["dev"])


# Which Python


def find_python():
    """The path of Python 3.13, else of another from 3.12 on, else None (uv then fetches one)."""
    found = {}
    for path in candidates():
        version = version_of(path)
        if version:
            found.setdefault(version, path)
    return found[min(found, key=preference)] if found else None


def candidates():
    for name in ("python3.13", "python3.12", "python3.14", "python3"):
        path = shutil.which(name)
        if path:
            yield path
    for root in (os.environ.get("PYENV_ROOT") or "~/.pyenv", "~/.pyenv"):
        yield from glob.glob(os.path.expanduser(root) + "/versions/*/bin/python")
    managed = subprocess.run(
        [str(UV), "python", "find", "--no-python-downloads", "--managed-python", ">=3.12"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        universal_newlines=True,
    )
    if managed.returncode == 0:
        yield managed.stdout.strip()


def preference(version):
    """3.13 first, then 3.12, then the newer ones: their wheels may be missing."""
    return (version != (3, 13), version > (3, 13), version)


def version_of(path):
    """(3, 13) if that interpreter runs, has ssl and is new enough; else None. pyenv's shims often do not run."""
    code = "import ssl, sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(path), "-I", "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    if answer.returncode:
        return None
    version = tuple(int(part) for part in answer.stdout.split())
    return version if version >= OLDEST else None


# Small things


def run(*command):
    if subprocess.run([str(part) for part in command]).returncode:
        stop("set-up failed at: %s" % " ".join(str(part) for part in command))


def say(text):
    print(text, flush=True)


def stop(text):
    say(text)
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
