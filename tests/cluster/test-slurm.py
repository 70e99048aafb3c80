#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shards on a real cluster of one: slurmctld, slurmd and munged are started on loopback, with a configuration, a key, sockets and
ports of their own, and pipelines/slurm/submit runs an array on it. TAP on standard output.

test-slurm.py AVER SOURCES
"""
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import Skip, contains, equal, main, test

aver, sources = (os.path.abspath(path) for path in sys.argv[1:3])
os.environ["PATH"] += ":/usr/sbin:/sbin"
SHARDS, DOCUMENTS = 4, 400

# Every document takes a while, so that there is somebody to kill.
SLOW = """
import sys, time
for line in sys.stdin:
    time.sleep(0.02)
    print(line, end="", flush=True)
"""

# No systemd and no cgroups: processes are found in /proc by their session. Credentials expire soon, because a task that is
# queued again waits until the old one cannot be used any more.
CONFIGURATION = """
ClusterName=aver-test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={daemon}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
PrologFlags=NoHold
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=2
InactiveLimit=0
NodeName={host} NodeAddr=127.0.0.1 CPUs=8 RealMemory=16000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_ports(n):
    found = [socket.socket() for _ in range(n)]
    for one in found:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in found]
    for one in found:
        one.close()
    return ports


class Cluster:
    """Everything is in the folder `cluster` of the current one, and is over with it."""

    def __enter__(self):
        if os.geteuid() != 0:
            raise Skip("slurmd and munged have to be started as root")
        missing = [name for name in ("slurmctld", "slurmd", "munged", "sbatch") if shutil.which(name) is None]
        if missing:
            raise Skip("there is no " + ", ".join(missing))
        self.folder = os.path.abspath("cluster")
        self.processes = []
        os.makedirs("cluster/state")
        os.mkdir("cluster/spool")
        controller, daemon = free_ports(2)
        host = socket.gethostname().split(".")[0]
        with open("cluster/slurm.conf", "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(host=host, controller=controller, daemon=daemon, folder=self.folder))
        with open("cluster/key", "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(os.urandom(128))
        os.environ["SLURM_CONF"] = self.folder + "/slurm.conf"
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        self.run("munged", "--foreground", "--force", "--key-file=cluster/key", "--socket=" + self.folder + "/munge.socket",
                 "--pid-file=" + self.folder + "/munged.pid", "--seed-file=" + self.folder + "/seed",
                 "--log-file=" + self.folder + "/munge-log")
        self.wait(lambda: os.path.exists("cluster/munge.socket"), "munged")
        self.run("slurmctld", "-D", "-c")
        self.run("slurmd", "-D")
        self.wait(lambda: self.ask("sinfo", "--noheader", "--format=%t").strip() == "idle", "the node")

    def run(self, *command):
        with open(f"cluster/{command[0]}.log", "wb") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True))

    def ask(self, *command):
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30, check=False).stdout.decode()

    def wait(self, condition, what, seconds=40):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{what} took longer than {seconds} s:\n{self.logs()}")
            time.sleep(0.1)

    def logs(self):
        found = []
        for path in sorted(glob.glob("cluster/*.log")) + sorted(glob.glob("job/*.log")):
            with open(path, encoding="utf-8", errors="replace") as file:
                found.append(f"-- {path}\n" + "".join(file.readlines()[-30:]))
        return self.ask("squeue", "--array") + "\n".join(found)

    def __exit__(self, *_):
        self.ask("scancel", "--me", "--full")
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def tasks(number):
    """The processes of `aver run` that are the task of that number."""
    found = []
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            with open(folder + "/environ", "rb") as file:
                variables = file.read().split(b"\0")
            mine = f"SLURM_ARRAY_TASK_ID={number}".encode() in variables and f"SLURM_CONF={os.environ['SLURM_CONF']}".encode() in variables
            with open(folder + "/stat", encoding="utf-8", errors="replace") as file:
                parent = file.read().rsplit(")", 1)[1].split()[1]
            if mine and os.readlink(folder + "/exe") == os.path.realpath(aver):
                found.append((int(os.path.basename(folder)), int(parent)))
        except OSError:
            continue
    parents = {process for process, _ in found}
    return [process for process, parent in found if parent not in parents]


def documents_of(shard):
    done = subprocess.run([aver, "status", "--json", "job"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    return json.loads(done)["shards"][shard - 1]["documents_in"] if done else 0


def make_inputs():
    with open("slow.py", "w", encoding="utf-8") as file:
        file.write(SLOW)
    stages = ["jsonl-reader", {"plugin": "exec", "options": {"command": f"{sys.executable} slow.py"}}, "sentence-splitter",
              {"plugin": "jsonl-writer", "options": {"text": True}}]
    with open("pipeline.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": stages}, file)
    with open("in.jsonl", "w", encoding="utf-8") as file:
        for i in range(DOCUMENTS):
            file.write(json.dumps({"text": f"The ferry was late on day {i}. Nobody said why."}) + "\n" + ("{no\n" if i == 100 else ""))


@test
def an_array_with_tasks_cut_short_is_merged_into_what_one_run_writes():
    make_inputs()
    with Cluster() as cluster:
        environment = {**os.environ, "AVER": aver, "SBATCH_TIMELIMIT": "5"}
        submit = subprocess.run([sources + "/pipelines/slurm/submit", str(SHARDS), "job", "merged.jsonl", "pipeline.json", "in.jsonl",
                                 "--checkpoint", "5"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, check=False)
        contains(submit.stdout.decode(), "shards: job ")
        array = submit.stdout.decode().split("shards: job ")[1].split(",")[0]
        cluster.wait(lambda: documents_of(3) > 0 and tasks(3), "the third task")
        os.kill(tasks(3)[0], signal.SIGKILL)
        cluster.wait(lambda: documents_of(2) > 0 and tasks(2), "the second task")
        cluster.ask("scancel", "--batch", "--signal=USR1", f"{array}_2")  # as before the time limit
        single = subprocess.Popen([aver, "run", "-q", "-j", "4", "pipeline.json", "in.jsonl", "-o", "single.jsonl"], stderr=subprocess.DEVNULL)
        cluster.wait(lambda: os.path.exists("merged.jsonl") or not cluster.ask("squeue", "--noheader").strip(), "the jobs")
        equal(single.wait(60), 1)
        assert os.path.exists("merged.jsonl"), cluster.logs()
        with open("merged.jsonl", "rb") as merged, open("single.jsonl", "rb") as one:
            equal(merged.read() == one.read(), True)
        equal(subprocess.run([aver, "status", "job"], stdout=subprocess.DEVNULL, check=False).returncode, 0)
        with open("job/task-3.log", encoding="utf-8") as file:
            contains(file.read(), "Killed")
        with open("job/task-2.log", encoding="utf-8") as file:
            contains(file.read(), "stopped before the end of the input")


if __name__ == "__main__":
    main()
