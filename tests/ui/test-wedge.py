#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-wedge.py STAGE [TEST…]: a keyboard-wedge scanner and a person at one keyboard, on a real X server (run it by on-display).
xdotool types for both. A machine that is busy may type a scan too slowly, or a word too fast: then it types again, as the times
of the key presses tell; what comes of a good stimulus is looked at once. Speaks TAP."""
import json
import subprocess
import sys
import time

# A burst stays a burst with some room below the 35 ms that the wedge allows from one key to the next, a hand above the 40 ms.
SCAN_GAP, HAND_GAP = 28, 42
TRIES = 12
# Longer than the wedge holds anything back (100 ms, and what a busy machine adds).
QUIET = 0.3

CODES = {**{str(n): str(9 + n) for n in range(1, 10)}, "0": "19", "-": "20"}


class Stage:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        subprocess.run(["xdotool", "mousemove", "300", "300"], check=True, timeout=20)
        self.wait(lambda: self.shown(), "the window has the keyboard", 20)

    def say(self, command):
        self.process.stdin.write(command + "\n")
        return self.process.stdout.readline().strip()

    def report(self):
        return json.loads(self.say("report"))

    def shown(self):
        self.say("focus field")
        xdotool("key", "x")
        time.sleep(0.1)
        return self.report()["keys"] == 1

    @staticmethod
    def wait(look, what, patience):
        end = time.monotonic() + patience
        while not look():
            if time.monotonic() > end:
                raise AssertionError(f"never seen: {what}")
            time.sleep(0.02)

    def stimulate(self, focus, keys, do, good):
        """Does it until it was done well: `keys` presses, and `good` of the times between them. What then happened."""
        for _ in range(TRIES):
            self.say(f"focus {focus}")
            do()
            self.wait(lambda: self.report()["keys"] >= keys, f"{keys} keys", 30)
            time.sleep(QUIET)
            report = self.report()
            if good(report):
                return report
        raise AssertionError(f"this machine is too busy to type: {report}")

    def close(self):
        self.process.stdin.write("quit\n")
        return self.process.wait(10)


def xdotool(*words):
    subprocess.run(["xdotool", *words], check=True, timeout=60)


def scanner(text, end="Return"):
    command = ["type", "--delay", "2", "--args", "1", text]
    xdotool(*command, *(["key", "--delay", "0", end] if end else []))


def fast(report):
    return report["longest"] <= SCAN_GAP


def slow(report):
    return report["shortest"] >= HAND_GAP


def same(got, expected, what):
    assert got == expected, f"{what}: {got!r}, not {expected!r}"


def expect(report, focus, scans, text="", pressed=0, activated=0):
    same([scan for scan, _ in report["scans"]], scans, "scans")
    same(report["text"], text, "in the field")
    same((report["pressed"], report["activated"]), (pressed, activated), "button pressed, field activated")
    same(report["focus"], focus, "focus")


def scan_reaches_nobody_else(stage):
    """a scan is a scan with nothing, a field or a button focused, ended by Enter, Tab or nothing; it types, presses and moves nothing"""
    for focus in ("none", "field", "button"):
        for end in ("Return", "Tab", "KP_Enter", None):
            report = stage.stimulate(focus, 9 + bool(end), lambda: scanner("1048-7213", end), fast)
            expect(report, focus, ["1048-7213"])


def late_enter(stage):
    """an Enter that comes late after a scan that ended by silence presses no button"""
    def do():
        scanner("1048-7213", None)
        stage.wait(lambda: stage.report()["scans"], "the scan", 10)
        xdotool("key", "Return")
    report = stage.stimulate("button", 10, do, lambda seen: 100 < seen["longest"] < 380)
    expect(report, "button", ["1048-7213"])


def double_reads(stage):
    """a code read twice is two scans, and two codes in one breath are two scans"""
    def do():
        xdotool("type", "--delay", "2", "--args", "1", "STF-0012", "key", "--delay", "0", "Return", "type", "--delay", "2", "--args", "1",
                "STF-0012", "key", "--delay", "0", "Return", "type", "--delay", "2", "--args", "1", "RC:back", "key", "--delay", "0", "Tab")
    for focus in ("none", "button"):
        expect(stage.stimulate(focus, 26, do, fast), focus, ["STF-0012", "STF-0012", "RC:back"])


def by_hand(stage):
    """what a hand types goes to the focused field, accents too, and its Enter activates it; Space and Enter press the focused button"""
    report = stage.stimulate("field", 10, lambda: xdotool("type", "--delay", "120", "Zoé 12-34."), slow)
    expect(report, "field", [], text="Zoé 12-34.")
    report = stage.stimulate("field", 5, lambda: xdotool("key", "--delay", "120", "a", "b", "c", "d", "Return"), slow)
    expect(report, "field", [], text="abcd", activated=1)
    for key in ("space", "Return"):
        report = stage.stimulate("button", 1, lambda: xdotool("key", key), lambda _: True)
        expect(report, "button", [], pressed=1)


def hand_then_scan(stage):
    """a scan in the middle of a word leaves the word as it was typed"""
    def do():
        xdotool("key", "--delay", "150", "a", "b")
        time.sleep(0.2)
        scanner("3760123450011")
        time.sleep(0.2)
        xdotool("key", "--delay", "150", "c")
    report = stage.stimulate("field", 17, do, lambda seen: seen["shortest"] <= SCAN_GAP)
    if [scan for scan, _ in report["scans"]] != ["3760123450011"]:  # typed too slowly to be a scan: another try
        report = stage.stimulate("field", 17, do, lambda seen: bool(seen["scans"]))
    expect(report, "field", ["3760123450011"], text="abc")


def held_key(stage):
    """a key held down is typed, however fast it repeats"""
    report = stage.stimulate("field", 8, lambda: xdotool("key", "--delay", "8", *"aaaaaaaa"), fast)
    expect(report, "field", [], text="aaaaaaaa")


def few_characters(stage):
    """three characters are no scan, however fast, and nothing of them is lost"""
    expect(stage.stimulate("field", 3, lambda: scanner("abc", None), fast), "field", [], text="abc")


def other_layout(stage):
    """a scanner set to a US keyboard on a French screen is read both ways; the screen's own layout still types"""
    subprocess.run(["setxkbmap", "fr"], check=True, timeout=20)
    try:
        keys = [CODES[c] for c in "1048-7213"]
        report = stage.stimulate("field", 10, lambda: xdotool("key", "--delay", "2", *keys, "36"), fast)
        same(report["scans"], [["&à'_)èé&\"", "1048-7213"]], "read as the screen has it, and as the scanner meant it")
        same(report["text"], "", "in the field")
        report = stage.stimulate("field", 3, lambda: xdotool("key", "--delay", "120", "11", "24", "61"), slow)
        expect(report, "field", [], text="éa!")
        report = stage.stimulate("button", 10, lambda: scanner("1048-7213"), fast)
        expect(report, "button", ["1048-7213"])
    finally:
        subprocess.run(["setxkbmap", "us"], check=True, timeout=20)


def control_characters(stage):
    """the separator of GS1 is kept, other control characters are left out, none of them does what it would by hand"""
    keys = ["0", "1", "3", "7", "ctrl+bracketright", "2", "1", "ctrl+a", "9", "ctrl+h", "8", "Return"]
    for focus in ("field", "button"):
        report = stage.stimulate(focus, len(keys), lambda: xdotool("key", "--delay", "2", *keys), fast)
        expect(report, focus, ["0137\x1d2198"])


def busy_program(stage):
    """a program that was busy for half a second in the middle of a scan still takes it for one"""
    def do():
        stage.say("busy 500")
        time.sleep(0.09)
        scanner("R0214A-00382-5")
    for focus in ("field", "button"):
        expect(stage.stimulate(focus, 15, do, fast), focus, ["R0214A-00382-5"])


def endless_code(stage):
    """ten thousand characters are one scan, and what comes after them is another"""
    text = "0123456789" * 1000

    def do():
        xdotool("type", "--delay", "0", "--args", "1", text, "key", "--delay", "0", "Return")
        scanner("1048-7213")
    report = stage.stimulate("button", 10011, do, lambda seen: len(seen["scans"]) == 2 or fast(seen))
    same([len(scan) for scan, _ in report["scans"]], [10000, 9], "characters")
    same(report["scans"][0][0], text, "the scan")
    same((report["text"], report["pressed"]), ("", 0), "nothing else")


def main():
    tests = [scan_reaches_nobody_else, late_enter, double_reads, by_hand, hand_then_scan, held_key, few_characters, other_layout,
             control_characters, busy_program, endless_code]
    wanted = sys.argv[2:]
    failed = 0
    stage = Stage(sys.argv[1])
    chosen = [test for test in tests if not wanted or test.__name__ in wanted]
    for number, test in enumerate(chosen, 1):
        began = time.monotonic()
        try:
            test(stage)
            print(f"ok {number} - {test.__doc__}")
        except Exception as failure:
            failed += 1
            print(f"not ok {number} - {test.__doc__}")
            print("#", type(failure).__name__, str(failure).replace("\n", " ")[:2000])
        print(f"# {time.monotonic() - began:.1f} s", flush=True)
    print(f"1..{len(chosen)}")
    return 1 if stage.close() or failed else 0


sys.exit(main())
