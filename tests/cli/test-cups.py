#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-cups.py BUILD: a proof through a real CUPS scheduler, run for this test alone, to a printer that is a file. TAP."""
import os
import shutil
import subprocess

from chain import holds, run_tests, wait_for

FILES = """FileDevice Yes
ServerRoot {0}/conf
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/run
TempDir {0}/tmp
DataDir /usr/share/cups
ServerBin {0}/programs
AccessLog {0}/access.log
ErrorLog {0}/error.log
PageLog {0}/page.log
"""
SCHEDULER = """LogLevel info
Listen {0}/run/cups.sock
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
</Limit>
</Policy>
"""


class Cups:
    """A scheduler of its own, in a folder of its own, with one raw queue whose back end writes what comes to `printed`."""

    def __init__(self, programs):
        self.home = programs.path("cups")
        self.printed = os.path.join(self.home, "tmp", "printed")
        for name in ("conf", "spool", "cache", "run", "tmp", "programs/backend"):
            os.makedirs(os.path.join(self.home, name))
        for name in os.listdir("/usr/lib/cups"):
            if name != "backend":
                os.symlink(f"/usr/lib/cups/{name}", os.path.join(self.home, "programs", name))
        backend = os.path.join(self.home, "programs", "backend", "till")
        with open(backend, "w") as stream:
            stream.write(f"#!/bin/sh\n[ $# -gt 0 ] || exit 0\ncat ${{6:+\"$6\"}} >{self.printed}.part && mv {self.printed}.part {self.printed}\n")
        os.chmod(backend, 0o700)
        for name, text in (("cups-files.conf", FILES), ("cupsd.conf", SCHEDULER)):
            with open(os.path.join(self.home, "conf", name), "w") as stream:
                stream.write(text.format(self.home))
        os.chmod(programs.directory, 0o711)
        self.server = os.path.join(self.home, "run", "cups.sock")
        cupsd = shutil.which("cupsd", path="/usr/sbin:/usr/bin")
        lpadmin = shutil.which("lpadmin", path="/usr/sbin:/usr/bin")
        self.process = programs.start([cupsd, "-f", "-c", os.path.join(self.home, "conf", "cupsd.conf"), "-s",
                                       os.path.join(self.home, "conf", "cups-files.conf")], "cupsd.log")

        def queue():
            done = subprocess.run([lpadmin, "-p", "caisse", "-E", "-v", "till:/1", "-m", "raw"], capture_output=True, timeout=20,
                                  env=dict(os.environ, CUPS_SERVER=self.server))
            return done.returncode == 0

        wait_for(queue, "the queue", 20, 0.2)


def whole_proof(chain):
    """a proof through a raw queue of CUPS reaches the printer byte for byte, and a queue that is not there is said"""
    cups = Cups(chain.programs)
    data = chain.terminal()
    number = chain.record(data)
    folder = chain.programs.path("paper")
    os.makedirs(folder)
    environment = {"CUPS_SERVER": cups.server}
    twin = chain.programs.path("twin")
    shutil.copytree(data, twin, ignore=shutil.ignore_patterns("ballast", "lock", "control"))
    chain.ctl("proof", "print", number, "--printer", "cups:caisse", data=data, environment=environment)
    wait_for(lambda: os.path.exists(cups.printed), "the job at the printer", 30, 0.1)
    chain.ctl("proof", "print", number, "--printer", f"dir:{folder}", data=twin)
    (name,) = [entry for entry in os.listdir(folder) if entry.endswith(".escpos")]
    with open(os.path.join(folder, name), "rb") as stream:
        wanted = stream.read()
    assert len(wanted) > 4000, len(wanted)
    with open(cups.printed, "rb") as stream:
        printed = stream.read()
    assert printed == wanted, f"{len(printed)} bytes came, other than the {len(wanted)}"
    missing = chain.ctl("proof", "print", number, "--printer", "cups:nowhere", data=data, environment=environment, expect=None)
    assert missing.returncode != 0, "a queue that is not there took the job"
    holds(missing.stderr, "lp refused the job")


run_tests([whole_proof])
