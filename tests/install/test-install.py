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

    pages = [f"{prefix}/share/man/{page}" for page in ("man1/aver.1", "man1/aver-run.1", "man5/aver-pipeline.5", "man7/aver-plugin.7")]
    completions = [f"{prefix}/share/{place}" for place in ("bash-completion/completions/aver", "zsh/site-functions/_aver",
                                                           "fish/vendor_completions.d/aver.fish")]
    lacking = [path for path in pages + completions if not os.path.exists(path)]
    check(not lacking, "manual pages and completions are installed", lacking)

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

    # What `aver new` makes, as the subprojects of one project: a single configuration, and each its own build file.
    plugins = {"annotator": "long-words", "reader": "tide-reader", "writer": "count-writer"}
    os.makedirs(f"{folder}/plugins/subprojects")
    with open(f"{folder}/plugins/meson.build", "w", encoding="utf-8") as file:
        file.write("project('plugins')\n" + "".join(f"subproject('{name}')\n" for name in plugins.values()))
    for kind, name in plugins.items():
        done = run(aver, "new", kind, name, "--dir", f"{folder}/plugins/subprojects", env=bare)
        check(done.returncode == 0, f"aver new {kind}", done.stdout)
    done = run("meson", "setup", f"{folder}/own", f"{folder}/plugins", "-Dwerror=true", "-Doptimization=0",
               f"--prefix={folder}/elsewhere", env=bare)
    check(done.returncode == 0, "what it made is configured against aver.pc", done.stdout)
    done = run("meson", "test", "-C", f"{folder}/own", "--print-errorlogs", env=bare)
    passed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("Ok:")]
    check(done.returncode == 0 and passed == ["3"], "is built, and passes its tests", done.stdout)
    done = run("meson", "install", "-C", f"{folder}/own", env=bare)
    check(done.returncode == 0, "is installed", done.stdout)
    with open(f"{folder}/own.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": ["tide-reader", "long-words", "count-writer"]}, file)
    done = run(aver, "run", "--quiet", f"{folder}/own.json", f"{folder}/plugins/subprojects/tide-reader/sample.tsv", env=bare)
    check(done.returncode == 1 and "tide-1\t4\ntide-2\t4\n" in done.stdout and ":3: " in done.stdout,
          "and makes a pipeline", done.stdout)
    for name in plugins.values():
        if os.path.exists(f"{plugindir}/{name}.so"):
            os.remove(f"{plugindir}/{name}.so")
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

    if shutil.which("g++"):
        with open(f"{folder}/all.cpp", "w", encoding="utf-8") as file:
            file.write("".join(f"#include <aver/{os.path.basename(header)}>\n" for header in headers))
        done = run("g++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"{folder}/all.cpp", *flags)
        check(done.returncode == 0, "the headers compile as C++", done.stdout)

    symbols = {}
    for name in ["aver", "aver-html", "aver-page"]:
        for library in glob.glob(f"{prefix}/**/lib{name}.so", recursive=True):
            found = run("nm", "-D", "--defined-only", library).stdout.splitlines()
            symbols[name] = sorted(line.split()[-1] for line in found)
            with open(f"{source}/tests/install/symbols-{name}", encoding="utf-8") as file:
                listed = file.read().split()
            lost = sorted(set(listed) - set(symbols[name]))
            new = sorted(set(symbols[name]) - set(listed))
            check(not lost, f"lib{name} exports all that tests/install/symbols-{name} lists: else the ABI number goes up", lost)
            check(not new, f"and tests/install/symbols-{name} lists all that it exports", new)
    declared = "".join(open(header, encoding="utf-8").read() for header in headers)
    hidden = [name for names in symbols.values() for name in names if name not in declared]
    check(not hidden, "and only what the public headers declare", hidden)
    for module in sorted(glob.glob(f"{plugindir}/*.so")):
        name = os.path.basename(module)[:-3].replace("-", "_")
        exported = [line.split()[-1] for line in run("nm", "-D", "--defined-only", module).stdout.splitlines()]
        check(exported == [f"{name}_LTX_aver_plugin"], f"{name} exports its one symbol", exported)
print(f"1..{n}")
sys.exit(1 if failures else 0)
