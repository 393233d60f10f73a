#!/usr/bin/env python3
"""Drives the real window under Xvfb: opens a file by the system's dialog, scrubs, steps, zooms, searches and exports.

    python3 tests/window/run.py target/debug/chronolane

Needs Xvfb, openbox, xdotool, zenity and ImageMagick's import. Screenshots stay in target/window-tests/.
"""
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from checks import expect, failures, line_from, until  # noqa: E402

SHOTS = ROOT / "target" / "window-tests"
SAMPLE = ROOT / "sample_data" / "dprk_russia_2023.json"
# Of a hundred a second: what the window system may ask for by itself.
MOST_IDLE_TICKS = 2


class Display:
    """A display of its own with a window manager, and one run of the program on it."""

    def __init__(self, size, home):
        self.server, number = line_from(["Xvfb", "-screen", "0", f"{size}x24", "-noreset"], None, lambda pipe: ["-displayfd", str(pipe)])
        self.name = ":" + number
        self.env = dict(os.environ, DISPLAY=self.name, XDG_RUNTIME_DIR=home, HOME=home, XDG_CONFIG_HOME=f"{home}/config", XDG_DATA_HOME=f"{home}/data")
        self.env.pop("WAYLAND_DISPLAY", None)
        # Without a bus the system's dialog is zenity's, whatever desktop portal is there.
        self.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={home}/no-bus"
        self.manager = subprocess.Popen(["openbox"], env=self.env, stderr=subprocess.DEVNULL)
        until(lambda: subprocess.run(["xdotool", "getdisplaygeometry"], env=self.env, capture_output=True).returncode == 0)
        self.app = None

    def start(self, binary, *args):
        self.app = subprocess.Popen([binary, *map(str, args)], env=self.env, cwd=ROOT, stderr=subprocess.PIPE)

    def x(self, *args):
        return subprocess.run(["xdotool", *map(str, args)], env=self.env, capture_output=True, text=True).stdout.strip()

    def window(self, pattern):
        found = until(lambda: self.x("search", "--onlyvisible", "--name", pattern).split())
        return found[-1] if found else None

    def shot(self, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / name
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=False)
        return path.read_bytes() if path.exists() else b""

    def settled(self, name):
        """A picture that no longer changes."""
        last = self.shot(name)

        def same():
            nonlocal last
            now = self.shot(name)
            done, last = now == last, now
            return done

        until(same, 15)
        return last

    def changed(self, before, name):
        """The picture once it is another than before and no longer changes; None where it stays the same."""
        return self.settled(name) if until(lambda: self.shot(name) != before, 15) else None

    def ticks(self):
        """Ticks of the processor that the program has used so far, all threads together (user and system, from proc_pid_stat(5))."""
        fields = Path(f"/proc/{self.app.pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def ticks_while_idle(self, seconds=4.0):
        """Ticks used in a while in which nobody touches anything; what still fades in has a moment before."""
        time.sleep(1.0)
        before = self.ticks()
        time.sleep(seconds)
        return self.ticks() - before

    def type_path(self, path):
        self.x("key", "ctrl+l")
        time.sleep(0.7)
        self.x("key", "ctrl+a")
        self.x("type", "--delay", "25", str(path))
        time.sleep(0.7)
        # The dialog takes Return only once it has looked at the path.
        until(lambda: self.x("key", "Return") or not until(self.dialog_open, 0.1) or time.sleep(1.0), 15)

    def dialog_open(self):
        return self.x("search", "--onlyvisible", "--class", "zenity").split()

    def dialog(self):
        return until(self.dialog_open)

    def stop(self):
        for process in (self.app, self.manager, self.server):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()


def main(binary):
    binary = str(Path(binary).resolve())
    for tool in ("Xvfb", "openbox", "xdotool", "zenity", "import"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing")
    with tempfile.TemporaryDirectory() as home:
        display = Display("1440x960", home)
        try:
            walk(display, binary, Path(home))
        finally:
            display.stop()
    print(f"{len(failures)} failed")
    return 1 if failures else 0


def walk(display, binary, home):
    display.start(binary)
    window = display.window("^Chronolane$")
    if not expect(window, "the window opens on the welcome screen"):
        return
    display.x("windowactivate", "--sync", window)
    display.x("windowsize", window, 1400, 900)
    display.settled("1-welcome.png")

    display.x("key", "ctrl+o")
    expect(display.dialog(), "Ctrl+O asks by the system's dialog")
    display.x("key", "Escape")
    until(lambda: not display.dialog_open(), 10)
    expect(display.app.poll() is None, "a dialog that is closed without a choice changes nothing")
    display.x("windowactivate", "--sync", window)
    display.x("key", "ctrl+o")
    expect(display.dialog(), "and it can be opened again")
    time.sleep(1)
    display.type_path(SAMPLE)
    expect(display.window("dprk_russia_2023.*Chronolane"), "the chosen file is open, by its name in the title")
    display.x("windowactivate", "--sync", window)
    opened = display.settled("2-opened.png")
    used = display.ticks_while_idle()
    expect(used <= MOST_IDLE_TICKS, f"an open file uses no processor while nothing happens ({used} ticks)")

    display.x("mousemove", 500, 62, "mousedown", 1)
    for x in range(500, 900, 20):
        display.x("mousemove", x, 62)
    expect(display.changed(opened, "3-scrubbing.png"), "a drag on the ruler scrubs")
    display.x("mouseup", 1)
    scrubbed = display.settled("3-scrubbing.png")
    display.x("key", "Right")
    stepped = display.changed(scrubbed, "4-stepped.png")
    expect(stepped, "Right steps to the next event")
    display.x("mousemove", 700, 400, "keydown", "ctrl", "click", 4, "click", 4, "click", 4, "keyup", "ctrl")
    zoomed = display.changed(stepped, "5-zoomed.png")
    expect(zoomed, "Ctrl+wheel zooms")
    display.x("key", "ctrl+f")
    display.x("type", "--delay", "25", "kind:letters")
    expect(display.changed(zoomed, "6-searched.png"), "the search narrows down")
    display.x("key", "Escape")
    display.settled("7-cleared.png")
    display.x("mousemove", 700, 560, "click", 1)
    display.settled("7-cleared.png")
    used = display.ticks_while_idle()
    expect(used <= MOST_IDLE_TICKS, f"nor does it with the pointer at rest on the lanes ({used} ticks)")

    out = home / "exported.png"
    display.x("mousemove", 700, 560, "click", 1)
    display.x("key", "ctrl+e")
    display.settled("8-export-choice.png")
    display.x("key", "Return")
    expect(display.dialog(), "Enter in the export choice goes on to the save dialog")
    time.sleep(1)
    display.type_path(out)
    expect(until(out.exists), "the picture is saved")
    head = out.read_bytes()[:24] if out.exists() else b""
    size = struct.unpack(">II", head[16:24]) if head.startswith(b"\x89PNG") else (0, 0)
    expect(size[0] >= 2400 and size[1] >= 800, f"the picture is a PNG of a good size {size}")
    display.settled("9-exported.png")

    broken = home / "broken.json"
    broken.write_text('{"chronolane": 1, "events": [', encoding="utf-8")
    display.x("windowactivate", "--sync", window)
    display.x("key", "ctrl+o")
    expect(display.dialog(), "another file is asked for")
    time.sleep(1)
    display.type_path(broken)
    expect(not display.dialog_open(), "the dialog is closed")
    display.settled("10-broken.png")
    expect(display.x("search", "--onlyvisible", "--name", "dprk_russia_2023.*Chronolane"), "a broken file leaves what is open untouched")
    expect(display.app.poll() is None, "the program still runs after all that")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/debug/chronolane"))
