"""See that the tests have a Chromium: Debian's where there is apt and root, else Playwright's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIANS = "/usr/bin/chromium"


def chromium() -> str | None:
    """The path of an installed Chromium; None where Playwright's own is to be used."""
    return (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or (DEBIANS if Path(DEBIANS).exists() else None)
    )


def main() -> None:
    if chromium():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Debian's Chromium for the browser tests.")
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    main()
