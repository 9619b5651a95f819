#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-sandbox-faults.py RETOUR-SANDBOX: what goes wrong on purpose, kill -9, the command line, the seed. Speaks TAP."""
import http.client
import json
import subprocess
import sys
import time

from sandbox_terminal import LIMIT, PROGRAM, Sandbox, Terminal, policy_version, reference_return, run_tests, test


@test
def faults_come_when_asked(box):
    """Delay, errors, refusal, portal, cut answers, lost answers, wrong nonces; and none any more"""
    terminal = Terminal(box)
    policy_version(terminal)
    box.faults("delay=400")
    begun = time.monotonic()
    assert terminal.json("GET", "/v1/stock?sku=none")[0] == 200 and time.monotonic() - begun >= 0.4
    box.faults("error=503@/v1/operations")
    response, text = terminal.call("POST", "/v1/operations", "")
    assert response.status == 503 and response.getheader("Retry-After") == "1"
    assert json.loads(text)["type"] == "/problems/unavailable"
    assert terminal.json("GET", "/v1/stock?sku=none")[0] == 200
    box.faults("portal")
    response, text = terminal.call("GET", "/v1/changes")
    assert response.status == 200 and text.startswith(b"<!DOCTYPE html>")
    assert response.getheader("Retour-Nonce") is None and response.getheader("Retour-Protocol") is None
    box.faults("wrong-nonce")
    response, text = terminal.call("GET", "/v1/stock?sku=none")
    assert response.getheader("Retour-Nonce") not in (None, response.nonce)
    for spec in ("refuse", "drop"):
        box.faults(spec)
        try:
            terminal.call("GET", "/v1/orders/1048-7213")
            raise RuntimeError(f"{spec}: answered whole")
        except (http.client.HTTPException, OSError):
            pass
    try:
        box.faults("flood")
        raise RuntimeError("an unknown fault was taken")
    except AssertionError:
        pass
    assert box.faults() == {"faults": []}
    assert terminal.json("GET", "/v1/stock?sku=none")[0] == 200


@test
def a_lost_answer_is_a_duplicate(box):
    """Done and not answered: sent again, it was done once"""
    terminal = Terminal(box)
    told = reference_return(terminal)
    box.faults("lose-answer@/v1/operations")
    for _ in range(2):
        try:
            terminal.operate(told)
            raise RuntimeError("answered")
        except (http.client.HTTPException, OSError):
            pass
    box.faults()
    assert terminal.operate(told)[0]["answer"] == "duplicate"
    assert [o["times"] for o in box.own("GET", "/sandbox/operations")] == [3]
    assert len(box.own("GET", "/sandbox/returns")) == 1


@test
def a_cut_feed_is_resumed(box):
    """Cut again and again, every line comes in the end, none twice with another text"""
    terminal = Terminal(box)
    whole = {json.dumps(line) for line in terminal.changes() if "cursor" not in line and "end" not in line}
    box.faults("drop:60%@/v1/changes")
    cursor, seen, cuts = None, set(), 0
    for _ in range(400):
        chunk, ended = [], False
        try:
            lines = terminal.changes(cursor) if cursor else terminal.changes()
            ended = True
        except http.client.IncompleteRead as error:
            cuts += 1
            lines = [json.loads(line) for line in error.partial.split(b"\n")[:-1]]
        except (http.client.HTTPException, OSError):
            cuts += 1
            lines = []
        for line in lines:
            if "cursor" in line or "end" in line:
                seen.update(chunk)
                chunk, cursor = [], line.get("cursor", line.get("end"))
            else:
                chunk.append(json.dumps(line))
        if ended:
            break
    box.faults()
    assert ended and cuts > 0 and seen == whole, (ended, cuts, len(seen), len(whole))


@test
def it_survives_being_killed(box):
    """kill -9, then a start on the same directory: what was accepted stands, with the same keys"""
    terminal = Terminal(box)
    told = reference_return(terminal)
    assert terminal.operate(told)[0]["answer"] == "accepted"
    cursor = terminal.changes()[-1]["end"]
    pin = box.address["pin"]
    box.kill()
    again = Sandbox("--refund-delay", "0.4", directory=box.directory)
    box.process, box.port, box.address = again.process, again.port, again.address
    assert again.address["pin"] == pin
    terminal.close()
    assert terminal.operate(told)[0]["answer"] == "duplicate"
    assert all("order" not in line for line in terminal.changes(cursor))


@test
def the_command_line_speaks_to_it(box):
    """enrol, faults, returns, revoke; and clear refusals"""
    def command(*words):
        return subprocess.run([PROGRAM, "--data", box.directory, *words], capture_output=True, text=True, timeout=LIMIT)

    code = json.loads(command("enrol", "--store", "0108", "--terminal", "K").stdout)
    assert code["store"] == "0108" and code["url"] == box.address["url"] and code["ca_pem"].startswith("-----BEGIN CERT")
    assert json.loads(command("faults", "delay=5", "drop=1%").stdout) == {"faults": ["delay=5", "drop=1%"]}
    assert json.loads(command("faults").stdout) == {"faults": []}
    assert json.loads(command("returns").stdout) == []
    assert json.loads(command("staff").stdout.splitlines()[0]) == {
        "id": "stf_1", "name": "Camille Moreau", "role": "clerk", "pin": "284159", "badge": "STF-0001"}
    assert command("enrol", "--store", "none").returncode == 1
    assert command("dance").returncode == 2 and command("--orders", "-1").returncode == 2
    assert "lose-answer" in command("--help").stdout
    assert subprocess.run([PROGRAM], capture_output=True, timeout=LIMIT).returncode == 2


@test
def the_same_seed_makes_the_same_chain(box):
    """Seed, number and date decide every order; another date moves them"""
    def orders(*options):
        other = Sandbox(*options, fresh=True)
        try:
            terminal = Terminal(other)
            response, _ = terminal.call("GET", "/v1/stock?sku=none")
            return [c["order"] for c in terminal.changes() if "order" in c], response.getheader("Date")
        finally:
            other.stop()

    first, date = orders("--now", "2026-02-18T09:42:00Z", "--orders", "300")
    second, _ = orders("--now", "2026-02-18T09:42:00Z", "--orders", "300")
    assert date.startswith("Wed, 18 Feb 2026 09:4")
    # The clock goes on between the start and the making: to the second at most.
    assert [o["number"] for o in first] == [o["number"] for o in second]
    assert [o["lines"] for o in first] == [o["lines"] for o in second]
    assert first[0]["placed_at"].startswith("2026-02-02T06:4")


sys.exit(run_tests())
