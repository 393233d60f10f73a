#!/usr/bin/env python3
"""Opens exported pages and pictures in a real browser without a window: marks and their sentences, search, keyboard, no request, no overlap, the same pixels as others draw.

    python3 tests/page/run.py target/debug/chronolane

Needs Chromium, and librsvg's rsvg-convert for the comparison of pixels. Screenshots stay in target/page-tests/.
"""
import base64
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "target" / "page-tests"
SAMPLE = ROOT / "sample_data" / "dprk_russia_2023.json"
failures = []


def expect(answer, what):
    print(("ok    " if answer else "FAILS ") + what, flush=True)
    if not answer:
        failures.append(what)
    return answer


class Browser:
    """Chromium on two pipes, one tab in it."""

    FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--hide-scrollbars", "--force-device-scale-factor=1", "--remote-debugging-pipe"]

    def __init__(self, program, home):
        # The browser reads from descriptor 3 and writes to descriptor 4.
        there, self.write = os.pipe()
        self.read, back = os.pipe()

        def on_three_and_four():
            # Copies first, in case a pipe already has one of the two numbers.
            one, other = os.dup(there), os.dup(back)
            os.dup2(one, 3)
            os.dup2(other, 4)

        self.process = subprocess.Popen([program, *self.FLAGS, f"--user-data-dir={home}", "about:blank"], preexec_fn=on_three_and_four, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(there)
        os.close(back)
        self.left, self.number, self.session, self.requests, self.errors = b"", 0, None, [], []
        target = [each for each in self.ask("Target.getTargets")["targetInfos"] if each["type"] == "page"][0]
        self.session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.left:
            part = os.read(self.read, 1 << 16)
            if not part:
                raise RuntimeError("the browser has gone")
            self.left += part
        one, _, self.left = self.left.partition(b"\0")
        said = json.loads(one)
        if said.get("method") == "Network.requestWillBeSent":
            # The letters of the font stand in the page itself.
            if not said["params"]["request"]["url"].startswith("data:font/"):
                self.requests.append(said["params"]["request"]["url"])
        if said.get("method") == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(said["params"]["exceptionDetails"])[:300])
        if said.get("method") == "Log.entryAdded" and said["params"]["entry"]["level"] == "error":
            self.errors.append(said["params"]["entry"]["text"])
        return said

    def ask(self, method, **params):
        self.number += 1
        call = {"id": self.number, "method": method, "params": params}
        if self.session:
            call["sessionId"] = self.session
        os.write(self.write, json.dumps(call).encode() + b"\0")
        while True:
            said = self.message()
            if said.get("id") == self.number:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']}")
                return said["result"]

    def open(self, path, width=1280, height=900, dark=False, touch=False):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=touch)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.requests, self.errors = [], []
        self.ask("Page.navigate", url=path.resolve().as_uri())
        while self.message().get("method") != "Page.loadEventFired":
            pass

    def js(self, expression):
        done = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise RuntimeError(json.dumps(done["exceptionDetails"])[:400])
        return done["result"].get("value")

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def key(self, key, text=""):
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, text=text, windowsVirtualKeyCode={"Enter": 13, "ArrowRight": 39, "ArrowLeft": 37, "Escape": 27}.get(key, 0))
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)

    def type(self, text):
        self.ask("Input.insertText", text=text)

    def shot(self, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        data = base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])
        (SHOTS / name).write_bytes(data)
        return data

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def pixels(data):
    """Width, height and the red, green, blue of a PNG with eight bits a channel and no interlacing."""
    at, parts, width, height, channels = 8, [], 0, 0, 0
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", body[:10])
            assert depth == 8 and color in (2, 6)
            channels = 3 if color == 2 else 4
        elif kind == b"IDAT":
            parts.append(body)
        at += 12 + size
    raw, stride = zlib.decompress(b"".join(parts)), width * channels
    before, out = bytearray(stride), bytearray()
    for row in range(height):
        kind, line = raw[row * (stride + 1)], bytearray(raw[row * (stride + 1) + 1:(row + 1) * (stride + 1)])
        for x in range(stride):
            left = line[x - channels] if x >= channels else 0
            up, corner = before[x], before[x - channels] if x >= channels else 0
            if kind == 1:
                line[x] = (line[x] + left) & 255
            elif kind == 2:
                line[x] = (line[x] + up) & 255
            elif kind == 3:
                line[x] = (line[x] + (left + up) // 2) & 255
            elif kind == 4:
                guess = left + up - corner
                by = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
                line[x] = (line[x] + by) & 255
        before = line
        out += line if channels == 3 else bytes(line[x] for x in range(stride) if x % 4 != 3)
    return width, height, out


def coarse(data, cell=8):
    """The mean grey of each cell: what is left when edges are smoothed in different ways."""
    width, height, rgb = pixels(data)
    across, down = width // cell, height // cell
    sums = [0] * (across * down)
    for y in range(down * cell):
        row, base = (y // cell) * across, y * width * 3
        for x in range(across * cell):
            at = base + x * 3
            sums[row + x // cell] += rgb[at] + rgb[at + 1] + rgb[at + 2]
    return [total / (3 * cell * cell) for total in sums]


def alike(one, other):
    """The share of cells that differ by more than an edge can."""
    a, b = coarse(one), coarse(other)
    return 1.0 if len(a) != len(b) else sum(abs(x - y) > 24 for x, y in zip(a, b)) / len(a)


# Where the overlap of words is looked for: the labels of marks, as the browser has set them.
OVERLAPS = """
(() => {
  const texts = [...document.querySelectorAll('[data-lane] text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const out = [];
  texts.forEach(([words, a], at) => texts.slice(at + 1).forEach(([others, b]) => {
    const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (x > 1.5 && y > 5) out.push(words + ' | ' + others);
  }));
  return out;
})()
"""


def walk(browser, binary, folder):
    def render(name, *args):
        out = folder / name
        done = subprocess.run([binary, "render", *map(str, args), "-o", out], capture_output=True, text=True)
        expect(done.returncode in (0, 1) and out.exists(), f"{name} is written {done.stderr.strip()}")
        return out

    page = render("story.html", SAMPLE, "--legend")
    browser.open(page)
    browser.shot("desktop-light.png")
    expect(browser.requests == [page.resolve().as_uri()], f"no request leaves the page: {browser.requests[1:]}")
    expect(not browser.errors, f"no error and nothing refused by the policy: {browser.errors}")
    marks = browser.js("document.querySelectorAll('svg [data-event]').length")
    expect(marks > 31, f"the picture has its marks ({marks})")
    expect(browser.js("document.querySelectorAll('#events tbody tr').length") == 31, "the table has a row an event")
    at = browser.js("""(() => { const mark = document.querySelector('[data-event="letters-putin-kim"]') ?? document.querySelector('svg [data-event]');
        const box = (mark.querySelector('use, circle, polygon, rect') ?? mark).getBoundingClientRect();
        return [box.x + Math.min(box.width / 2, 6), box.y + box.height / 2, mark.dataset.event]; })()""")
    browser.ask("Input.dispatchMouseEvent", type="mouseMoved", x=at[0], y=at[1])
    expect(browser.js("!document.getElementById('tip').hidden && document.getElementById('tip').textContent.length > 10"), "the pointer over a mark says what it is")
    browser.click(at[0], at[1])
    sentence = browser.js(f"document.querySelector('tr[data-event={json.dumps(at[2])}] blockquote').textContent")
    expect(browser.js("!document.getElementById('detail').hidden && document.querySelector('#said blockquote').textContent") == sentence, f"a click on a mark shows its sentence: {sentence[:50]}")
    browser.shot("desktop-chosen.png")
    browser.key("ArrowRight")
    after = browser.js("document.querySelector('svg .chosen').dataset.event")
    expect(after != at[2], "the right arrow goes to the next event")
    expect(browser.js("document.activeElement.dataset.event") == after, "and takes the focus along")
    browser.key("ArrowLeft")
    expect(browser.js("document.querySelector('svg .chosen').dataset.event") == at[2], "the left arrow goes back")
    expect(browser.js("document.querySelector('svg .chosen').getAttribute('aria-label').length") > 10, "a mark has a name for a screen reader")
    browser.key("Escape")
    expect(browser.js("document.getElementById('detail').hidden"), "Escape closes the detail")
    before = browser.js("document.querySelector('#picture svg').getAttribute('viewBox')")
    browser.js("document.getElementById('closer').click()")
    closer = browser.js("document.querySelector('#picture svg').getAttribute('viewBox')")
    expect(float(closer.split()[2]) < float(before.split()[2]), "the picture can be zoomed")
    box = browser.js("(() => { const box = document.getElementById('picture').getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })()")
    browser.ask("Input.dispatchMouseEvent", type="mousePressed", x=box[0] + box[2] / 2, y=box[1] + 20, button="left", clickCount=1)
    browser.ask("Input.dispatchMouseEvent", type="mouseMoved", x=box[0] + box[2] / 2 - 150, y=box[1] + 20, button="left", buttons=1)
    browser.ask("Input.dispatchMouseEvent", type="mouseReleased", x=box[0] + box[2] / 2 - 150, y=box[1] + 20, button="left", clickCount=1)
    panned = browser.js("document.querySelector('#picture svg').getAttribute('viewBox')")
    expect(float(panned.split()[0]) > float(closer.split()[0]), "and panned")
    browser.js("document.getElementById('search').focus()")
    browser.type("treasury")
    shown = browser.js("[...document.querySelectorAll('#events tbody tr')].filter((row) => !row.hidden).length")
    expect(0 < shown < 31, f"the search narrows the table to {shown}")
    expect(f"{shown} of 31" in browser.js("document.getElementById('found').textContent"), "and says so")
    browser.open(page, dark=True)
    browser.shot("desktop-dark.png")
    expect(browser.js("getComputedStyle(document.querySelector('#picture svg rect')).fill") == "rgb(27, 31, 39)", "a dark system has a dark picture")
    browser.open(page, width=390, height=844, touch=True)
    browser.shot("phone.png")
    expect(browser.js("document.documentElement.scrollWidth") <= 390, "nothing is wider than a phone")

    hostile = folder / "hostile.jsonl"
    words = "<img src=x onerror=alert(1)></script><script>document.title='owned'</script>\"'&"
    event = {"id": words, "when": "2021-05-04", "title": words, "kind": words, "actors": [words], "place": words, "note": words,
             "sentence": words, "source": words, "url": "javascript:document.title='owned'"}
    hostile.write_text(json.dumps(event) + "\n", encoding="utf-8")
    page = render("hostile.html", hostile)
    browser.open(page)
    expect(browser.js("document.title") != "owned" and not browser.errors, f"what a file says stays words {browser.errors}")
    expect(browser.js("document.querySelectorAll('img, [href^=javascript]').length") == 0, "no element comes out of it")
    expect(browser.js("document.querySelector('#events blockquote').textContent") == words, "and the words are whole")
    browser.js("document.querySelector('#events button').click()")
    expect(browser.js("document.querySelector('#said blockquote').textContent") == words and browser.js("document.title") != "owned", "also in the detail")

    for name, extra in (("whole.svg", []), ("dense.svg", ["--view", "dense"]), ("print.svg", ["--theme", "print", "--citations", "--legend"])):
        picture = render(name, SAMPLE, "--width", 1000, *extra)
        own = render(name.replace("svg", "png"), SAMPLE, "--width", 1000, *extra).read_bytes()
        width, height = struct.unpack(">II", own[16:24])
        browser.open(picture, width=width, height=height)
        seen = browser.shot(name.replace(".svg", "-chromium.png"))
        expect(not browser.errors, f"{name} has no error in Chromium {browser.errors}")
        overlaps = browser.js(OVERLAPS)
        expect(not overlaps, f"no words of {name} lie on others: {overlaps[:3]}")
        differ = alike(own, seen)
        expect(differ < 0.02, f"{name}: Chromium draws what resvg draws ({differ:.2%} of cells differ)")
        if shutil.which("rsvg-convert"):
            other = folder / "rsvg.png"
            subprocess.run(["rsvg-convert", "-o", other, picture], check=True)
            differ = alike(own, other.read_bytes())
            expect(differ < 0.04, f"{name}: so does librsvg, with the fonts that it has ({differ:.2%} of cells differ)")


def main(binary):
    binary = str(Path(binary).resolve())
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        sys.exit("Chromium is missing")
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        browser = Browser(program, home)
        try:
            walk(browser, binary, Path(folder))
        finally:
            browser.stop()
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
