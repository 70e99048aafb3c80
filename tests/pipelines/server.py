# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of a test's own: in a temporary folder, on a socket there, gone with the test."""
import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

TABLES = ["document", "metadata", "sentence", "quote", "claim"]


class Server:
    """Raises OSError when there is none to start."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: float(path.split("/")[4]))
        initdb = found[-1] if found else shutil.which("initdb")
        if not initdb:
            raise OSError("no PostgreSQL server (Debian: postgresql-15)")
        self.programs = os.path.dirname(initdb)
        self.folder = tempfile.mkdtemp(prefix="aver-pg-")
        self.user = self.choose_user()
        data = os.path.join(self.folder, "data")
        done = subprocess.run([initdb, "-D", data, "-A", "trust", "-U", "aver", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder, **self.user)
        if done.returncode != 0:
            raise OSError(done.stdout.decode(errors="replace"))
        settings = {"listen_addresses": "", "unix_socket_directories": self.folder, "fsync": "off", "full_page_writes": "off",
                    "shared_buffers": "16MB", "max_connections": "10", "autovacuum": "off", "max_wal_senders": "0",
                    "wal_level": "minimal"}
        self.process = subprocess.Popen([os.path.join(self.programs, "postgres"), "-D", data,
                                         *[part for pair in settings.items() for part in ("-c", "=".join(pair))]],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder, **self.user)
        self.environment = {"PGHOST": self.folder, "PGUSER": "aver", "PGDATABASE": "postgres", "LC_ALL": "C.UTF-8"}
        for _ in range(200):
            if self.process.poll() is not None:
                raise OSError("the server did not start")
            if self.psql("SELECT 1", check=False) == "1\n":
                return
            time.sleep(0.05)
        raise OSError("the server does not answer")

    def choose_user(self):
        """A server does not run as root."""
        if os.geteuid() != 0:
            return {}
        user = next(user for user in pwd.getpwall() if user.pw_name in ("postgres", "nobody"))
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def psql(self, sql, check=True):
        done = subprocess.run([os.path.join(self.programs, "psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql],
                              env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert not check or done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def rows(self, query, schema):
        """What a query answers: rows of strings, None where there is nothing."""
        schema = schema.replace('"', '""')
        out = self.psql(f'SET search_path = "{schema}"; COPY ({query.strip().rstrip(";")}) TO STDOUT')
        return [tuple(None if cell == "\\N" else unescape(cell) for cell in line.split("\t")) for line in out.split("\n")[:-1]]

    def dump(self, schema):
        """All that a pipeline of the standard layers has written to a schema."""
        return self.psql("; ".join([f'SET search_path = "{schema}"', *[f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES]]))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.send_signal(3)
            self.process.wait()
        shutil.rmtree(self.folder)


def unescape(cell):
    """A cell as COPY writes it."""
    out, i = [], 0
    while i < len(cell):
        if cell[i] == "\\":
            i += 1
            out.append({"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}.get(cell[i], cell[i]))
        else:
            out.append(cell[i])
        i += 1
    return "".join(out)


def begin(aver):
    """A server for tests of postgres-writer; where that is not built, or no server is there, the tests end, skipped."""
    if not os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "postgres-writer.so")):
        print("1..0 # SKIP postgres-writer is not built")
        sys.exit(0)
    try:
        return Server()
    except OSError as reason:
        print(f"1..0 # SKIP {str(reason).splitlines()[0]}")
        sys.exit(0)
