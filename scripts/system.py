"""What only the machine's own package manager can bring."""

import os
import shutil
import subprocess
from functools import cache

from .lanes import say


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install Debian packages; False where that is not possible (not root, no apt, no network)."""
    if not is_root() or not shutil.which("apt-get"):
        return False
    say(f"installing {' '.join(packages)} with apt-get ...")
    return update() and apt("install", "-y", "--no-install-recommends", *packages)


@cache
def update() -> bool:
    return apt("update")


def apt(*arguments: str) -> bool:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", *arguments]
    done = subprocess.run(command, env=os.environ | quiet, capture_output=True, text=True)
    if done.returncode:
        say((done.stdout + done.stderr).strip()[-2000:])
    return done.returncode == 0
