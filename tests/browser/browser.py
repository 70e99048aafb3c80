# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium and an `aver serve` for the tests of pages. Raises Missing when there is no browser."""
import os
import re
import subprocess

source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
articles = os.path.join(source, "tests", "articles")
CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"


class Missing(Exception):
    pass


def start_browser(downloads):
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError as error:
        raise Missing("no python3-selenium") from error
    for path in (CHROMIUM, DRIVER):
        if not os.access(path, os.X_OK):
            raise Missing(f"no {path}")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-background-networking",
                     "no-first-run", "disable-extensions"):
        options.add_argument("--" + argument)
    options.add_experimental_option("prefs", {"download.default_directory": downloads})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(service=Service(DRIVER), options=options)
    browser.set_script_timeout(20)
    return browser


def resize(browser, width, dark=False):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia",
                            {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})


class Server:
    """`aver serve` at a free port."""

    def __init__(self, aver, pipeline, *options):
        self.process = subprocess.Popen([aver, "serve", os.path.join(source, "pipelines", pipeline), "--port", "0", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = ""
        while not self.url:
            line = self.process.stdout.readline()
            assert line, "aver serve ended"
            self.url = "".join(re.findall(r"http://127\.0\.0\.1:\d+/", line))

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()
