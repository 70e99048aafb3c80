#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An installed Aver: the command finds its plugins, and a plugin builds against aver.pc alone.

test-install.py SOURCE BUILD PREFIX: installs and tries it from another folder, with no environment to speak of. What is
installed is BUILD, if its PREFIX lies in it (meson setup BUILD --prefix=$PWD/BUILD/installed), which saves a minute; else a build
of its own.
TAP on standard output.
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

source, built, prefix = (os.path.abspath(path) for path in sys.argv[1:])
n = failures = 0


def run(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                          cwd="/", text=True, **more)


def check(good, what, detail=""):
    global n, failures
    n += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {n} - {what}")
    if not good:
        print("# " + str(detail).strip().replace("\n", "\n# "))


def library_of(prefix):
    return glob.glob(f"{prefix}/**/libaver.so", recursive=True)[0]


with tempfile.TemporaryDirectory() as folder:
    bare = {"PATH": os.environ["PATH"], "HOME": folder}
    if prefix.startswith(built + "/"):
        shutil.rmtree(prefix, ignore_errors=True)
        done = run("meson", "install", "-C", built, "--no-rebuild")
    else:
        prefix = f"{folder}/prefix"
        done = run("meson", "setup", f"{folder}/build", source, f"--prefix={prefix}", "-Dtests=false", "-Doptimization=0")
        done = run("meson", "install", "-C", f"{folder}/build") if done.returncode == 0 else done
    check(done.returncode == 0, "installs", done.stdout[-3000:])
    aver = f"{prefix}/bin/aver"
    done = run(aver, "run", "--quiet", f"{prefix}/share/aver/pipelines/quotes.json",
               f"{source}/tests/articles/court-ferry.txt", env=bare)
    check(done.returncode == 0 and json.loads(done.stdout)["layers"]["quote"], "the command finds its plugins", done.stdout)

    pc = glob.glob(f"{prefix}/**/aver.pc", recursive=True)
    check(len(pc) == 1, "aver.pc is there", pc)
    bare["PKG_CONFIG_PATH"] = os.path.dirname(pc[0])
    plugindir = run("pkg-config", "--variable=plugindir", "aver", env=bare).stdout.strip()
    check(os.path.exists(f"{plugindir}/quote-attributor.so"), "aver.pc tells where plugins lie", plugindir)
    flags = run("pkg-config", "--cflags", "--libs", "aver", env=bare).stdout.split()

    done = run("cc", "-std=gnu17", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", f"{folder}/pass.so",
               f"{source}/plugins/pass/pass.c", "-Wl,-z,defs", "-Wl,-z,now", "-Wl,-z,nodelete", *flags)
    check(done.returncode == 0, "a plugin builds out of the tree", done.stdout)
    done = run(aver, "plugins", "--plugin-dir", folder, "pass", env=bare)
    check(done.returncode == 0 and f"in {folder}" in done.stdout, "and is found", done.stdout)

    done = run("cc", "-std=gnu17", "-Wall", "-Wextra", "-Werror", "-o", f"{folder}/embed", f"{source}/docs/examples/embed.c",
               *flags, f"-Wl,-rpath,{os.path.dirname(os.path.dirname(plugindir))}")
    check(done.returncode == 0, "the example of embedding builds with aver.pc", done.stdout)
    quotes = f"{prefix}/share/aver/pipelines/quotes.json"
    done = run(f"{folder}/embed", quotes, "“It leaks,” said Olen Drost.", env=bare)
    check(done.stdout == "text 1: Olen Drost: “It leaks,”\n", "and finds pipelines and plugins", done.stdout)

    modules = glob.glob(f"{prefix}/**/*-packages/aver", recursive=True)
    typelibs = glob.glob(f"{prefix}/**/Aver-1.typelib", recursive=True)
    debian = "/usr/bin/python3"
    if not (modules and typelibs and run(debian, "-c", "import gi").returncode == 0):
        n += 1
        print(f"ok {n} - the Python module finds libaver # SKIP no introspection in this build, or no gi in {debian}")
    else:
        done = run(debian, "-c", "import aver, sys; print(aver.Pipeline(sys.argv[1]).annotate('“It leaks,” said Olen Drost.').quotes[0]['speaker'])",
                   quotes, env={**bare, "PYTHONPATH": os.path.dirname(modules[0]), "GI_TYPELIB_PATH": os.path.dirname(typelibs[0]),
                                "LD_LIBRARY_PATH": os.path.dirname(library_of(prefix)), "PYTHONDONTWRITEBYTECODE": "1"})
        check(done.stdout == "Olen Drost\n", "the Python module finds libaver", done.stdout)

    headers = sorted(glob.glob(f"{prefix}/include/aver/*.h"))
    check(len(headers) > 10, "the public headers are there", headers)
    for header in headers:
        name = os.path.basename(header)
        done = run("cc", "-std=gnu17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-include", header, "-x", "c",
                   "/dev/null", *flags)
        check(done.returncode == 0, f"aver/{name} compiles alone", done.stdout)

    library = library_of(prefix)
    symbols = run("nm", "-D", "--defined-only", library).stdout.split("\n")
    foreign = [line for line in symbols if line and not line.split()[-1].startswith("aver_")]
    check(not foreign, "libaver exports nothing but aver_ symbols", foreign)
    declared = "".join(open(header, encoding="utf-8").read() for header in headers)
    hidden = [line.split()[-1] for line in symbols if line and line.split()[-1] not in declared]
    check(not hidden, "and only what the public headers declare", hidden)
    for module in sorted(glob.glob(f"{plugindir}/*.so")):
        name = os.path.basename(module)[:-3].replace("-", "_")
        exported = [line.split()[-1] for line in run("nm", "-D", "--defined-only", module).stdout.splitlines()]
        check(exported == [f"{name}_LTX_aver_plugin"], f"{name} exports its one symbol", exported)
print(f"1..{n}")
sys.exit(1 if failures else 0)
