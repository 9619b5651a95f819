#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-approvals.py BUILD [--pictures DIRECTORY] [--language fr|en]

A clerk asks for an approval, a manager at another terminal of the store answers: two real windows and one OMS. Approved, the
return is recorded with that approval and the OMS takes it; refused, the clerk is back where the question was asked; and with
the network cut while waiting, the manager comes and decides on the spot. TAP."""
import argparse
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("build")
parser.add_argument("--pictures")
parser.add_argument("--language", default="en", choices=["fr", "en"])
options = parser.parse_args()
driver.inside_session()
wait_for = driver.wait_for

WORDS = {
    "en": dict(why="Why this return?", reason="^Not to taste", condition="^Worn", approval="^Ask for approval",
               elsewhere="Ask a manager on another terminal", waiting="Waiting for a manager elsewhere", todo="To do, 1 approval asked",
               asked="Approval asked", decides="decides\\.", motive="Loyal customer", approve="^Approve", refuse="Refuse",
               approved=": approved by", refused=": refused by", understood="Understood", recorded="Return recorded",
               offline="^No network", here="Decide here after all", ready="Ready to scan", list="To do",
               confirm="^Confirm return"),
    "fr": dict(why="Pourquoi ce retour\u202f?", reason="^Ne plaît pas", condition="^Porté", approval="^(Demander l’accord|Faire approuver)",
               elsewhere="Demander à un responsable sur un autre terminal", waiting="En attente d’un responsable",
               todo="À traiter, 1 accord demandé", asked="Accord demandé", decides="décide", motive="Client fidèle",
               approve="^Approuver", refuse="Refuser", approved="approuvé par", refused="refusé par", understood="Compris",
               recorded="Retour enregistré", offline="^Hors ligne", here="Décider ici finalement", ready="Prêt à scanner",
               list="À traiter", confirm="^Valider le retour"),
}[options.language]
points = driver.Points()


class Place:
    """A terminal and its window. Keys go to the display, not to a window: what is typed is typed by assistive means only."""

    def __init__(self, store, letter):
        self.store, self.letter = store, letter
        self.data = store.programs.path("terminal-" + letter)
        store.sandbox.enrol(self.data, terminal=letter)
        self.screen = None

    def open(self):
        self.screen = driver.Screen(self.store.programs, self.data, language=options.language, log=f"retour-{self.letter}.log")
        self.screen.find("Camille M.")

    def forward(self):
        """Brings its window to the front, so that what is typed and pictured is its."""
        window = subprocess.run(["xdotool", "search", "--all", "--pid", str(self.screen.process.pid), "--onlyvisible", "--name", "Retour"],
                                check=True, capture_output=True, text=True, timeout=20).stdout.split()[-1]
        subprocess.run(["xdotool", "windowraise", window, "windowfocus", "--sync", window], check=True, timeout=20)

    def scan(self, text, wanted):
        for _ in range(4):
            self.forward()
            self.screen.scan(text)
            try:
                return self.screen.find(re.compile(wanted), patience=8)
            except AssertionError as failure:
                last = failure
        raise last

    def choose(self, tile):
        self.screen.click(re.compile(tile))
        wait_for(lambda: (node := self.screen.look(re.compile(tile), "button")) and self.screen.is_pressed(node), f"{tile} pressed")

    def has(self, pattern, patience=driver.PATIENCE):
        return self.screen.find(re.compile(pattern), patience=patience)

    def open_first(self, wanted):
        """The page of what is to do comes up with the focus on the oldest request."""
        for _ in range(4):
            self.forward()
            self.screen.key("F1", "F3", "Return")
            try:
                return self.screen.find(wanted, "button", patience=6)
            except AssertionError as failure:
                last = failure
        raise last

    def journal(self):
        done = subprocess.run(["sqlite3", "-readonly", os.path.join(self.data, "retour.db"),
                               "SELECT kind || ' ' || coalesce (actor, '-') || ' ' || body FROM audit WHERE kind LIKE 'approval.%'"
                               " ORDER BY sequence"], capture_output=True, text=True, timeout=20)
        return done.stdout.splitlines()


class Store:
    def __init__(self, programs):
        self.programs = programs
        self.sandbox = driver.Sandbox(programs, orders=300, options=["--refund-delay", "600"])
        self.desk, self.office = Place(self, "A"), Place(self, "B")
        people = [json.loads(line) for line in self.sandbox.admin("staff", parse=False).splitlines() if line.strip()]
        self.manager = next(person for person in people if person["role"] == "manager")
        self.pictures = 0

    def picture(self, place, name):
        if options.pictures:
            os.makedirs(options.pictures, exist_ok=True)
            self.pictures += 1
            place.forward()
            place.screen.picture(os.path.join(options.pictures, f"{self.pictures:02d}-{name}.png"))

    def open(self):
        self.desk.open()
        self.desk.scan("STF-0001", WORDS["ready"])
        self.office.open()
        self.office.scan(self.manager["badge"], WORDS["ready"])

    def fill(self, number):
        """A worn article of an order: its condition asks for a manager."""
        lines = self.programs.ctl("order", number, "--json", data=self.desk.data)["lines"]
        line = next(line for line in lines if line["delivered"] > line.get("returned", 0))
        self.desk.scan(number, re.escape(line["title"]))
        self.desk.scan(line["gtin"], WORDS["why"])
        self.desk.choose(WORDS["reason"])
        self.desk.choose(WORDS["condition"])
        self.desk.screen.click(re.compile(WORDS["approval"]))
        self.desk.screen.find(WORDS["elsewhere"], "button")

    def ask(self):
        self.desk.screen.click(WORDS["elsewhere"])
        self.desk.has(WORDS["waiting"])
        self.picture(self.desk, "waiting")

    def clerk_asks(self):
        self.fill("1048-7213")
        self.picture(self.desk, "sheet")
        self.ask()

    def open_request(self, customer, number):
        self.office.screen.find(WORDS["todo"], "button")
        self.office.forward()
        self.office.screen.key("F1", "F3")
        row = self.office.has("^Camille M\\. · Lyon Bellecour, terminal A\\.")
        self.picture(self.office, "list")
        assert f"{customer} · {number}" in row.get_name(), row.get_name()
        self.office.open_first(WORDS["motive"])

    def identify(self, place):
        place.choose("^" + self.manager["name"].split()[0])
        place.screen.press_code(self.manager["pin"])
        place.has(WORDS["decides"])

    def manager_sees_and_approves(self):
        self.open_request("Amandine R.", "1048-7213")
        self.identify(self.office)
        self.office.choose("^" + WORDS["motive"])
        self.picture(self.office, "request")
        self.office.screen.click(re.compile(WORDS["approve"]))
        self.office.screen.gone(WORDS["motive"])

    def answer_comes_back(self):
        self.desk.has(WORDS["approved"])
        self.desk.screen.gone(WORDS["elsewhere"])
        self.picture(self.desk, "approved")
        self.desk.screen.click(re.compile(WORDS["confirm"]))
        self.desk.has(WORDS["recorded"])

    def oms_has_it(self):
        returns = wait_for(self.sandbox.returns, "the return at the OMS")
        approvals = returns[0]["body"]["approvals"]
        assert [(a["rule"], a["approver"], a["requester"], a["motive"]) for a in approvals] == [
            ("condition", self.manager["id"], "stf_1", WORDS["motive"])], approvals
        assert not self.sandbox.admin("alarms"), self.sandbox.admin("alarms")
        asked, given = self.desk.journal()
        assert asked.startswith("approval.asked stf_1") and given.startswith(f"approval.given {self.manager['id']}"), (asked, given)
        assert WORDS["motive"] in given and " at 0214 B " in given, given
        assert any(line.startswith(f"approval.given {self.manager['id']}") and "by stf_1 at 0214 A" in line
                   for line in self.office.journal()), self.office.journal()

    def manager_refuses(self):
        self.fill("1046-0031")
        self.ask()
        self.open_request("Paul M.", "1046-0031")
        self.identify(self.office)
        self.office.screen.click(WORDS["refuse"])
        self.office.screen.gone(WORDS["motive"])
        self.desk.has(WORDS["refused"])
        self.picture(self.desk, "refused")
        self.desk.screen.click(WORDS["understood"])
        self.desk.screen.find(re.compile(WORDS["approval"]), "button")
        assert self.desk.journal()[-1].startswith(f"approval.refused {self.manager['id']}"), self.desk.journal()
        assert len(self.sandbox.returns()) == 1

    def network_is_cut(self):
        self.desk.screen.click(re.compile(WORDS["approval"]))
        self.ask()
        self.sandbox.stop()
        self.desk.has(WORDS["offline"])
        self.picture(self.desk, "offline")
        self.desk.screen.click(WORDS["here"])
        self.identify(self.desk)
        self.desk.screen.click(re.compile(WORDS["approve"]))
        self.desk.screen.gone(WORDS["motive"])
        self.desk.screen.click(re.compile(WORDS["confirm"]))
        self.desk.has(WORDS["recorded"])

    def all_of_it_arrives(self):
        self.sandbox.start()
        returns = wait_for(lambda: found if len(found := self.sandbox.returns()) == 2 else None, "both returns at the OMS", 60)
        assert {a["approver"] for r in returns for a in r["body"]["approvals"]} == {self.manager["id"]}, returns
        assert self.desk.journal()[-1].startswith("approval.withdrawn stf_1"), self.desk.journal()
        wait_for(lambda: self.programs.ctl("status", "--json", data=self.desk.data)["to_send"] == 0, "nothing left to send")
        kinds = [o["kind"] for o in self.sandbox.admin("operations") if o["answer"]["answer"] == "accepted"]
        assert kinds.count("approval.decide") == 3, kinds


def main():
    with driver.Programs(options.build) as programs:
        store = Store(programs)
        began = time.monotonic()
        for name, step in [
            ("a clerk and a manager open their terminals", store.open),
            ("the clerk asks a manager elsewhere and waits", store.clerk_asks),
            ("the manager sees what for, for whom, from where, and approves", store.manager_sees_and_approves),
            ("the answer comes back, the return is recorded", store.answer_comes_back),
            ("the OMS has the return with that approval, both journals say so", store.oms_has_it),
            ("refused, the clerk is back where it was asked", store.manager_refuses),
            ("with the network cut while waiting, it is decided on the spot", store.network_is_cut),
            ("once the network is back all of it arrives", store.all_of_it_arrives),
        ]:
            if not points.run(name, step):
                for place in (store.desk, store.office):
                    if place.screen:
                        print("#", place.letter, place.screen.process.poll(),
                              open(place.screen.process.log, errors="replace").read()[-1500:].replace("\n", "\n# "))
                        print("#", place.screen.describe().replace("\n", "\n# "))
                break
        print(f"# {time.monotonic() - began:.0f} s")
    return points.finish()


sys.exit(main())
