#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-pages.py BUILD: the order, item and exchange pages by keyboard alone, as a screen reader finds them.

The keys of the desk do what they say; what a gesture left is read from the draft in the terminal's file, not from the screen
alone. Then with text twice as large in a window of 1024x600, where room is shortest, every control that takes the focus has a
name and a role, Tab comes to it, and no control is cut once it has the focus; the button that confirms never is.
"""
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402

driver.inside_session()
wait_for = driver.wait_for
points = driver.Points()
WHY = "Why this return?"
# What holds others and takes the focus only to scroll, or passes it on.
HOLDERS = ("list", "scroll pane", "viewport", "scroll bar")
TOOLKIT_NAME = re.compile("^(Gtk|Adw|Retour)[A-Z]")


class Pages:
    def __init__(self, programs):
        self.programs = programs
        self.sandbox = driver.Sandbox(programs, orders=300)
        self.data = programs.path("terminal")
        self.sandbox.enrol(self.data)
        self.lines = self.order("1048-7213")["lines"]
        self.several = self.find_several()
        self.start(1280, 800)

    def start(self, width, height):
        self.screen = driver.Screen(self.programs, self.data, language="en")
        self.atspi = self.screen.atspi
        self.size = width, height
        self.screen.find("Camille M.")
        self.screen.resize(width, height)

    def order(self, number):
        return self.programs.ctl("order", number, "--json", data=self.data)

    def query(self, text):
        done = subprocess.run(["sqlite3", "-readonly", "-json", os.path.join(self.data, "retour.db"), text],
                              capture_output=True, text=True, timeout=20)
        return json.loads(done.stdout) if done.stdout.strip() else []

    def find_several(self):
        """An order with a line of which two units can come back, and that line."""
        for row in self.query("SELECT number, document FROM orders WHERE gift = 0 AND currency = 'EUR' ORDER BY placed_at DESC"):
            for line in json.loads(row["document"])["lines"]:
                if line["delivered"] - line["returned"] == 2 and line.get("gtin") and not line["flags"]:
                    return row["number"], line
        raise AssertionError("no order of the sandbox has a line of two units")

    def draft(self):
        """Lines of the draft with units, reason, condition, note, as the file has them."""
        return [(e.get("line"), e.get("quantity", 1), e.get("reason"), e.get("condition")) for row in
                self.query("SELECT document FROM drafts ORDER BY rowid DESC") for e in json.loads(row["document"]).get("lines", [])]

    def drafted(self, wanted):
        """`wanted`: [(units, reason, condition)…]."""
        try:
            wait_for(lambda: [entry[1:] for entry in self.draft()] == wanted, "", 8)
        except AssertionError:
            raise AssertionError(f"the draft is {self.draft()}, not {wanted}") from None

    def scan(self, text, seen):
        """A machine so busy that a burst looks typed by hand gets it again."""
        for attempt in range(4):
            self.screen.scan(text)
            try:
                return wait_for(lambda: self.screen.look(seen), f"{seen!r} after scanning {text}", 8)
            except AssertionError:
                if attempt == 3:
                    raise

    def key(self, *keys):
        self.screen.key(*keys)
        time.sleep(0.06)  # a printable key is held 40 ms, in case a scanner types it

    def states(self, node):
        return node.get_state_set()

    def focused(self, among=None):
        for node in among or self.screen.walk():
            if self.states(node).contains(self.atspi.StateType.FOCUSED):
                return node
        return None

    def controls(self):
        """What takes the focus now: inside the sheet when one lies over the page."""
        S = self.atspi.StateType
        sheets = [node for node in self.screen.walk() if node.get_role_name() == "dialog"]
        found = []
        for node in self.screen.walk(sheets[-1] if sheets else None):
            states = self.states(node)
            if states.contains(S.FOCUSABLE) and states.contains(S.SENSITIVE) and node.get_role_name() not in HOLDERS:
                found.append(node)
        return found

    @staticmethod
    def said(node):
        return f"{node.get_role_name()} {node.get_name()!r}"

    def audit(self):
        """Of what is on top."""
        self.dismiss_toasts()
        controls = self.controls()
        assert controls, self.screen.describe()
        nameless = [self.said(node) for node in controls
                    if not (node.get_name() or "").strip() or TOOLKIT_NAME.match(node.get_name())]
        assert not nameless, f"no name: {nameless}"
        roleless = [self.said(node) for node in controls if node.get_role_name() in ("unknown", "invalid", "filler", "panel")]
        assert not roleless, f"no role: {roleless}"
        self.tab_reaches(controls)

    def dismiss_toasts(self):
        """They pass by themselves after eight seconds; libadwaita 1.2 gives their cross no name."""
        for _ in range(4):
            crosses = [node for node in self.controls() if node.get_role_name() == "push button" and node.get_name() == "GtkImage"]
            if not crosses:
                return
            self.screen.activate(crosses[0])
            time.sleep(0.5)

    def tab_reaches(self, controls):
        wanted = sorted(self.said(node) for node in controls)
        reached = []
        for _ in range(len(wanted) + 12):
            node = self.screen.tab()
            if node is not None:
                reached.append(self.said(node))
                self.in_sight(node)
            if not self.missing(wanted, reached):
                return
        raise AssertionError(f"Tab does not come to: {self.missing(wanted, reached)}\nit comes to: {reached}")

    def in_sight(self, node):
        """What has the focus is whole in the window: what scrolls has scrolled to it."""
        if node.get_role_name() in HOLDERS:
            return
        try:
            wait_for(lambda: self.inside(node), "", 1)
        except AssertionError:
            raise AssertionError(f"{self.said(node)} is cut: {self.screen.extents(node)} in {self.size}") from None

    def inside(self, node):
        left, top, right, bottom = self.screen.extents(node)
        return 0 <= left < right <= self.size[0] and 0 <= top < bottom <= self.size[1]

    @staticmethod
    def missing(wanted, reached):
        return sorted(set(wanted) - set(reached))

    # Steps.

    def open(self):
        self.scan("STF-0001", "Ready to scan")
        self.scan("1048-7213", "Robe chemise Ysé")
        node = wait_for(self.focused, "a focus")
        assert node.get_name().startswith("Robe chemise Ysé, "), self.said(node)

    def wrong_item_refused(self):
        self.scan(self.several[1]["gtin"], re.compile("is not in this order"))
        self.drafted([])

    def space_adds(self):
        self.focus_line("Robe chemise Ysé, ")
        self.key("space")
        self.screen.find(WHY)
        self.drafted([(1, None, None)])

    def reason_keys(self):
        seen = []
        for number in range(1, 9):
            before = self.draft()
            self.key(str(number))
            wait_for(lambda: self.draft() != before, f"another reason by key {number}", 5)
            seen.append(self.draft()[0][2])
        assert len(set(seen)) == 8 and seen[0] == "size_small", seen
        self.key("1")
        self.drafted([(1, "size_small", None)])

    def condition_keys(self):
        for letter, condition in (("c", "light_wear"), ("b", "new_opened"), ("a", "new_sealed")):
            self.key(letter)
            self.drafted([(1, "size_small", condition)])

    def damaged_asks_for_a_note(self):
        self.key("d")
        self.screen.find(re.compile("say why"))
        node = wait_for(self.focused, "a focus")
        assert node.get_role_name() in ("text", "entry"), self.said(node)
        self.screen.key("Escape")
        self.screen.gone(WHY)
        self.screen.find(re.compile("a note is needed"))
        primary = self.screen.find(re.compile("^Confirm return"), "button")
        assert not self.states(primary).contains(self.atspi.StateType.SENSITIVE)

    def undo_twenty(self):
        """Twenty gestures go back one by one, and the twenty-first stays."""
        self.open_entry()
        self.key("a")
        self.drafted([(1, "size_small", "new_sealed")])
        self.screen.type("".join("23"[i % 2] for i in range(20)), delay=70)
        self.drafted([(1, "changed_mind", "new_sealed")])
        for _ in range(20):
            self.screen.key("ctrl+z")
        self.drafted([(1, "size_small", "new_sealed")])
        self.screen.key("Escape")
        self.screen.gone(WHY)

    def open_entry(self):
        self.screen.click(re.compile("^(Added, )?Robe chemise Ysé|^Added, Robe"), "button")
        self.screen.find(WHY)

    def focus_line(self, title):
        """By Tab; the focus may be there already."""
        node = self.focused(self.controls())
        for _ in range(30):
            if node is not None and node.get_role_name() == "list item" and node.get_name().startswith(title):
                return
            node = self.screen.tab()
        raise AssertionError(f"the line {title} is not reached")

    def edit_and_remove(self):
        self.focus_line("Robe chemise Ysé, ")
        self.key("e")
        self.screen.find(WHY)
        self.screen.key("Escape")
        self.screen.gone(WHY)
        self.focus_line("Robe chemise Ysé, ")
        self.key("Delete")
        self.drafted([])
        self.screen.key("ctrl+z")
        self.drafted([(1, "size_small", "new_sealed")])

    def no_more_than_bought(self):
        self.scan(self.lines[0]["gtin"], re.compile("nothing more of it can come back"))
        self.drafted([(1, "size_small", "new_sealed")])

    def why_is_said(self):
        self.screen.click(re.compile("^Why, Foulard"))
        self.screen.find(re.compile("cannot be returned"))
        self.audit()
        self.key("Escape")
        self.screen.gone(re.compile("cannot be returned"))

    def amount_says_why(self):
        self.screen.click(re.compile("^Delivery"))
        self.screen.find(re.compile("^Delivery"), "dialog")
        self.audit()
        self.key("Escape")
        self.screen.gone(re.compile("^Delivery"), "dialog")

    def exchange_page(self):
        self.open_entry()
        self.screen.click("Exchange")
        self.screen.find("Exchange the dress")
        self.key("Escape")
        self.screen.gone("Exchange the dress")
        self.drafted([(1, "size_small", "new_sealed")])

    def escape_parks_and_resumes(self):
        self.key("Escape")
        self.screen.find("Ready to scan")
        self.screen.find(re.compile("^On hold"))
        self.scan("1048-7213", "Robe chemise Ysé")
        self.drafted([(1, "size_small", "new_sealed")])
        self.screen.find(re.compile("^Robe chemise Ysé.*, edit$"))

    def confirm(self):
        self.key("ctrl+Return")
        self.screen.find("Return recorded")

    def several_units(self):
        number, line = self.several
        self.scan_both(number, line["gtin"])
        self.drafted([(1, None, None)])
        self.scan_again(line["gtin"])
        self.key("minus")
        self.drafted([(1, None, None)])
        self.key("plus")
        self.drafted([(2, None, None)])
        self.key("plus")
        self.drafted([(2, None, None)])

    # With the text at twice its size, on the smallest screen.

    def large(self):
        self.screen.end()
        subprocess.run(["sqlite3", os.path.join(self.data, "retour.db"),
                        "INSERT OR REPLACE INTO settings (name, value) VALUES ('screen.text', '200')"], check=True, timeout=20)
        self.start(1024, 600)
        self.scan("STF-0001", "Ready to scan")

    def fixed_controls_are_whole(self, *names):
        for name in names:
            self.in_sight(self.screen.find(name, "button"))

    def large_home(self):
        self.large()
        self.fixed_controls_are_whole(re.compile("^Return without order"), re.compile("^On hold"))

    def large_order(self):
        self.scan("1048-7213", "Pull col V mérinos")
        self.fixed_controls_are_whole(re.compile("^Confirm return"), "Back")
        self.audit()

    def large_item(self):
        self.scan(self.lines[1]["gtin"], WHY)
        self.fixed_controls_are_whole(re.compile("^Confirm return"), "Close")
        self.audit()
        self.key("1", "a")

    def large_exchange(self):
        self.screen.click("Exchange")
        self.screen.find(re.compile("^Exchange the"))
        self.audit()
        self.key("Escape")

    def large_confirm(self):
        self.screen.find("Pull col V mérinos")
        self.fixed_controls_are_whole(re.compile("^Confirm return"))
        self.key("ctrl+Return")
        self.screen.find("Return recorded")
        self.fixed_controls_are_whole("Home")

    def scan_both(self, number, gtin):
        """The article while its order is still being read: it joins that order."""
        subprocess.run(["xdotool", "type", "--delay", "2", "--args", "1", number, "key", "--delay", "0", "Return",
                        "type", "--delay", "2", "--args", "1", gtin, "key", "--delay", "0", "Return"], check=True, timeout=60)
        try:
            wait_for(lambda: self.screen.look(WHY), "the sheet of the article", 8)
        except AssertionError:
            assert not self.screen.look(re.compile("possible orders")), "the article did not join its order"
            self.scan(number, f"Order {number}")
            self.scan(gtin, WHY)

    def scan_again(self, gtin):
        for _ in range(4):
            self.screen.scan(gtin)
            try:
                return self.drafted([(2, None, None)])
            except AssertionError as failure:
                last = failure
        raise last


def main():
    with driver.Programs(sys.argv[1]) as programs:
        pages = Pages(programs)
        for name, step in [
            ("an order opens, the focus on the first line that can come back", pages.open),
            ("a wrong item is refused with a message", pages.wrong_item_refused),
            ("Space adds the line that has the focus", pages.space_adds),
            ("1 to 8 choose the reason", pages.reason_keys),
            ("A to C choose the condition", pages.condition_keys),
            ("D asks for a note, and the button is off, saying why", pages.damaged_asks_for_a_note),
            ("Ctrl+Z goes back twenty gestures", pages.undo_twenty),
            ("E edits, Del removes", pages.edit_and_remove),
            ("no more can be scanned than was bought", pages.no_more_than_bought),
            ("what cannot come back says why", pages.why_is_said),
            ("an amount of the refund says why", pages.amount_says_why),
            ("Escape leaves the exchange page, and nothing changed", pages.exchange_page),
            ("Escape puts the return aside, and it resumes as it was", pages.escape_parks_and_resumes),
            ("Ctrl+Enter records", pages.confirm),
            ("an article joins the order scanned just before; a second scan adds a unit; + and - count up to what can come back", pages.several_units),
            ("text twice as large, 1024x600: home has its buttons whole", pages.large_home),
            ("order page: each control has a name and a role, Tab comes to it, and it is whole then", pages.large_order),
            ("item sheet: the same", pages.large_item),
            ("exchange page: the same", pages.large_exchange),
            ("order page with an article, and proof: the buttons are whole", pages.large_confirm),
        ]:
            began = time.monotonic()
            passed = points.run(name, step)
            print(f"# {time.monotonic() - began:.1f} s", flush=True)
            if not passed:
                pages.screen.picture(f"/tmp/retour-pages-failed-{points.count}.png")
                break
        with open(pages.screen.process.log, errors="replace") as log:
            print("#", log.read()[-1500:].replace("\n", "\n# "))
    return points.finish()


sys.exit(main())
