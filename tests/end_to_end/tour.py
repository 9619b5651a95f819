#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""tour.py BUILD DIRECTORY [--orders N] [--seed S] [--language fr|en]

Drives one whole return in the real window, without a display and without a person, and leaves in DIRECTORY a numbered
screenshot of every step, the proof as PDF, PNG and ESC/POS, and a transcript.
"""
import argparse
import os
import re
import shutil
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("build")
parser.add_argument("directory")
parser.add_argument("--orders", type=int, default=10000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--language", default="fr", choices=["fr", "en"])
options = parser.parse_args()
driver.inside_session()

WORDS = {
    "fr": {"ready": "Prêt à scanner", "why": re.compile("Pourquoi ce retour"), "recorded": "Retour enregistré",
           "register": "Registre", "results": "Sur cette tablette"},
    "en": {"ready": "Ready to scan", "why": re.compile("Why this return"), "recorded": "Return recorded",
           "register": "Register", "results": "On this tablet"},
}[options.language]
UNKNOWN = re.compile("Code inconnu|Unknown code")


class Tour:
    def __init__(self):
        self.steps = 0
        os.makedirs(options.directory, exist_ok=True)
        self.transcript = open(os.path.join(options.directory, "transcript.txt"), "w", encoding="utf-8")
        self.began = time.monotonic()

    def say(self, text):
        line = f"{time.monotonic() - self.began:6.1f} s  {text}"
        print(line, flush=True)
        self.transcript.write(line + "\n")
        self.transcript.flush()

    def step(self, screen, name, text):
        self.steps += 1
        file = f"{self.steps:02d}-{name}.png"
        screen.picture(os.path.join(options.directory, file))
        self.say(f"{file}: {text}")


def scan(screen, text, seen):
    """On a machine under load a burst of keys may come too slowly to be a scan: as a clerk, one scans again."""
    for attempt in range(4):
        screen.scan(text)
        try:
            return driver.wait_for(lambda: screen.look(seen), f"{seen!r} after scanning {text}", 10)
        except AssertionError:
            if attempt == 3:
                raise
            if screen.look(UNKNOWN):
                screen.key("Escape")
                time.sleep(1)


def main():
    tour = Tour()
    with driver.Programs(options.build) as programs:
        tour.say(f"sandbox OMS with {options.orders} orders, seed {options.seed}")
        sandbox = driver.Sandbox(programs, orders=options.orders, seed=options.seed)
        data, paper = programs.path("terminal"), programs.path("paper")
        os.mkdir(paper)
        tour.say(f"listening at {sandbox.address}; enrolling a terminal and pulling its orders")
        sandbox.enrol(data)
        order = programs.ctl("order", "1048-7213", "--json", data=data)
        dress, jumper = order["lines"][0]["gtin"], order["lines"][1]["gtin"]

        screen = driver.Screen(programs, data, "--printer", "dir:" + paper, language=options.language)
        screen.find("Camille M.")
        tour.step(screen, "lock", "the desk is locked: a badge or a code opens it")
        scan(screen, "STF-0001", WORDS["ready"])
        time.sleep(9)  # the greeting leaves after 8 s
        tour.step(screen, "home", "Camille's badge STF-0001 was scanned: ready")
        screen.type("amandine rouss")
        screen.find(re.compile("Amandine"))
        time.sleep(1)
        tour.step(screen, "search", "typed by hand: « amandine rouss », found here and asked from the OMS")
        scan(screen, "1048-7213", "Robe chemise Ysé")
        time.sleep(0.5)
        tour.step(screen, "order", "scanned: the order 1048-7213")
        scan(screen, dress, WORDS["why"])
        tour.step(screen, "item", f"scanned: the dress {dress}; its sheet opens")
        scan(screen, "RC:reason:size_small", WORDS["why"])
        scan(screen, "RC:condition:new_sealed", re.compile("56,74|56\\.74"))
        time.sleep(0.5)
        tour.step(screen, "chosen", "reason: too small; condition: new with tags")
        scan(screen, jumper, re.compile("EAN.*31[,.]25"))
        time.sleep(1)
        scan(screen, "RC:reason:changed_mind", WORDS["why"])
        scan(screen, "RC:condition:new_opened", re.compile("83,40|83\\.40"))
        screen.scan("RC:next")
        time.sleep(9)
        tour.step(screen, "workspace", f"scanned: the jumper {jumper}, not to taste, opened: 83,40 € to refund, explained")
        scan(screen, "RC:confirm", re.compile(WORDS["recorded"]))
        proof = driver.wait_for(
            lambda: sorted(name for name in os.listdir(paper) if name.endswith(".escpos")), "the printed proof")
        tour.say("confirmed: recorded here before anything else, then printed: " + ", ".join(sorted(os.listdir(paper))))
        driver.wait_for(lambda: sandbox.returns(), "the return at the OMS")
        time.sleep(1)
        tour.step(screen, "proof", "the proof in the customer's hand, on the screen too")
        returns = sandbox.returns()
        tour.say(f"the OMS has {len(returns)} return: {returns[0]['number']}, {returns[0]['total']} {returns[0]['currency']}, "
                 f"refund {returns[0]['refund']}")
        screen.key("F2")
        screen.find(re.compile(returns[0]["number"]))
        tour.step(screen, "register", "the register")
        screen.key("F1")
        screen.find(WORDS["ready"])
        time.sleep(1)
        tour.step(screen, "home-again", "ready for the next customer")
        screen.key("ctrl+l")
        screen.find("Camille M.")
        tour.step(screen, "locked", "locked again")
        screen.end()

        for name in sorted(os.listdir(paper)):
            shutil.copy(os.path.join(paper, name), os.path.join(options.directory, "proof" + os.path.splitext(name)[1]))
        codes = driver.read_codes(os.path.join(options.directory, "proof.png"))
        tour.say("read back from the printed proof: " + ", ".join(f"{kind} {text[:24]}" for kind, text in codes))
        if not any(text == returns[0]["number"] for _, text in codes) or len(returns) != 1 or not proof:
            raise SystemExit("the proof does not carry its number")
    tour.say(f"done: {tour.steps} pictures in {options.directory}")


main()
