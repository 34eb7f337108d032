# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes README's picture of a report anew: run it with the environment of the golden tests."""
import subprocess
import tempfile
from pathlib import Path

import harness
import browser

OUT = Path(__file__).parent / "pictures" / "report.png"


def main():
    made = harness.room().home / "report.html"
    harness.room().run("-q", "-r", harness.own("figure1"), "-z", "malflow,html,%s,title=figure1.pcap" % made)
    with tempfile.TemporaryDirectory() as folder:
        report, picture = Path(folder) / "report.html", Path(folder) / "report.png"
        report.write_bytes(made.read_bytes())
        page = browser.Browser()
        page.command("Emulation.setDeviceMetricsOverride",
                     {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
        page.open(report)
        page.run("scrollTo(0, document.getElementById('timeline').getBoundingClientRect().top + scrollY - 8)")
        page.driver.save_screenshot(str(picture))
        page.quit()
        subprocess.run(["convert", picture, "+dither", "-colors", "48", "-strip", "-quality", "95",
                        "png8:%s" % OUT], check=True)  # fmt: skip


if __name__ == "__main__":
    main()
