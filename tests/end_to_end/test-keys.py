#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-keys.py BUILD: lock, home, search, register, to do, settings and a proof by the keyboard alone, as assistive technology
sees them: every control that takes the focus has a name, and Tab comes to every one that can be used. TAP."""
import os
import re
import sys
import time

import driver
from driver import wait_for

driver.inside_session()

CONTROLS = ("push button", "button", "toggle button", "check box", "radio button", "text", "entry", "slider", "spin button", "combo box", "link")


class Showcase(driver.Screen):
    """The desk of the mock-ups instead of an enrolled terminal."""

    def __init__(self, programs, page):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self.atspi = Atspi
        Atspi.init()
        self.programs = programs
        self.process = programs.start([os.path.join(programs.build, "tests", "ui", "showcase"), page, "--language", "fr"], "showcase.log")
        self.application = wait_for(self._find_application, "the window")

    def has(self, node, *names):
        states = node.get_state_set()
        return all(states.contains(getattr(self.atspi.StateType, name)) for name in names)

    def focusable(self):
        found = []
        for node in self.walk():
            try:
                if self.has(node, "FOCUSABLE", "SENSITIVE", "VISIBLE"):
                    found.append(node)
            except Exception:
                continue
        return found

    def nameless(self):
        return [f"{node.get_role_name()} in {self._place(node)}" for node in self.focusable()
                if node.get_role_name() in (*CONTROLS, "list", "list item") and not (node.get_name() or "").strip()]

    @staticmethod
    def _place(node):
        names = []
        while node is not None and len(names) < 4:
            node = node.get_parent()
            if node is not None:
                names.append(node.get_name() or node.get_role_name())
        return " < ".join(names)

    def controls(self):
        return [node for node in self.focusable() if node.get_role_name() in CONTROLS]

    def focused(self, among):
        for node in among:
            try:
                if self.has(node, "FOCUSED"):
                    return node
            except Exception:
                continue
        return None

    def tab_name(self):
        node = self.tab()
        return (node.get_name() or None) if node else None

    def tab_round(self):
        """Names that Tab comes to, and those of the controls there are."""
        there = {node.get_name() for node in self.controls()}
        visited = []
        for _ in range(2 * len(there) + 12):
            visited.append(self.tab_name())
            if there <= set(visited):
                break
        return visited, there

    def tab_to(self, name):
        came = []
        for _ in range(40):
            came.append(self.tab_name())
            if came[-1] is not None and self._fits(came[-1], name):
                return
        raise AssertionError(f"Tab never comes to {name!r}: {came}")


    def scan_until(self, text, seen):
        """On a machine under load a burst of keys may come too slowly to be a scan: as a clerk, one scans again."""
        for attempt in range(4):
            self.scan(text)
            try:
                return self.find(seen, patience=8)
            except AssertionError:
                if attempt == 3:
                    raise
                while self.look("Scanner actif"):
                    self.key("Escape")
                    time.sleep(0.5)


def main():
    points = driver.Points()
    with driver.Programs(sys.argv[1]) as programs:
        screen = Showcase(programs, "lock")

        def named(where):
            missing = screen.nameless()
            assert not missing, f"{where}: {missing}"

        def everywhere(where):
            named(where)
            for _ in range(2):  # what was still coming up in the first round stands in the second
                visited, there = screen.tab_round()
                assert len(there) > 3, f"{where}: only {there}"
                left_out = sorted(there - set(visited))
                if not left_out:
                    break
            assert not left_out, f"{where}: Tab never comes to {left_out}; it comes to {visited}"

        def lock():
            screen.find(re.compile("Scannez votre badge"))
            named("lock")
            screen.type("123456")
            screen.find("Prêt à scanner")

        def home():
            everywhere("home")

        def rooms():
            screen.key("F2")
            screen.find("Rien ne s’y efface")
            everywhere("register")
            screen.key("F3")
            screen.find("Dossiers")
            everywhere("to do")
            screen.key("F1")
            screen.find("Prêt à scanner")

        def case():
            """The oldest is suggested to give way to the other return; it is closed, taken back at once, and found among the closed."""
            screen.key("F3")
            screen.find("Dossiers")
            screen.key("Home")
            screen.find("R0309B-01120-9")
            screen.find(re.compile("^1 opération suivante"))
            screen.key("ctrl+Return")
            screen.find("Le dossier est réglé.")
            screen.find("1 dossier, le plus ancien d’abord")
            screen.click(re.compile("^Annuler"))
            screen.find("2 dossiers, le plus ancien d’abord")
            screen.find("R0309B-01120-9")
            screen.key("ctrl+Return")
            screen.find("1 dossier, le plus ancien d’abord")
            screen.click("Voir les dossiers réglés")
            screen.find("1 dossier réglé")
            screen.find("R0309B-01120-9")
            screen.click("Voir les dossiers réglés")
            screen.find("1 dossier, le plus ancien d’abord")
            screen.key("F1")
            screen.find("Prêt à scanner")

        def search():
            screen.key("ctrl+f")
            screen.find("Scanner actif")
            screen.type("rouss")
            screen.find(re.compile("1048-7213"))
            everywhere("search")
            screen.key("Escape")
            screen.find("Prêt à scanner")
            screen.key("slash")
            screen.find("Scanner actif")
            screen.key("Escape")
            screen.find("Prêt à scanner")
            screen.type("d")
            screen.find("Scanner actif")
            screen.key("Escape")
            screen.find("Prêt à scanner")

        def settings():
            screen.tab_to(re.compile("réglages"))
            screen.key("space")
            sheet = screen.find("Réglages", "dialog")
            everywhere("settings")
            names = {node.get_name() for node in screen.walk(sheet)}
            focused = screen.focused(screen.focusable())
            assert focused is not None and focused.get_name() in names, "the focus left the sheet"
            screen.key("Escape")
            screen.gone("Réglages", "dialog")
            assert screen.focused([screen.find(re.compile("réglages"), "button")]), "the focus is not back where it was"

        def exchange():
            screen.tab_to("Tout est envoyé et à jour.")
            screen.key("Return")
            screen.find("Échange avec l’OMS", "dialog")
            named("exchange")
            screen.key("Escape")
            screen.gone("Échange avec l’OMS", "dialog")

        def proof():
            screen.key("F2")
            screen.find("Rien ne s’y efface")
            screen.tab_to("Tout")
            screen.key("Tab")
            screen.key("Return")
            screen.find("Preuve de retour")
            everywhere("proof")
            screen.key("ctrl+p")
            screen.find("Pas d’imprimante")
            screen.key("Escape")
            screen.find("Rien ne s’y efface")

        def toast():
            screen.scan_until("STF-0012", "Vous êtes déjà connecté.")
            screen.key("Escape")
            screen.find("Prêt à scanner")

        def lock_again():
            screen.key("ctrl+l")
            screen.find(re.compile("Scannez votre badge"))
            screen.key("F2")
            screen.key("ctrl+f")
            time.sleep(0.3)
            assert not screen.look("Rien ne s’y efface") and not screen.look("Scanner actif"), "a locked desk opened a room"
            screen.scan_until("STF-0012", "Prêt à scanner")

        for name, step in (("the desk opens with a code that is typed", lock), ("home", home), ("F2, F3 and F1: register, to do, home", rooms),
                           ("a case is decided with Ctrl+Enter and taken back", case),
                           ("Ctrl+F, / and a letter search, Escape leaves", search), ("settings, and back to where one was", settings),
                           ("the exchange with the OMS", exchange), ("a proof, printed with Ctrl+P", proof),
                           ("Escape goes back while a word is shown", toast), ("Ctrl+L locks, and keys open nothing then", lock_again)):
            began = time.monotonic()
            passed = points.run(name, step)
            print(f"# {time.monotonic() - began:.1f} s", flush=True)
            if not passed and name.startswith("the desk opens"):
                break
        trouble = [line for line in open(screen.process.log, errors="replace") if "CRITICAL" in line or "WARNING" in line]
        points.ok(not trouble, "no warning was logged", "".join(trouble[:10]))
    return points.finish()


sys.exit(main())
