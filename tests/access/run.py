#!/usr/bin/env python3
"""Reads the real window as a screen reader does: over AT-SPI, on a display, a session bus and an accessibility bus of its own.

    /usr/bin/python3 tests/access/run.py target/debug/chronolane

Needs Xvfb, openbox, dbus-daemon, at-spi2-core, python3-gi and gir1.2-atspi-2.0 (Debian's names).
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from checks import expect, failures, line_from, until  # noqa: E402

SAMPLE = ROOT / "sample_data" / "dprk_russia_2023.json"
# Old names of the bindings are kept for old releases of Debian.
warnings.simplefilter("ignore", DeprecationWarning)
# A bus and a registry of its own take their time to start.
LONGEST_S = 60.0


def main(binary):
    binary = str(Path(binary).resolve())
    for tool in ("Xvfb", "openbox", "dbus-daemon"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing")
    started = []
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ, HOME=home, XDG_RUNTIME_DIR=home, XDG_CONFIG_HOME=f"{home}/config", XDG_DATA_HOME=f"{home}/data")
        for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE"):
            env.pop(name, None)
        try:
            server, number = line_from(
                ["Xvfb", "-screen", "0", "1440x960x24", "-noreset"], env, lambda pipe: ["-displayfd", str(pipe)])
            started.append(server)
            env["DISPLAY"] = ":" + number
            bus, address = line_from(
                ["dbus-daemon", "--session", "--nofork"], env, lambda pipe: [f"--print-address={pipe}"])
            started.append(bus)
            env["DBUS_SESSION_BUS_ADDRESS"] = address
            os.environ.update(env)
            started.append(subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL))
            listen()
            app = subprocess.Popen([binary, str(SAMPLE)], env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
            started.append(app)
            walk(app)
        finally:
            for process in reversed(started):
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                    try:
                        process.wait(5)
                    except subprocess.TimeoutExpired:
                        process.kill()
    print(f"{len(failures)} failed")
    return 1 if failures else 0


def listen():
    """Says on the session bus that a screen reader is there; the accessibility bus starts by it."""
    from gi.repository import Gio, GLib
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                      GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True))), None, 0, 30_000)


def walk(app):
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    Atspi.init()

    def children(node):
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child is not None:
                yield child

    def program():
        return next((own for own in children(Atspi.get_desktop(0)) if "chronolane" in (own.get_name() or "")), None)

    def nodes():
        """Every node of the window as (role, name, node), from the top; none while the tree changes under the reader."""
        found = []

        def visit(node, depth):
            found.append((node.get_role_name(), node.get_name() or "", node))
            if depth < 40:
                for child in children(node):
                    visit(child, depth + 1)

        # What was read before is asked for again.
        Atspi.Accessible.clear_cache(Atspi.get_desktop(0))
        try:
            visit(program(), 0)
        except (GLib.Error, AttributeError):
            return []
        return found

    def named(part, role=None):
        def look():
            return next((own for own in nodes() if part in own[1] and (role is None or own[0] == role)), None)

        return until(look, 20)

    if not expect(until(program, LONGEST_S), "the program is on the accessibility bus"):
        return
    if not expect(named("Lane John Kirby, "), "the lanes are named with their counts"):
        for role, name, _ in nodes()[:60]:
            print(f"      {role}: {name}")
        return
    for part, role, what in [
        ("File", None, "the menus"),
        ("Search events", None, "the search box"),
        ("Timeline, ", None, "the lanes as a whole"),
        ("Playhead", "slider", "the playhead, a slider"),
        ("Events of John Kirby, ", "list", "the events of a lane, a list"),
        ("Wednesday 30 August 2023, statement, John Kirby: ", "list item", "a mark by its date, kind and actor"),
        ("between 28 July and 30 August 2023, letters, ", "list item", "a date that is not known better, as it is known"),
        ("Event in detail", "landmark", "the detail pane, a landmark"),
        ("31 rows = 31 plotted + 0 undated + 0 rejected", None, "what became of every row"),
    ]:
        expect(named(part, role), what + " can be found")

    mark = named("Wednesday 30 August 2023, statement, John Kirby: Letters", "list item")
    if expect(mark, "a mark is there to be chosen"):
        action = mark[2].get_action_iface()
        expect(action is not None and action.do_action(0), "it takes an action")
        expect(named("John Kirby: Letters") and until(lambda: any("Copy sentence" in own[1] for own in nodes()), 20),
               "and its sentence is in the detail pane")

    def playhead():
        found = named("Playhead", "slider")
        return found and found[2].get_value_iface()

    value = playhead()
    if expect(value, "the playhead has a value"):
        before = value.get_current_value()
        least, most = value.get_minimum_value(), value.get_maximum_value()
        expect(least <= before <= most, "which lies within the window")
        value.set_current_value(before + (most - before) / 2)
        expect(until(lambda: (now := playhead()) and now.get_current_value() > before, 20), "and moves when it is set")

    menu = named("View")
    if expect(menu, "a menu is there to be opened"):
        expect(menu[2].get_action_iface().do_action(0), "it is opened by an action")
        table = named("Table")
        if expect(table, "its commands can be found"):
            expect(table[2].get_action_iface().do_action(0), "one of them is chosen")
            expect(named("Events as a table, 31 rows"), "and the table is there")
            expect(until(lambda: any(own[1].startswith("Row ") and " of 31: " in own[1] for own in nodes()), 20), "its rows are named")
    expect(app.poll() is None, "the program still runs after all that")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/debug/chronolane"))
