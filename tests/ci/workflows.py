#!/usr/bin/env python3
"""Packs ziping, installs the package, and runs what docs/ci.md offers to paste with it.

usage: workflows.py BUILD_FOLDER

The package is unpacked into a folder, and `apt-get install FILE.deb` of the workflows does just that (apt-get
itself needs a network and root); everything else in the blocks runs as it stands, by bash -e.
"""
import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
APT = """#!/bin/sh
# What apt-get would do, without a network: a .deb is unpacked, everything else is there already.
for word in "$@"; do
    case $word in *.deb) dpkg -x "$word" "$INSTALLED" ;; esac
done
"""
bad = []


def check(is_so, what):
    if not is_so:
        bad.append(what)


def blocks():
    text = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    return [(kind, body) for kind, body in BLOCK.findall(text)]


def block(kind, words):
    """The one block of a kind that holds the words."""
    return next(body for one, body in blocks() if one == kind and words in body)


class Place:
    """A repository with a form in it, and an empty folder that packages are unpacked into."""

    def __init__(self, folder, debs):
        self.repository = folder / "repository"
        (self.repository / "forms").mkdir(parents=True)
        (folder / "bin").mkdir()
        (folder / "bin/apt-get").write_text(APT)
        (folder / "bin/apt-get").chmod(0o755)
        self.environment = {
            **os.environ, "INSTALLED": str(folder / "installed"), "ZIPING_DEBS": " ".join(deb.as_uri() for deb in debs), "LC_ALL": "C.UTF-8",
            "LD_LIBRARY_PATH": f"{folder}/installed/usr/lib",  # what ldconfig would see to
            "PATH": f"{folder}/bin:{folder}/installed/usr/bin:{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
        (folder / "summary.md").touch()
        self.run("git init -q . && git config user.email a@example.org && git config user.name a")

    def run(self, script):
        return subprocess.run(["bash", "-e", "-c", script], cwd=self.repository, env=self.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)

    def add_form(self, name="form.txt"):
        lines = (ROOT / "samples/seed-2022.txt").read_text(encoding="utf-8").splitlines(keepends=True)
        (self.repository / "forms" / name).write_text("".join(lines[2:20]), encoding="utf-8")


def expect(place, script, code, what):
    done = place.run(script)
    check(done.returncode == code, f"{what}: exit {done.returncode}, expected {code}\n{done.stdout[-600:]}")
    return done.stdout


def try_github(place):
    job = yaml.safe_load(block("yaml", "runs-on"))["jobs"]["ziping"]
    install, checks = [step["run"] for step in job["steps"] if "run" in step]
    expect(place, install, 0, "github: install")
    out = expect(place, checks, 1, "github: check")
    check(out.startswith("::error file=forms/form.txt,line="), f"github: no annotation: {out[:200]}")
    results = json.loads((place.repository / "ziping.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    check(len(results) == len(out.splitlines()), "github: sarif and annotations differ")
    check("| F04 |" in Path(place.environment["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8"), "github: no summary")


def try_gitlab(place):
    job = yaml.safe_load(block("yaml", "before_script"))["ziping"]
    expect(place, "\n".join(job["before_script"]), 0, "gitlab: install")
    expect(place, "\n".join(job["script"]), 1, "gitlab: check")
    for report in job["artifacts"]["reports"].values():
        check((place.repository / report).stat().st_size > 100, f"gitlab: {report}")


def try_action(place):
    """action.yml as the runner does it: the inputs' defaults, then those of the step, into each step's environment."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = yaml.safe_load(block("yaml", "OWNER/ziping"))["steps"][1]
    given = {name: about["default"] for name, about in action["inputs"].items()} | step["with"]
    given["packages"] = place.environment["ZIPING_DEBS"]
    check(set(step["with"]) <= set(action["inputs"]), "action: an input of nobody's")
    place.environment["RUNNER_TEMP"] = str(place.repository.parent)
    for number, each in enumerate(action["runs"]["steps"]):
        check("${{" not in each["run"], "action: an input in a script would be run")
        words = {key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value) for key, value in each["env"].items()}
        place.environment.update(words)
        out = expect(place, each["run"], number, f"action: {each['name']}")
    check(out.startswith("::error file=forms/form.txt,line="), f"action: no annotation: {out[:200]}")
    check((place.repository / "ziping.sarif").is_file(), "action: no sarif")


def try_component(place):
    """templates/check.yml as GitLab does it: a header with inputs, which are put into the text behind it."""
    header, body = (ROOT / "templates/check.yml").read_text(encoding="utf-8").split("\n---\n")
    inputs = {name: (about or {}).get("default") for name, about in yaml.safe_load(header)["spec"]["inputs"].items()}
    given = yaml.safe_load(block("yaml", "component:"))["include"][0]["inputs"]
    check(set(given) <= set(inputs), "component: an input of nobody's")
    job = yaml.safe_load(re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda match: (inputs | given)[match[1]], body))["ziping"]
    place.environment["ZIPING_PACKAGES"] = place.environment["ZIPING_DEBS"]
    expect(place, "\n".join(job["before_script"]), 0, "component: install")
    expect(place, "\n".join(job["script"]), 1, "component: check")
    for report in job["artifacts"]["reports"].values():
        check((place.repository / report).stat().st_size > 100, f"component: {report}")


def suffixes():
    """Every file suffix that a parser knows."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "parsers").rglob("*.c")]
    tables = [table for source in sources if ".suffixes = SUFFIXES" in source for table in re.findall(r"SUFFIXES\[\][^;]*;", source)]
    return set(re.findall(r'"(\.\w+)"', "".join(tables)))


# What is read like a folder.
ARCHIVES = {"zip", "tar", "tgz", "gz", "bz2", "xz", "zst", "7z", "rar"}


def try_pre_commit(place):
    hook = yaml.safe_load(block("yaml", "repos:"))["repos"][0]["hooks"][0]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    taken, offers = (set(re.fullmatch(r".*\\\.\((.*)\)\$", each["files"])[1].split("|")) for each in (hook, offered))
    check(hook["entry"] == offered["entry"] and taken - offers == ARCHIVES and offers <= taken, "pre-commit: two answers")
    check(len(suffixes()) > 10, "the parsers' suffixes were not found")
    # What takes an office program or text recognition, which a hook cannot count on.
    pictures = {".jpg", ".jpeg", ".png", ".tif", ".tiff"}
    for suffix in suffixes() - pictures - {".doc", ".wps", ".rtf", ".odt", ".ods"}:
        check(re.search(hook["files"], f"forms/a{suffix}"), f"pre-commit: leaves {suffix} out")
    files = [f for f in ("forms/form.txt", "forms/README.md", "other.txt") if re.search(hook["files"], f) and not re.search(hook["exclude"], f)]
    check(files == ["forms/form.txt"], f"pre-commit: takes {files}")
    out = expect(place, f"{hook['entry']} {shlex.join(files)}", 1, "pre-commit: entry")
    check("F04" in out, "pre-commit: no finding")
    for name, pack in {"a.zip": "python3 -m zipfile -c", "a.tar.gz": "tar czf"}.items():
        check(re.search(hook["files"], f"forms/{name}"), f"pre-commit: leaves {name} out")
        out = expect(place, f"{pack} forms/{name} forms/form.txt && {hook['entry']} forms/{name}", 1, f"pre-commit: {name}")
        check("F04" in out, f"pre-commit: no finding in {name}")


def try_git_hook(place):
    hook = place.repository / ".git/hooks/pre-commit"
    hook.write_text(block("sh", "git diff --cached"))
    hook.chmod(0o755)
    expect(place, "echo 1 >README && git add README && git commit -qm 'nothing of interest'", 0, "hook: no form")
    expect(place, "echo 1 >forms/README.md && git add forms/README.md && git commit -qm 'no form'", 0, "hook: a README")
    place.add_form("名 字\n.txt")
    expect(place, "git add forms && git commit -qm 'a form'", 1, "hook: a form with findings")
    expect(place, "rm forms/*.txt && git commit -qm 'a form'", 1, "hook: what is staged counts")
    expect(place, "git commit -qm 'a form' --no-verify && git commit -qm empty --allow-empty", 0, "hook: nothing staged")


def try_baseline(place):
    place.add_form()
    lines = block("sh", "baseline write").splitlines()
    for line in lines:
        expect(place, line, 0, line)
    (place.repository / ".ziping.yaml").write_text(block("yaml", "suppressions"))
    out = expect(place, "ziping check --show-config forms/form.txt", 0, "the configuration")
    check("C06: off" in out and "fail_on: warning" in out, "the configuration says something else")


# What Debian's policy asks for, and what docs/ and the man pages say is there.
POLICY = ["copyright", "changelog.gz", "changelog.Debian.gz"]
PACKED = {
    "ziping": ["usr/bin/ziping", "usr/share/man/man1/ziping.1.gz", "usr/share/man/zh_CN/man1/ziping.1.gz", "usr/share/bash-completion/completions/ziping",
               "usr/share/zsh/vendor-completions/_ziping", "usr/share/fish/vendor_completions.d/ziping.fish",
               *(f"usr/share/doc/ziping/{name}" for name in ("README.md", "README.zh-CN.md", "NOTICE")),
               *(f"usr/share/doc/ziping/docs/{name}" for name in ("formats.md", "configuration.md", "ci.md", "library.md", "rules.md", "rules/F01.md",
                                                                 "convert.schema.json", "check.schema.json", "ledger.schema.json", "ziping.schema.json"))],
    "libziping1": ["usr/lib/libziping.so.1", "usr/lib/ziping/ziping-worker",
                   *(f"usr/lib/ziping/ziping-{name}.so" for name in ("pdf", "image", "mail"))],
    "libziping-dev": ["usr/include/ziping.h", "usr/lib/pkgconfig/ziping.pc", "usr/lib/cmake/ziping/ziping-config.cmake",
                      *(f"usr/share/man/man3/{page.name}.gz" for page in sorted((ROOT / "docs/man3").glob("*.3"))),
                      *(f"usr/share/doc/libziping-dev/examples/{name}" for name in ("check.c", "ziping.py"))],
}
DEPENDS = {"ziping": ["libziping1 (= ", "libc6"], "libziping1": ["libglib2.0-0", "libc6", "libpoppler-glib8", "poppler-data"],
           "libziping-dev": ["libziping1 (= "]}


def field(deb, name):
    return subprocess.run(["dpkg-deb", "-f", deb, name], capture_output=True, text=True, check=True).stdout.strip()


def try_package(deb, folder):
    """A package's files and what it depends on; no settings of a user among them."""
    package = field(deb, "Package")
    subprocess.run(["dpkg-deb", "-R", deb, folder], check=True)
    for name in PACKED[package] + [f"usr/share/doc/{package}/{name}" for name in POLICY]:
        check((folder / name).is_file() and (folder / name).stat().st_size > 50, f"{package} lacks {name}")
    check(not (folder / "etc").exists(), f"{package} has settings, which an upgrade might replace")
    depends = field(deb, "Depends")
    check(all(name in depends for name in DEPENDS[package]), f"the Depends of {package}: {depends}")
    copyright = (folder / f"usr/share/doc/{package}/copyright").read_text(encoding="utf-8")
    check(all(words in copyright for words in ("common-licenses/GPL-3", "jQuery", "SpryMedia", "Chart.js")), f"the copyright of {package}")
    changelog = gzip.decompress((folder / f"usr/share/doc/{package}/changelog.Debian.gz").read_bytes()).decode()
    check(changelog.startswith(f"ziping ({field(deb, 'Version')}) "), f"the changelog of {package} is of another version")


def try_packages(debs, folder):
    """All that is in them; lintian, where it is installed."""
    check(set(debs) == set(PACKED), f"packages: {sorted(debs)}")
    folder.mkdir()
    for package, deb in debs.items():
        try_package(deb, folder / package)
    rules = len(list((ROOT / "docs/rules").glob("*.md")))
    check(len(list((folder / "ziping/usr/share/doc/ziping/docs/rules").glob("*.md"))) == rules, "the package lacks pages of rules")
    check("ziping (<< " in field(debs["libziping1"], "Replaces"), "libziping1 takes over what ziping had")
    if shutil.which("lintian"):
        said = subprocess.run(["lintian", "--allow-root", "--fail-on", "error", *debs.values()], capture_output=True, text=True, timeout=300)
        check(said.returncode == 0, f"lintian: {said.stdout}{said.stderr}")


BUILD = """
cmake_minimum_required(VERSION 3.25)
project(example LANGUAGES C)
find_package(ziping 0.1 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
add_executable(example check.c)
target_link_libraries(example PRIVATE ziping::ziping PkgConfig::JANSSON)
"""


def try_examples(place, prefix):
    """The examples, built and run with what was installed: by pkg-config, by CMake, and Python's without a build."""
    folder = place.repository.parent / "examples"
    shutil.copytree(ROOT / "examples", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "CMakeLists.txt").write_text(BUILD)
    place.environment |= {"PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig", "LD_LIBRARY_PATH": f"{prefix}/lib"}
    expect(place, f"cc -Wall -Werror {folder}/check.c $(pkg-config --cflags --libs ziping jansson) -o {folder}/check", 0, "an example by pkg-config")
    expect(place, f"cmake -S {folder} -B {folder}/build -DCMAKE_PREFIX_PATH={prefix} && cmake --build {folder}/build", 0, "an example by CMake")
    said = {program: expect(place, f"{program} forms/form.txt", 0, program)
            for program in (f"{folder}/check", f"{folder}/build/example", f"{sys.executable} {folder}/ziping.py")}
    check(len(set(said.values())) == 1 and "forms/form.txt: F04 " in next(iter(said.values())), f"the examples say: {said}")
    expect(place, f"{folder}/check no-such.pdf", 0, "an example without its file")


def try_install(place, build):
    into = place.repository.parent / "prefix"
    expect(place, f"cmake --install {shlex.quote(str(build))} --prefix {shlex.quote(str(into))}", 0, "cmake --install")
    for file in ["bin/ziping", "share/man/man1/ziping.1", "share/man/zh_CN/man1/ziping.1", "share/bash-completion/completions/ziping",
                 "share/zsh/vendor-completions/_ziping", "share/fish/vendor_completions.d/ziping.fish"]:
        check((into / file).is_file() and (into / file).stat().st_size > 1000, f"cmake --install: {file}")
    expect(place, f"env -u LD_LIBRARY_PATH {into}/bin/ziping check forms", 1, "the installed program")
    expect(place, f"env -u LD_LIBRARY_PATH {into}/bin/ziping check {shlex.quote(str(ROOT))}/samples/pdf/weasy-one-6.pdf", 1, "the installed modules")
    try_examples(place, into)


def main():
    build = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        packed = subprocess.run(["cpack", "-B", str(folder / "pack")], cwd=build, capture_output=True, text=True, timeout=300)
        debs = {field(deb, "Package"): deb for deb in sorted((folder / "pack").glob("*.deb"))}
        if "ziping" not in debs:
            sys.exit(f"cpack made no package:\n{packed.stdout}{packed.stderr}")
        try_packages(debs, folder / "files")
        needed = [debs["ziping"], debs["libziping1"]]
        for number, attempt in enumerate([try_github, try_action, try_gitlab, try_component, try_pre_commit, try_git_hook, try_baseline]):
            place = Place(folder / str(number), needed)
            place.add_form()
            if attempt not in (try_github, try_action, try_gitlab, try_component):
                expect(place, f"apt-get install {needed[0]} {needed[1]}", 0, "install")
            attempt(place)
        try_install(place, build)
        shutil.rmtree(folder / "pack")
    print("\n".join(bad) or "package and workflows work")
    sys.exit(1 if bad else 0)


main()
