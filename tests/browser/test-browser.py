#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of `aver serve` and the pages of report-writer in a real browser. TAP on standard output.

test-browser.py AVER
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), os.path.dirname(os.path.abspath(__file__))]
from browser import Missing, Server, articles, resize, source, start_browser
from tap import contains, equal, main, test

aver = os.path.abspath(sys.argv[1])
downloads = tempfile.mkdtemp(prefix="aver-downloads-")
try:
    browser = start_browser(downloads)
except Missing as reason:
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

server = Server(aver, "news.json", "--max-size", "100000")

HOSTILE = ["</style><script>pwned=1</script>", "\"'><svg/onload=pwned=1>", "<img src=x onerror=pwned=1>", "javascript:pwned=1",
           "</title></textarea></template></pre>]]>--><!--", "' onmouseover='pwned=1", "\u202e</main>\u2066<base href=//x>", "&lt;img src=x onerror=pwned=1&gt;",
           "<iframe srcdoc=\"<script>parent.pwned=1</script>\">", "<a href=\"javascript:pwned=1\">x</a>", "<math><mi//xlink:href=\"data:x,<script>pwned=1</script>\">",
           "{{constructor.constructor('pwned=1')()}}", "<form><button formaction=javascript:pwned=1>", "<template><style>@import'//x'</style>"]
OWN = set("article h2 h3 h4 p ul li div dl dt dd span b small a table thead tbody tr th td details summary blockquote fieldset legend label input "
          "button code".split())


def at(selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def all_at(selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def run_script(script, *arguments):
    return browser.execute_script(script, *arguments)


def wait(condition, what):
    WebDriverWait(browser, 10, 0.03, [StaleElementReferenceException]).until(lambda _: condition(), what)


def click(selector):
    run_script("arguments[0].scrollIntoView({block: 'center'})", at(selector))
    at(selector).click()


def overhang():
    return run_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")


def console():
    """What went wrong since the last call; a refused request is logged by the browser itself."""
    return [line["message"] for line in browser.get_log("browser") if line["level"] == "SEVERE" and "status of 4" not in line["message"]]


def read(name):
    with open(os.path.join(articles, name), encoding="utf-8") as file:
        return file.read()


def open_page(width=1280, dark=False):
    resize(browser, width, dark)
    run_script("window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    browser.get(server.url)


def paste(text):
    run_script("document.getElementById('text').value = arguments[0]; document.getElementById('input').open = true", text)
    click("#submit")
    wait(lambda: at("#status").text.endswith("ms.") or at("#error").text, "no result")


def open_article(name="agency-harbour.txt"):
    open_page()
    paste(read(name))


def said(words):
    wait(lambda: words in at("#status").text, f"{words!r} is not said but {at('#status').text!r}")


def choose(path):
    run_script("document.getElementById('input').open = true")
    at("#files").send_keys(path)


def select_words(words):
    """As with the mouse: in the article's text, from the first of the words to the last."""
    run_script("""
      const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT, (node) =>
        node.parentElement.closest(".n, .c, .who") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
      let text = "", nodes = [];
      while (walker.nextNode()) { nodes.push([text.length, walker.currentNode]); text += walker.currentNode.data; }
      const from = text.indexOf(arguments[0]), to = from + arguments[0].length;
      const place = (at) => { const [start, node] = nodes.findLast(([start]) => start <= at); return [node, at - start]; };
      const end = place(to - 1);
      document.getSelection().setBaseAndExtent(...place(from), end[0], end[1] + 1);""", words)
    wait(lambda: words in at(".held").text, f"{words!r} is not held")


def use_as(role):
    at(f"#editor [aria-label='Use selection as {role}']").click()


def save_correction():
    click("#editor [type=submit]")


def gold():
    for path in glob.glob(downloads + "/*"):
        os.remove(path)
    click("#save")
    wait(lambda: os.path.exists(downloads + "/gold.jsonl"), "nothing is downloaded")
    wait(lambda: os.path.getsize(downloads + "/gold.jsonl") > 0, "the file is empty")
    with open(downloads + "/gold.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def text_of(record, spans):
    data = record["text"].encode()
    return [data[start:end].decode() for start, end in spans]


def evaluate(layer):
    done = subprocess.run([aver, "eval", os.path.join(source, "pipelines", "news.json"), "--gold", downloads + "/gold.jsonl", "--layer", layer, "--json"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=60)
    equal((done.returncode, done.stderr), (0, b""))
    return json.loads(done.stdout)["measures" if layer == "quote" else "overall"]


@test
def an_article_is_shown_at_once():
    open_article()
    contains(at("#status").text, "13 quotes", "analysed in")
    equal(len(all_at(".quotes > li")), 13)
    contains(browser.title, "harbour reopens")
    equal(console(), [])


@test
def a_quote_leads_to_its_speaker_and_back():
    open_article()
    click("#d-q3")
    wait(lambda: browser.current_url.endswith("#d-Q3"), "not in the list")
    contains(at("li:target").text, "Olen Drost")
    at("li:target a[href='#d-v3']").click()
    wait(lambda: browser.current_url.endswith("#d-v3"), "not at the source")
    click("a.cue[href='#d-Q3']")
    wait(lambda: browser.current_url.endswith("#d-Q3"), "not back in the list")


@test
def speakers_are_filtered():
    open_article()
    label = [each for each in all_at(".filters label") if each.text.strip() == "Olen Drost"][0]
    label.click()
    shown = lambda: [item.get_attribute("id") for item in all_at(".quotes > li") if item.is_displayed()]
    equal(shown(), ["d-Q3", "d-Q4"])
    click("#edit-quote-4")
    Select(at("#editor select")).select_by_value("mixed")
    save_correction()
    said("Quote 5 is corrected.")
    equal(shown(), ["d-Q3", "d-Q4"])  # the filter stays


@test
def a_corrected_speaker_is_gold():
    open_article()
    click("#edit-quote-3")
    speaker = at("#editor input")
    equal(speaker.get_attribute("value"), "Olen Drost")
    contains([option.get_attribute("value") for option in all_at("#names option")], "authority", "Petra Aldane")
    speaker.clear()
    speaker.send_keys("Petra Aldane")
    save_correction()
    said("Quote 4 is corrected. 1 correction.")
    equal(run_script("return document.activeElement.id"), "edit-quote-3")
    contains(at("#d-Q3").text, "Petra Aldane")
    record, = gold()
    equal(record["layers"]["quote"][3]["speaker"], "Petra Aldane")
    figures = evaluate("quote")
    equal((figures["joint.exact"]["f1"], figures["attr.resolved.name"]), (100, {"accuracy": 92.31, "of": 13}))  # 12 of 13


@test
def corrected_spans_are_gold_and_can_be_taken_back():
    open_article()
    click("#edit-quote-3")
    select_words("hiding the real figures")
    use_as("what is said")
    select_words("Olen Drost")
    use_as("words for the speaker")
    save_correction()
    said("1 correction.")
    record, = gold()
    contains([(text_of(record, quote["content"]), text_of(record, quote["source"])) for quote in record["layers"]["quote"]],
             (["hiding the real figures"], ["Olen Drost"]))
    equal([record["layers"]["quote"][claim["quote"]]["speaker"] for claim in record["layers"]["claim"] if claim["quote"] is not None],
          [claim["claimant"] for claim in record["layers"]["claim"] if claim["quote"] is not None])
    figures = evaluate("quote")
    equal((figures["quote.content.exact"]["gold"], round(figures["quote.content.exact"]["f1"] * 0.13)), (13, 12))
    click("#undo")
    said("No corrections.")
    contains(at("#d-Q3").text, "Olen Drost", "the port authority of")
    equal(at("#undo").is_enabled(), False)


@test
def quotes_are_added_and_removed():
    open_article()
    click("#edit-quote-0")
    click("#editor .danger")
    said("Quote 1 is removed.")
    equal(len(all_at(".quotes > li")), 12)
    click("#add")
    save_correction()
    contains(at("#editor .wrong").text, "A quote needs what is said")
    select_words("Exporters were less patient")
    use_as("what is said")
    save_correction()
    said("is added. 2 corrections.")
    record, = gold()
    quotes = record["layers"]["quote"]
    equal([text_of(record, quote["content"])[0] for quote in quotes if quote["speaker"] is None], ["Exporters were less patient"])
    for claim in record["layers"]["claim"]:
        if claim["quote"] is not None:
            equal(claim["claimant"], quotes[claim["quote"]]["speaker"])


@test
def corrected_labels_are_gold():
    open_article()
    listed = len(all_at("table.claims tbody tr"))
    click(".others summary")
    row = int(re.search(r"\d+$", at(".others button").get_attribute("id")).group())
    click(".others button")
    label, act = all_at("#editor select")
    Select(label).select_by_value("CFS")
    Select(act).select_by_value("prediction")
    save_correction()
    said("The claim is corrected. 1 correction.")
    equal(len(all_at("table.claims tbody tr")), listed + 1)
    record, = gold()
    claims = record["layers"]["claim"]
    equal([claims[row][name] for name in ("label", "act", "checkworthy")], ["CFS", "prediction", None])
    equal(round(evaluate("claim")["accuracy"] * len(claims)), len(claims) - 1)
    done = subprocess.run([aver, "train", "claim-classifier", downloads + "/gold.jsonl", "-o", "mine.model"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, timeout=60)
    assert b"gold.jsonl:" not in done.stdout, done.stdout


@test
def the_keyboard_is_enough():
    open_article()
    run_script("document.getElementById('edit-quote-1').focus()")
    focused = browser.switch_to.active_element
    focused.send_keys(Keys.ENTER)
    equal(run_script("return document.activeElement.id"), "editor-title")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    equal(run_script("return document.activeElement.id"), "edit-quote-1")
    focused.send_keys(Keys.ENTER)
    area = at("#editor textarea")
    area.send_keys(Keys.CONTROL + Keys.HOME + Keys.NULL, Keys.SHIFT + Keys.ARROW_RIGHT * 4 + Keys.NULL)
    area.send_keys("x", Keys.BACKSPACE)  # nothing is changed
    wait(lambda: at(".held output").text == "Kest", "the first four letters are not held")
    contains(area.get_attribute("value"), "“The first vessel crossed")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    equal(at("#editor").is_displayed(), False)


@test
def offsets_are_bytes_whatever_the_characters():
    text = "Über 😀 naïve\r\n\r\n“It \u202eleaks\u200b 😀 a lot,” said Ada Quill.\r\rAnother 𝒳 line, she said.\n"
    open_page()
    with open("odd.txt", "w", encoding="utf-8", newline="") as file:
        file.write(text)
    choose(os.path.abspath("odd.txt"))
    said("quote")
    wait(lambda: "Über" in browser.title, "not shown")
    click("#add")
    select_words("😀 a lot")
    use_as("what is said")
    select_words("𝒳 line")
    use_as("reporting words")
    save_correction()
    said("is added.")
    record, = gold()
    equal(record["text"], text)
    contains([text_of(record, quote["content"] + quote["cue"]) for quote in record["layers"]["quote"]], ["😀 a lot", "𝒳 line"])


@test
def several_documents_are_listed():
    open_page()
    with open("two.jsonl", "w", encoding="utf-8") as file:
        for i in range(2):
            file.write(json.dumps({"id": "same", "title": f"Story {i}", "text": f"“It leaks {i},” said Ada Quill."}) + "\n")
    choose(os.path.abspath("two.jsonl"))
    wait(lambda: len(all_at("#list li")) == 2, "no list")
    all_at("#list button")[1].click()
    wait(lambda: "Story 1" in browser.title, "not shown")
    equal(at("#list [aria-current]").text, "Story 1")
    click("#checked")
    record, = gold()
    equal((record["id"], record["metadata"]["title"]), ("same (2)", "Story 1"))


@test
def what_goes_wrong_is_said_in_words():
    open_page()
    click("#submit")
    contains(at("#error").text, "Paste an article first")
    paste("word " * 30000)
    contains(at("#error").text, "larger than the server takes")
    with open("bad.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id": "a", "text": "It leaks."}\n{"id": "b"\n')
    choose(os.path.abspath("bad.jsonl"))
    wait(lambda: "bad.jsonl: " in at("#error").text, "no error")
    equal(at("#result").is_displayed(), True)
    equal(console(), [])


@test
def hostile_articles_add_nothing():
    open_page()
    paste("\n\n".join(f"{bad}\n“{bad} it leaks,” {bad} said Ada {bad} Quill. {bad} denied it." for bad in HOSTILE))
    equal(at("#error").text, "")
    with open("hostile.jsonl", "w", encoding="utf-8") as file:
        for bad in HOSTILE:
            file.write(json.dumps({"id": bad, "text": f"“It leaks {bad},” said {bad}.", "metadata": {bad: bad, "title": bad, "author": bad, "language": bad}}) + "\n")
    choose(os.path.abspath("hostile.jsonl"))
    wait(lambda: len(all_at("#list li")) == len(HOSTILE) + 1, f"{at('#error').text}")
    for i in range(0, len(HOSTILE) + 1, 2):
        all_at("#list button")[i].click()
        wait(lambda: all_at("#list button")[i].get_attribute("aria-current") == "true", "not shown")
        names = set(run_script("return [...document.querySelectorAll('#article *, #documents *')].map((node) => node.localName)"))
        equal(names - OWN - {"nav", "ol"}, set())
        handlers = run_script("return [...document.querySelectorAll('#article *')].flatMap((node) => [...node.attributes]).map(({name}) => name)")
        equal([name for name in handlers if name.startswith("on") or name in ("src", "style", "srcdoc")], [])
    equal(run_script("return [window.pwned, document.querySelectorAll('script').length, document.querySelectorAll('base').length]"), [None, 1, 0])
    equal(console(), [])


@test
def phones_need_no_scrolling_sideways():
    open_page(390, dark=True)
    paste(read("court-ferry.txt"))
    equal(overhang(), 0)
    click("#edit-quote-0")
    equal(overhang(), 0)
    at("#editor input").send_keys(Keys.ESCAPE)
    equal(console(), [])


@test
def without_script_a_form_is_enough():
    resize(browser, 1280)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(server.url)
        at("#text").send_keys("“It leaks,” said Ada Quill.")
        at("#submit").click()
        wait(lambda: all_at(".quotes > li"), "no document")
        contains(at(".quotes > li").text, "Ada Quill")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@test
def reports_open_without_complaint():
    subprocess.run([aver, "run", "--quiet", os.path.join(source, "pipelines", "report.json"), articles, "--set", "auto-reader.match=*.txt", "-o", "a.html"],
                   check=True, timeout=60)
    for width in (1280, 390):
        resize(browser, width)
        browser.get("file://" + os.path.abspath("a.html"))
        equal(overhang(), 0)
        equal(run_script("return getComputedStyle(document.querySelector('.q.mixed')).textDecorationStyle"), "double")
    click("#d1-q3")
    contains(at("li:target").text, "Olen Drost")
    equal(console(), [])


began = time.monotonic()
try:
    main()
finally:
    browser.quit()
    server.stop()
    print(f"# {time.monotonic() - began:.1f} s")
