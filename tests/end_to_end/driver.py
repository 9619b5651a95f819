# SPDX-License-Identifier: Apache-2.0
"""Drives the real programs: the sandbox OMS, retourctl, and the window of retour under Xvfb through AT-SPI and xdotool.

Every program gets a time limit, a fresh HOME and XDG_RUNTIME_DIR; nothing waits for a time, only for something to be seen.
Import it inside a D-Bus session (see `inside_session`).
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 40.0


def wait_for(look, what, patience=PATIENCE, pause=0.03):
    """Looks until `look` gives something true; gives it back. Fails naming `what`."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"never seen within {patience:.0f} s: {what}")
        time.sleep(pause)


def inside_session():
    """Starts this script again in a D-Bus session of its own, with a display of its own, unless it is in one. What the session's
    services say goes to a file: standard output is for the points alone."""
    if os.environ.get("RETOUR_SESSION") == "1":
        os.dup2(8, 1)
        os.dup2(9, 2)
        return
    environment = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")}
    runtime = tempfile.mkdtemp(prefix="retour-runtime-")
    os.chmod(runtime, 0o700)
    size = os.environ.get("RETOUR_SCREEN", "1280x800")
    environment.update(
        RETOUR_SESSION="1", XDG_RUNTIME_DIR=runtime, GSETTINGS_BACKEND="memory", GSK_RENDERER="cairo", GDK_BACKEND="x11",
        NO_AT_BRIDGE="0", LC_ALL="C.UTF-8")
    try:
        session = ["dbus-run-session", "--", "xvfb-run", "-a", "-s", f"-screen 0 {size}x24 -nolisten tcp", sys.executable, *sys.argv]
        log = os.path.join(runtime, "session.log")
        code = subprocess.run(["bash", "-c", 'exec "$@" 8>&1 9>&2 >>"$0" 2>&1', log, *session], env=environment).returncode
    finally:
        shutil.rmtree(runtime, ignore_errors=True)
    sys.exit(code)


class Programs:
    """Where the built programs are; started ones are ended by `close`, whatever happens."""

    def __init__(self, build):
        self.build = os.path.abspath(build)
        self.retour = os.path.join(self.build, "ui", "retour")
        self.retourctl = os.path.join(self.build, "ui", "cli", "retourctl")
        self.sandbox = os.path.join(self.build, "sync", "sandbox", "retour-sandbox")
        self.translations = os.path.join(self.build, "assets", "translations")
        self.directory = tempfile.mkdtemp(prefix="retour-test-")
        os.chmod(self.directory, 0o700)
        self.running = []

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def environment(self, **more):
        values = dict(os.environ, HOME=self.directory, XDG_DATA_HOME=self.path("share"), XDG_CONFIG_HOME=self.path("config"),
                      XDG_CACHE_HOME=self.path("cache"), RETOUR_LOCALE_DIR=self.translations)
        values.update({k: v for k, v in more.items() if v is not None})
        return values

    def start(self, arguments, log, **environment):
        stream = open(self.path(log), "wb")
        process = subprocess.Popen(arguments, stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   env=self.environment(**environment))
        stream.close()
        process.log = self.path(log)
        self.running.append(process)
        return process

    def close(self):
        for process in reversed(self.running):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def run(self, *arguments, data=None, expect=0, text=None, timeout=60, environment=None, before=(), **options):
        """Runs retourctl and gives the finished process. `text`: str or bytes for its standard input; `before`: a command
        that runs it; what it prints must be UTF-8."""
        command = [*before, self.retourctl, *(["--data", data] if data else []), *arguments]
        done = subprocess.run([a if isinstance(a, bytes) else str(a) for a in command], timeout=timeout,
                              input=text.encode() if isinstance(text, str) else text if text is not None else b"",
                              stdout=options.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE,
                              env=self.environment(**(environment or {})), **options)
        done.stdout, done.stderr = (done.stdout or b"").decode(), done.stderr.decode()
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"{' '.join(map(str, arguments))[:400]}: status {done.returncode}, not {expect}\n"
                                 f"{done.stdout[:2000]}{done.stderr[:2000]}")
        return done

    def ctl(self, *arguments, data=None, expect=0, text=None, parse=None):
        """Runs retourctl; gives what it printed, parsed when it was asked for JSON."""
        command = [self.retourctl]
        if data:
            command += ["--data", data]
        done = subprocess.run(command + [str(a) for a in arguments], input=text, capture_output=True, text=True, timeout=120,
                              env=self.environment())
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"{' '.join(map(str, arguments))}: status {done.returncode}, not {expect}\n"
                                 f"{done.stdout}{done.stderr}")
        if parse if parse is not None else "--json" in arguments:
            return json.loads(done.stdout)
        return done.stdout


class Sandbox:
    """A sandbox OMS with generated orders, on a free loopback port."""

    def __init__(self, programs, orders=300, seed=1, name="sandbox", options=()):
        self.programs, self.name = programs, name
        self.data = programs.path(name)
        self.options = ["--data", self.data, "--orders", str(orders), "--seed", str(seed), *map(str, options)]
        self.port = "0"
        self.process = None
        self.start()

    def start(self):
        self.process = self.programs.start([self.programs.sandbox, *self.options, "--port", self.port], f"{self.name}.log")
        wait_for(self._ready, f"{self.name} ready", 90)
        self.address = re.search(r"^listening (\S+)", self.log(), re.M).group(1)
        self.port = self.address.rsplit(":", 1)[1]

    def _ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the sandbox ended:\n{self.log()}")
        return re.search(r"^ready", self.log(), re.M)

    def log(self):
        return open(self.process.log, errors="replace").read()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def admin(self, *arguments, parse=True):
        done = subprocess.run([self.programs.sandbox, *map(str, arguments), "--data", self.data], capture_output=True, text=True,
                              timeout=60, env=self.programs.environment())
        if done.returncode:
            raise AssertionError(f"retour-sandbox {arguments}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout) if parse else done.stdout

    def enrol(self, data, store="0214", terminal="A"):
        """Makes `data` a terminal of the store and pulls the orders."""
        ticket = self.admin("enrol", "--store", store, "--terminal", terminal)
        authority = self.programs.path(f"ca-{terminal}.pem")
        with open(authority, "w") as stream:
            stream.write(ticket["ca_pem"])
        self.programs.ctl("enrol", "--url", ticket["url"], "--code", ticket["code"], "--ca", authority, "--pin",
                          ticket["pin"], "--terminal", terminal, data=data)
        self.programs.ctl("sync", data=data)

    def returns(self):
        return self.admin("returns")


class Screen:
    """The window of a running retour, as assistive technology sees it."""

    def __init__(self, programs, data, *options, language="fr", log="retour.log", **environment):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self.atspi = Atspi
        Atspi.init()
        self.programs = programs
        self.process = programs.start([programs.retour, "--data", data, "--language", language, *options], log,
                                      RETOUR_STILL="1", **environment)
        self.application = wait_for(self._find_application, "the window of retour")

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError("retour ended:\n" + open(self.process.log, errors="replace").read())
        desktop = self.atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            try:
                if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                    child.set_cache_mask(self.atspi.Cache.NONE)
                    return child
            except Exception:
                continue
        return None

    def walk(self, node=None):
        """Every node that a screen reader would find: the product leaves out what is not seen."""
        node = node or self.application
        stack = [node]
        while stack:
            node = stack.pop()
            try:
                yield node
                stack.extend(node.get_child_at_index(i) for i in reversed(range(node.get_child_count())))
            except Exception:
                continue

    @staticmethod
    def _fits(name, wanted):
        if isinstance(wanted, re.Pattern):
            return bool(wanted.search(name))
        return name == wanted

    def look(self, name, role=None, within=None):
        """A showing node with that name (text or compiled pattern), or None. A label inside a button bears its name too."""
        for node in self.walk(within):
            try:
                if node and self._fits(node.get_name() or "", name) and (role is None or node.get_role_name() in self._roles(role)):
                    return node
            except Exception:
                continue
        return None

    @staticmethod
    def _roles(role):
        if role == "button":
            return ("push button", "toggle button", "button", "radio button", "check box")
        return (role,)

    def find(self, name, role=None, within=None, patience=PATIENCE):
        try:
            return wait_for(lambda: self.look(name, role, within), f"{role or 'node'} {name!r}", patience)
        except AssertionError as failure:
            raise AssertionError(f"{failure}\non the screen:\n{self.describe()}") from None

    def gone(self, name, role=None):
        wait_for(lambda: not self.look(name, role), f"{name!r} gone")

    def describe(self):
        lines = []
        for node in self.walk():
            name = node.get_name()
            if name:
                lines.append(f"  {node.get_role_name()}: {name}")
        return "\n".join(lines[:120])

    def texts(self):
        return [node.get_name() for node in self.walk() if node.get_name()]

    def click(self, name, role="button", within=None):
        node = self.find(name, role, within)
        wait_for(lambda: node.get_state_set().contains(self.atspi.StateType.SENSITIVE), f"{name!r} sensitive")
        self.activate(node)
        return node

    def point(self, name, role=None, within=None):
        """Clicks with the mouse, in the middle: a menu and what it offers have no action of their own."""
        node = self.find(name, role, within)
        box = wait_for(lambda: self._box(node), f"{name!r} in its place")
        subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1"],
                       check=True, timeout=20)
        return node

    def _box(self, node):
        box = node.get_component_iface().get_extents(self.atspi.CoordType.WINDOW)
        return box if box.width > 0 and box.height > 0 else None

    def activate(self, node):
        action = node.get_action_iface()
        names = [action.get_action_name(i) for i in range(action.get_n_actions())]
        for wanted in ("click", "activate", "toggle", "press"):
            if wanted in names:
                action.do_action(names.index(wanted))
                return
        raise AssertionError(f"{node.get_name()!r} cannot be clicked: {names}")

    def is_pressed(self, node):
        states = node.get_state_set()
        return states.contains(self.atspi.StateType.PRESSED) or states.contains(self.atspi.StateType.CHECKED)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "12", *keys], check=True, timeout=20)

    def tab(self, key="Tab"):
        """Presses Tab; what then has the focus, None when nothing said so."""
        from gi.repository import GLib
        heard = []
        listener = self.atspi.EventListener.new(lambda event: heard.append(event.source) if event.detail1 else None)
        listener.register("object:state-changed:focused")
        try:
            self.key(key)
            end = time.monotonic() + 2
            while not heard and time.monotonic() < end:
                GLib.MainContext.default().iteration(False)
                time.sleep(0.002)
        finally:
            listener.deregister("object:state-changed:focused")
        return heard[-1] if heard else None

    def resize(self, width, height):
        """Of the one window, on a display without a window manager."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], capture_output=True, text=True,
                               timeout=20).stdout.split()
        for window in found:
            subprocess.run(["xdotool", "windowsize", "--sync", window, str(width), str(height)], timeout=20)

    def extents(self, node):
        """Left, top, right and bottom in the window."""
        box = node.get_component_iface().get_extents(self.atspi.CoordType.WINDOW)
        return box.x, box.y, box.x + box.width, box.y + box.height

    def type(self, text, delay=90):
        """As a hand types: far slower than any scanner."""
        subprocess.run(["xdotool", "type", "--delay", str(delay), text], check=True, timeout=60)

    def press_code(self, figures):
        """A code, on the pad's buttons. GTK takes no second press of one button while the first still shows."""
        pad = {figure: self.find(figure, "button") for figure in set(figures)}
        for before, figure in zip(" " + figures, figures):
            time.sleep(0.4 if figure == before else 0)
            self.activate(pad[figure])

    def scan(self, text, end="Return", delay=2):
        """As a keyboard-wedge scanner types, all keys in one burst."""
        command = ["xdotool", "type", "--delay", str(delay), "--args", "1", text]
        if end:
            command += ["key", "--delay", "0", end]
        subprocess.run(command, check=True, timeout=60)

    def picture(self, path):
        """What the display shows, once two looks in a row are the same."""
        before = None
        for _ in range(40):
            done = subprocess.run(["import", "-window", "root", "png:-"], check=True, capture_output=True, timeout=30)
            if done.stdout == before:
                break
            before = done.stdout
            time.sleep(0.08)
        with open(path, "wb") as stream:
            stream.write(before)

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(15)


def read_codes(path):
    """What zbarimg reads in a picture: [(kind, text)…]."""
    done = subprocess.run(["zbarimg", "--nodbus", "-q", path], capture_output=True, text=True, timeout=60)
    return [tuple(line.split(":", 1)) for line in done.stdout.splitlines() if ":" in line]


class Points:
    """TAP, one point a step."""

    def __init__(self):
        self.count = self.failed = 0

    def ok(self, passed, name, detail=""):
        self.count += 1
        if not passed:
            self.failed += 1
        print(f"{'ok' if passed else 'not ok'} {self.count} - {name}", flush=True)
        for line in str(detail).splitlines() if not passed else []:
            print("#", line, flush=True)

    def run(self, name, step):
        try:
            step()
        except Exception as failure:  # a failed step is a failed point, and says why
            self.ok(False, name, f"{type(failure).__name__}: {failure}")
            return False
        self.ok(True, name)
        return True

    def finish(self):
        print(f"1..{self.count}", flush=True)
        return 1 if self.failed or not self.count else 0
