#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-places.py BUILD [TEST…]: data directories that are missing, damaged, full, read-only, of a newer version; clocks that are
wrong; and a retourctl that is killed. Each gets a message and a stable status, and nothing is lost. Speaks TAP."""
import datetime
import json
import os
import random
import shutil
import signal
import subprocess
import time

from chain import DATA, DONE, FAILED, OFFLINE, REFUSED, holds, run_tests, same

NOBODY = 65534


def contents(data):
    """Every file's bytes, the shared-memory index of SQLite left out."""
    found = {}
    for name in sorted(os.listdir(data)):
        path = os.path.join(data, name)
        if os.path.isfile(path) and not name.endswith("-shm") and name != "ballast":
            with open(path, "rb") as stream:
                found[name] = stream.read()
    return found


def changed_files(before, after):
    return [name for name in sorted({*before, *after} - {"lock"}) if before.get(name, b"") != after.get(name, b"")]


def missing(chain):
    """a directory that is missing, or is a file, or holds no terminal is status 4, and nothing is made in it"""
    nowhere, a_file = chain.programs.path("nowhere"), chain.write(b"")
    empty = chain.programs.path("empty")
    os.makedirs(empty)
    draft = chain.write(chain.draft())
    for data in (nowhere, a_file, empty, "/proc"):
        for words in (["status"], ["search", "a"], ["return", draft], ["sync"], ["proof", "print", "R0214A-00001-A"], ["outbox", "list"],
                      ["audit", "verify"]):
            done = chain.ctl(*words, data=data, expect=DATA)
            holds(done.stderr, data, words)
            same(done.stdout, "", words)
        chain.ctl("doctor", data=data, expect=FAILED)
    assert not os.path.exists(nowhere)
    same((os.listdir(empty), os.path.getsize(a_file)), ([], 0))
    done = chain.ctl("enrol", "--url", "https://127.0.0.1:1", "--code", "X", "--pin", f"sha256//{'A' * 43}=", data=a_file, expect=DATA)
    holds(done.stderr, a_file)


def newer(chain):
    """a database written by a newer version is left as it is, by every command"""
    data = chain.terminal()
    chain.sql(data, "pragma user_version = 9999")
    before = contents(data)
    draft = chain.write(chain.draft())
    for words in (["status"], ["search", "a"], ["return", draft], ["sync"], ["proof", "show", "x"], ["outbox", "list"], ["audit", "verify"]):
        holds(chain.ctl(*words, data=data, expect=DATA).stderr, "newer", words)
    holds(chain.ctl("doctor", data=data, expect=FAILED).stdout, "newer")
    same(changed_files(before, contents(data)), [], "files that changed")


def spoil(path, how):
    size = os.path.getsize(path)
    with open(path, "r+b") as stream:
        if how == "zeroed header":
            stream.write(bytes(100))
        elif how == "garbage header":
            stream.write(b"<html>" * 20)
        elif how == "cut in half":
            stream.truncate(size // 2)
        elif how == "cut to 100 bytes":
            stream.truncate(100)
        elif how == "emptied":
            stream.truncate(0)
        elif how == "garbage pages":
            dice = random.Random(1)
            for page in range(4, size // 4096, 3):
                stream.seek(page * 4096)
                stream.write(dice.randbytes(4096))


def damaged(chain):
    """a damaged database is status 4 and is not touched; doctor says so; no command crashes, and none begins a new one"""
    draft = chain.write(chain.draft())
    for how in ("zeroed header", "garbage header", "cut in half", "cut to 100 bytes", "emptied", "garbage pages"):
        data = chain.terminal()
        chain.record(data)
        spoil(os.path.join(data, "retour.db"), how)
        before = contents(data)
        partly = how in ("garbage pages", "cut in half")
        for words in (["status"], ["search", "martin"], ["return", draft], ["audit", "verify"], ["sync"]):
            done = chain.ctl(*words, data=data, expect=None)
            allowed = (DATA, DONE, 3, FAILED, OFFLINE) if partly else (DATA,)
            assert done.returncode in allowed, (how, words, done)
            assert done.returncode in (DONE, 3) or done.stderr.startswith("retourctl: "), (how, words, done)
        if not partly:
            same(contents(data)["retour.db"], before["retour.db"], how)
        done = chain.ctl("doctor", data=data, expect=FAILED)
        holds(done.stdout, "bad      database", how)


def other_files(chain):
    """a lock of a dead process, a log that is garbage, and a missing ballast stand in nobody's way"""
    data = chain.terminal()
    number = chain.record(data)
    with open(os.path.join(data, "lock"), "w") as stream:
        stream.write("999999\n")
    os.remove(os.path.join(data, "ballast"))
    with open(os.path.join(data, "retour.db-wal"), "wb") as stream:
        stream.write(b"garbage" * 10000)
    same(chain.json("proof", "show", number, data=data)["number"], number)
    chain.record(data)
    chain.check(data)


def full(chain):
    """on a full disk a return is recorded whole or is status 4, and the same document is recorded once there is room"""
    recorded = refused = 0
    for limit in (0, 4096, 30000, 60000, 120000, 400000, 4000000):
        data = chain.terminal()
        draft = chain.write(chain.draft())
        done = chain.ctl("return", draft, data=data, expect=None, before=["prlimit", f"--fsize={limit}", "--"])
        assert done.returncode in (DONE, DATA), (limit, done)
        if done.returncode == DATA:
            refused += 1
            holds(done.stderr, "retourctl: ", limit)
            same(done.stdout, "", limit)
        chain.check(data)
        found = chain.sql(data, "select (select count(*) from returns), (select count(*) from operations), (select count(*) from audit)")
        assert found[0] in ((1, 1, 1), (0, 0, 0)), (limit, found)
        recorded += found[0][0]
        if done.returncode == DONE:
            same(found[0], (1, 1, 1), limit)
        number = chain.ctl("return", draft, data=data).stdout
        assert done.returncode != DONE or done.stdout == number, limit
        same(chain.sql(data, "select count(*) from returns"), [(1,)], limit)
    assert refused > 1 and recorded > 0, (refused, recorded)


def full_enrolment(chain):
    """on a full disk enrolling is status 4 and can be done again with a new code"""
    ticket = chain.sandbox.admin("enrol", "--store", "0214", "--terminal", "C")
    authority = chain.write(ticket["ca_pem"].encode())
    data = chain.programs.path("third")
    words = ["enrol", "--url", ticket["url"], "--ca", authority, "--pin", ticket["pin"], "--terminal", "C"]
    done = chain.ctl(*words, "--code", ticket["code"], data=data, expect=DATA, before=["prlimit", "--fsize=2000", "--"])
    holds(done.stderr, data)
    chain.ctl("status", data=data, expect=None)
    code = chain.sandbox.admin("enrol", "--store", "0214", "--terminal", "C")["code"]
    same(chain.json(*words, "--code", code, data=data)["terminal"], "C")
    chain.ctl("sync", data=data)


def as_nobody(chain):
    """How to run retourctl as somebody who may not write: a prefix, and the program where that person can reach it."""
    if os.geteuid() != 0:
        return []
    os.chmod(chain.programs.directory, 0o711)
    program = chain.programs.path("retourctl")
    if not os.path.exists(program):
        shutil.copy(chain.programs.retourctl, program)
        os.chmod(program, 0o755)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]


def read_only(chain):
    """a directory that cannot be written is status 4 for who writes, with its name; nothing in it changes"""
    data = chain.terminal()
    before = as_nobody(chain)
    usual = chain.programs.retourctl
    chain.programs.retourctl = chain.programs.path("retourctl") if before else usual
    draft = chain.draft()
    try:
        if before:
            done = chain.ctl("status", data=data, expect=DATA, before=before)
            holds(done.stderr, "Permission denied")
            for folder, _, files in os.walk(data):
                os.chmod(folder, 0o755)
                for name in files:
                    os.chmod(os.path.join(folder, name), 0o644)
        else:
            os.chmod(data, 0o500)
        found = contents(data)
        for words in (["return", "-"], ["sync"], ["proof", "print", "R0214A-00001-A"]):
            done = chain.ctl(*words, data=data, expect=DATA, before=before, text=json.dumps(draft))
            holds(done.stderr, data, words)
        for words in (["status"], ["search", "martin"], ["outbox", "list"]):
            done = chain.ctl(*words, data=data, expect=None, before=before)
            assert done.returncode == DONE or done.returncode == DATA and data in done.stderr, (words, done)
        holds(chain.ctl("doctor", data=data, expect=FAILED, before=before).stdout, "cannot be written")
        same(changed_files(found, contents(data)), [], "files that changed")
    finally:
        chain.programs.retourctl = usual
        os.chmod(data, 0o700)


def at(moment):
    """A prefix and an environment under which the clock says so."""
    return {"before": ["faketime", "-f", f"@{moment}"],
            "environment": {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0:detect_leaks=0", "TZ": "UTC"}}


def wrong_clock(chain):
    """a clock in 1970 is warned of and loses nothing; in 2040 the window is closed; in both the OMS is not believed"""
    data = chain.terminal()
    draft = chain.write(chain.draft())
    done = chain.ctl("return", draft, data=data, expect=None, **at("1970-01-02 12:00:00"))
    holds(done.stderr, "the clock says 1970-01-02T1")
    same(done.returncode, DONE, done.stderr)
    same(chain.ctl("return", draft, data=data).stdout, done.stdout, "the same return, by the right clock")
    holds(chain.ctl("doctor", data=data, expect=FAILED, **at("1970-01-02 12:00:00")).stdout, "bad      clock")
    done = chain.ctl("return", chain.write(chain.draft()), data=data, expect=REFUSED, **at("2040-01-02 12:00:00"))
    holds(done.stderr, "window_closed")
    for moment, phase in (("1970-01-02 12:00:00", "clock_wrong"), ("2040-01-02 12:00:00", "security")):
        holds(chain.ctl("sync", data=data, expect=OFFLINE, **at(moment)).stderr, f"{phase}: ", moment)
    holds(chain.ctl("doctor", data=data, expect=FAILED, **at("2040-01-02 12:00:00")).stdout, "ran out")
    chain.ctl("sync", data=data)
    same(chain.json("status", data=data)["to_send"], 0)


def clock_said(chain):
    """scenario 25: a clock that is hours off is corrected by the OMS's, said, and loses nothing: ids go on, windows follow the OMS"""
    data = chain.enrolled("T")
    same(chain.json("status", data=data)["clock"], "right")
    before_known = {"before": ["faketime", "-f", "+2h"], "environment": at("")["environment"]}
    ids = [chain.json("return", chain.write(chain.draft(id=None)), data=data, **before_known)["id"],
           chain.json("return", chain.write(chain.draft(id=None)), data=data)["id"]]
    for moment, said, words in (("+90m", "ahead", "5400 s ahead of the OMS's"), ("-3m", "behind", "180 s behind the OMS's"),
                                ("+23h", "ahead", "82800 s ahead of the OMS's")):
        spoilt = {"before": ["faketime", "-f", moment], "environment": at("")["environment"]}
        chain.ctl("sync", data=data, **spoilt)
        status = chain.json("status", data=data)
        same(status["clock"], said, moment)
        assert abs(abs(status["clock_offset_us"]) - int(words.split()[0]) * 1000000) < 5000000, (moment, status)
        text = chain.ctl("status", data=data).stdout
        holds(text, f"s {said}", moment)
        recorded = chain.json("return", chain.write(chain.draft(id=None)), data=data, **spoilt)
        ids.append(recorded["id"])
        skew = (datetime.datetime.fromisoformat(recorded["recorded_at"].replace("Z", "+00:00"))
                - datetime.datetime.now(datetime.timezone.utc)).total_seconds()
        assert abs(skew) < 20, f"{moment}: recorded {skew} s away from the OMS's time"
    same(ids, sorted(set(ids)), "ids only grow")
    chain.ctl("sync", data=data)
    same((chain.json("status", data=data)["clock"], chain.json("status", data=data)["to_send"]), ("right", 0))


def summer_time(chain):
    """the last day ends at the store's midnight, on either side of a change to or from summer time"""
    order = {"id": "o", "number": "W10004217", "currency": "EUR", "placed_at": "2026-09-01T10:00:00Z",
             "lines": [{"id": "l1", "quantity": 1, "unit_price": 100, "paid": 100, "delivered": 1}], "payments": [],
             "parcels": [{"id": "p", "status": "delivered", "delivered_at": None, "lines": [{"line": "l1", "quantity": 1}]}]}
    policy = {"version": "1", "currency": "EUR", "time_zone": "Europe/Paris", "window": {"days": 30},
              "reasons": [{"code": "r", "fault": "customer"}], "conditions": [{"code": "c"}]}
    draft = {"method": "desk", "lines": [{"line": "l1", "quantity": 1, "reason": "r", "condition": "c"}]}
    words = ["--policy", chain.write(policy), "--draft", chain.write(draft)]
    for delivered, last, first_after in (("2026-10-01T10:00:00Z", "2026-10-31T22:59:59Z", "2026-10-31T23:00:00Z"),
                                         ("2026-09-25T10:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"),
                                         ("2027-02-26T10:00:00Z", "2027-03-28T21:59:59Z", "2027-03-28T22:00:00Z"),
                                         ("2026-09-30T22:30:00Z", "2026-10-31T22:59:59Z", "2026-10-31T23:00:00Z")):
        order["parcels"][0]["delivered_at"] = delivered
        path = chain.write(order)
        for moment, fires in ((last, False), (first_after, True)):
            quote = json.loads(chain.ctl("quote", "--order", path, *words, "--at", moment, expect=None).stdout)
            same(any(r["rule"].startswith("window") for r in quote["lines"][0]["rules"]), fires, (delivered, moment))


def killed(chain):
    """retourctl return killed at thirty random moments: every number it printed is in the store once, and the store is whole"""
    data = chain.terminal()
    began = time.monotonic()
    chain.record(data)
    usual = time.monotonic() - began
    dice = random.Random(7)
    entry = {"line": "x", "quantity": 1, "reason": "size_small", "condition": "new_sealed", "gtin": "3612345678904"}
    approval = {"rule": "no_order", "approver": "stf_3", "motive": "as a test wants it"}
    drafts = [chain.draft(("", None, "x"), order=None, lines=[entry], approvals=[approval]) for _ in range(30)]
    printed, cut = {}, 0
    for draft in drafts:
        path = chain.write(draft)
        process = subprocess.Popen([chain.programs.retourctl, "--data", data, "return", path], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=chain.programs.environment())
        time.sleep(dice.uniform(0, usual * 1.1))
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate(timeout=30)
        cut += process.returncode == -signal.SIGKILL
        if out:
            printed[draft["id"]] = out.decode().strip()
        if dice.random() < 0.2:
            chain.check(data)
    chain.check(data)
    rows = chain.sql(data, "select id, number from returns")
    same(len({n for _, n in rows}), len(rows), "numbers")
    stored = dict(rows)
    for draft, number in printed.items():
        same(stored.get(draft), number, "printed")
    for draft in drafts:
        same(chain.ctl("return", chain.write(draft), data=data).stdout.strip(), stored.get(draft["id"]) or
             chain.sql(data, f"select number from returns where id = '{draft['id']}'")[0][0], "again")
    same(chain.sql(data, "select count(*), count(distinct number), count(distinct counter) from returns"), [(31, 31, 31)])
    same(chain.sql(data, "select count(*) from operations"), [(31,)])
    same(chain.json("audit", "verify", data=data)["records"], 31)
    assert cut > 3, f"only {cut} of 30 were cut off"


run_tests([missing, newer, damaged, other_files, full, full_enrolment, read_only, wrong_clock, clock_said, summer_time, killed])
