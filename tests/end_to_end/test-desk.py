#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-desk.py BUILD LANGUAGE: the desk from sign-in to the proof, in the real window, through AT-SPI and typed scans.

The sandbox is the OMS: what it received is asked from it, not from the screen.
"""
import os
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402

BUILD, LANGUAGE = sys.argv[1], sys.argv[2]
driver.inside_session()
wait_for = driver.wait_for

WORDS = {
    "fr": dict(ready="Prêt à scanner", why=re.compile("Pourquoi ce retour"), recorded=re.compile("Retour enregistré"),
               offline=re.compile("Hors ligne"), unknown=re.compile("Code inconnu"), wrong=re.compile("Code incorrect"),
               refund="83,40", dress="56,74", open="Retour est déjà ouvert", close="Fermer"),
    "en": dict(ready="Ready to scan", why=re.compile("Why this return"), recorded=re.compile("Return recorded"),
               offline=re.compile("Offline"), unknown=re.compile("Unknown code"), wrong=re.compile("Wrong code"),
               refund="83.40", dress="56.74", open="Retour is already open", close="Close"),
}[LANGUAGE]

points = driver.Points()


class Desk:
    """One terminal with its window, and the two articles of the reference order."""

    def __init__(self, programs, sandbox, name, letter):
        self.programs, self.sandbox = programs, sandbox
        self.data, self.paper = programs.path(name), programs.path(name + "-paper")
        os.mkdir(self.paper)
        sandbox.enrol(self.data, terminal=letter)
        self.screen = None

    def open(self):
        self.screen = driver.Screen(self.programs, self.data, "--printer", "dir:" + self.paper, language=LANGUAGE)
        self.screen.find("Camille M.")

    def order(self, number):
        return self.programs.ctl("order", number, "--json", data=self.data)

    def scan_until(self, text, seen):
        """On a machine under load a burst of keys may come too slowly to be a scan: as a clerk, one scans again."""
        for attempt in range(4):
            self.screen.scan(text)
            try:
                return wait_for(lambda: self.screen.look(seen), f"{seen!r} after scanning {text}", 12)
            except AssertionError:
                if seen != WORDS["unknown"] and self.screen.look(WORDS["unknown"]):
                    self.screen.key("Escape")
                    time.sleep(1)
                if attempt == 3:
                    raise AssertionError(f"{text} never led to {seen!r}\n{self.screen.describe()}") from None

    def sign_in(self, badge="STF-0001"):
        self.scan_until(badge, WORDS["ready"])

    def choose(self, line, reason, condition, amount):
        self.scan_until(line["gtin"], WORDS["why"])
        self.scan_until(f"RC:reason:{reason}", WORDS["why"])
        self.scan_until(f"RC:condition:{condition}", re.compile(re.escape(amount)))
        time.sleep(0.5)



def whole_return(desk):
    screen = desk.screen
    order = desk.order("1048-7213")
    desk.scan_until("1048-7213", "Amandine Roussel")
    desk.choose(order["lines"][0], "size_small", "new_sealed", WORDS["dress"])
    desk.screen.scan("RC:next")
    desk.choose(order["lines"][1], "changed_mind", "new_opened", WORDS["refund"])
    desk.screen.scan("RC:next")
    screen.find(re.compile(re.escape(WORDS["refund"])))
    desk.scan_until("RC:confirm", WORDS["recorded"])


def check_proof(desk):
    returns = wait_for(desk.sandbox.returns, "the return at the OMS")
    assert len(returns) == 1, returns
    assert returns[0]["total"] == 8340, returns
    number = returns[0]["number"]
    desk.screen.find(number)
    picture = desk.programs.path("proof-screen.png")
    desk.screen.picture(picture)
    shown = driver.read_codes(picture)
    printed = wait_for(lambda: [n for n in os.listdir(desk.paper) if n.endswith(".png")], "the printed proof")
    paper = driver.read_codes(os.path.join(desk.paper, printed[0]))
    for what, codes in (("screen", shown), ("paper", paper)):
        texts = [text for _, text in codes]
        assert number in texts, (what, codes)
        token = next(text for text in texts if text.startswith("RT1:"))
        verdict = desk.programs.ctl("proof", "verify", token, "--json", data=desk.data)
        assert verdict["verdict"] == "valid" and verdict["total"] == 8340, (what, verdict)


def wrong_pin_then_right(desk):
    screen = desk.screen
    screen.click(re.compile("Camille"))
    time.sleep(1.5)  # GTK activates a button a quarter of a second after it was asked to
    screen.type("000000")
    screen.find(WORDS["wrong"])
    screen.type("284159")
    screen.find(WORDS["ready"])


def unknown_code(desk):
    desk.scan_until("3760123450004", WORDS["unknown"])
    assert any("3760123450004" in re.sub(r"\s", "", text) for text in desk.screen.texts()), desk.screen.describe()


def killed_draft_is_there(desk):
    order = desk.order("1046-0031")
    line = next(l for l in order["lines"] if l["delivered"] > l.get("returned", 0))
    desk.scan_until("1046-0031", re.compile("Paul Martin"))
    desk.scan_until(line["gtin"], WORDS["why"])
    desk.scan_until("RC:reason:size_small", WORDS["why"])
    desk.screen.scan("RC:condition:new_sealed")
    wait_for(lambda: drafted(desk) == [(line["id"], "size_small", "new_sealed")], "the gesture in the file")
    desk.screen.end(signal.SIGKILL)
    desk.open()
    desk.sign_in()
    desk.scan_until("1046-0031", re.compile("Paul Martin"))
    assert drafted(desk) == [(line["id"], "size_small", "new_sealed")], drafted(desk)
    desk.screen.find(re.compile(re.escape(line["title"])))


def drafted(desk):
    """What the file holds, read by a connection of one's own."""
    done = subprocess.run(
        ["sqlite3", "-readonly", os.path.join(desk.data, "retour.db"),
         "SELECT json_extract (e.value, '$.line'), json_extract (e.value, '$.reason'), json_extract (e.value, '$.condition')"
         " FROM drafts d, json_each (d.document, '$.lines') e"], capture_output=True, text=True, timeout=20)
    return [tuple(row.split("|")) for row in done.stdout.split()]


def offline_then_back(desk):
    before = len(desk.sandbox.returns())
    desk.sandbox.stop()
    wait_for(lambda: desk.screen.look(WORDS["offline"]), "offline is said", 60)
    desk.scan_until("RC:confirm", WORDS["recorded"])
    status = desk.programs.ctl("status", "--json", data=desk.data)
    assert status["to_send"] == 1, status
    assert desk.screen.look(re.compile("Remboursé$|^Refunded$")) is None, desk.screen.describe()
    desk.sandbox.start()
    returns = wait_for(lambda: [r for r in desk.sandbox.returns()] if len(desk.sandbox.returns()) > before else None,
                       "the return at the OMS once it is back", 60)
    assert len(returns) == before + 1, returns
    wait_for(lambda: desk.programs.ctl("status", "--json", data=desk.data)["to_send"] == 0, "nothing left to send", 60)


def second_terminal_is_refused(desk):
    second = driver.Screen(desk.programs, desk.data, language=LANGUAGE, log="second.log")
    second.find(WORDS["open"])
    second.click(WORDS["close"])
    assert second.process.wait(driver.PATIENCE) == 4, f"it ended with {second.process.returncode}"
    said = open(second.process.log, errors="replace").read()
    assert f"{desk.screen.process.pid}" in said, f"it does not name the first: {said}"


def duplicate_says_so(desk):
    number = desk.sandbox.returns()[-1]["number"]
    again = desk.programs.path("again")
    os.mkdir(again)
    answer = desk.programs.ctl("proof", "print", number, "--printer", "dir:" + again, "--json", data=desk.data)
    assert answer["duplicate"] >= 1, answer
    text = subprocess.run(["pdftotext", "-layout", os.path.join(again, number + ".pdf"), "-"], capture_output=True, text=True,
                          timeout=60).stdout
    assert "DUPLICAT" in text.upper(), text


def main():
    with driver.Programs(BUILD) as programs:
        sandbox = driver.Sandbox(programs, orders=300, options=["--refund-delay", "600"])
        desk = Desk(programs, sandbox, "terminal", "A")
        desk.open()
        steps = [
            ("a wrong code is refused, the right one opens the desk", lambda: wrong_pin_then_right(desk)),
            ("an unknown code says what was read", lambda: unknown_code(desk)),
            ("scan order, item, reason, condition, twice, and confirm", lambda: whole_return(desk)),
            ("one return is at the OMS; screen and paper carry its valid proof", lambda: check_proof(desk)),
            ("printed again it says DUPLICATA", lambda: duplicate_says_so(desk)),
            ("a second terminal on the same directory is refused", lambda: second_terminal_is_refused(desk)),
            ("after kill -9 the draft is there as it was", lambda: killed_draft_is_there(desk)),
            ("offline it is recorded here, and sent once the OMS is back", lambda: offline_then_back(desk)),
        ]
        for name, step in steps:
            if not points.run(f"{LANGUAGE}: {name}", step) and desk.screen:
                desk.screen.picture(f"/tmp/retour-failed-{LANGUAGE}-{points.count}.png")
        print("#", open(desk.screen.process.log, errors="replace").read()[-1500:].replace("\n", "\n# "))
    return points.finish()


sys.exit(main())
