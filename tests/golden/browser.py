# SPDX-License-Identifier: GPL-2.0-or-later
"""A headless Chromium that opens a file and notes all that it asks for or complains about."""
import json
import os
import shutil
import sys
import tempfile
import time

import harness

PROGRAM, DRIVER = "chromium", "chromedriver"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe")  # fmt: skip
PATIENCE = 60  # seconds


def skip(reason):
    print("skipped: %s" % reason)
    sys.exit(harness.SKIPPED)


def load_selenium():
    """The bindings of WebDriver, which only the system's own Python may have."""
    try:
        import selenium.webdriver as module
        from selenium.webdriver.chrome.service import Service
        from selenium.webdriver.common import utils
    except ImportError:
        system = "/usr/bin/python3"
        if os.environ.get("MALFLOW_WEB_PYTHON") or not os.access(system, os.X_OK):
            skip("needs python3-selenium")
        os.environ["MALFLOW_WEB_PYTHON"] = system
        os.execv(system, [system, *sys.argv])
    return module, Service, utils


for tool in (PROGRAM, DRIVER):
    if not shutil.which(tool):
        skip("needs %s" % tool)
webdriver, Service, utils = load_selenium()
HERE = "127.0.0.1"


class Driver(Service):
    """Asked for by address: a bare machine does not know what "localhost" is."""

    @property
    def service_url(self):
        return "http://%s:%d" % (HERE, self.port)

    def is_connectable(self):
        return utils.is_connectable(self.port, HERE)


class Browser:
    """Opens one file after the other. Everything that a test reads is read from the page."""

    def __init__(self, dark=False):
        self.profile = tempfile.mkdtemp(prefix="malflow-web-")
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which(PROGRAM)
        for flag in (*FLAGS, "--user-data-dir=" + self.profile, "--window-size=1280,800"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Driver(shutil.which(DRIVER)))
        self.driver.set_script_timeout(PATIENCE)
        self.command("Network.enable", {})
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", {"features": [scheme]})

    def command(self, name, parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def quit(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def open(self, path, script=True):
        self.command("Emulation.setScriptExecutionDisabled", {"value": not script})
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)
        self.driver.get("about:blank")
        self.driver.get("file://%s" % path)
        if script:
            self.wait("document.documentElement.dataset.ready === 'yes'")

    def run(self, script, *arguments):
        """The value of SCRIPT, an expression."""
        return self.driver.execute_script("return (%s)" % script, *arguments)

    def wait(self, condition):
        until = time.monotonic() + PATIENCE
        while not self.run(condition):
            if time.monotonic() > until:
                raise AssertionError("still not: " + condition)
            time.sleep(0.02)

    def requests(self):
        """Addresses that were asked for, and those of them that the policy kept from being asked."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        of = {m["params"]["requestId"]: m["params"]["request"]["url"]
              for m in messages if m["method"] == "Network.requestWillBeSent"}  # fmt: skip
        stopped = [of[m["params"]["requestId"]] for m in messages
                   if m["method"] == "Network.loadingFailed" and m["params"].get("blockedReason") == "csp"]  # fmt: skip
        return list(of.values()), stopped

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def keys(self, selector, keys):
        self.find(selector).send_keys(keys)
