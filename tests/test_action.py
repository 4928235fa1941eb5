"""The GitHub Action's steps and the pre-commit hooks, run here as the plain commands they are."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import EXAMPLE, ROOT, Run

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
BASH = shutil.which("bash") or "bash"


class Job:
    """A job on a runner: its files and its environment."""

    def __init__(self, folder: Path, **inputs: str) -> None:
        self.inputs = {name: one["default"] for name, one in ACTION["inputs"].items()} | inputs
        self.folder = folder
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.summary = self.temp / "summary.md"
        self.path = self.temp / "path"

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a step as the runner does: bash that stops at the first failure."""
        step: dict[str, Any] = STEPS[name]
        environment = dict(os.environ) | {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_PATH": str(self.path),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "CI": "true",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        environment |= {key: self._filled(text) for key, text in step.get("env", {}).items()}
        words = [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(
            words, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: self.inputs[found[1]], text)


@pytest.fixture
def job(work: Path) -> Job:
    """A checkout with a campaign file and its registry."""
    text = EXAMPLE.read_text().replace("[workspace]\n", '[workspace]\nregistry = "links.db"\n')
    (work / "campaigns.toml").write_text(text)
    return Job(work)


def test_no_input_is_put_into_a_script() -> None:
    """Whatever stands in an input, it is a value and never a command."""
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_it_installs_itself(job: Job) -> None:
    """From the Action's own folder, into a place of its own."""
    done = job.run("Install utmforge")
    assert done.returncode == 0, done.stderr
    [folder] = job.path.read_text().splitlines()
    words = [f"{folder}/utmforge", "--version"]
    assert subprocess.run(words, capture_output=True, check=True).stdout.startswith(b"utmforge ")


def test_clean_links_that_were_issued_pass(job: Job, run: Run) -> None:
    """Both steps succeed, and the summary says so."""
    run("build", "-q")
    for name in ("Lint", "Check"):
        done = job.run(name)
        assert done.returncode == 0, done.stderr
        assert "::error" not in done.stdout
    assert job.summary.read_text() == (
        "## utmforge lint\n\nNo errors and no warnings.\n\n"
        "## Links that were not issued\n\nNone: the registry has all of them.\n\n\n"
    )


def test_what_is_unclean_or_lacking_fails_with_its_place(job: Job) -> None:
    """An annotation beside the line, a table in the summary, status 1."""
    (job.folder / "my links.urls").write_text("")
    (job.folder / "links.urls").write_text(
        "https://x.example/?utm_source=A&utm_medium=email&utm_campaign=2026-x\n"
    )
    job.inputs["paths"] = "links.urls"
    linted = job.run("Lint")
    assert linted.returncode == 1
    assert linted.stdout.startswith("::warning file=links.urls,line=1,col=1,title=UTM101 ")
    checked = job.run("Check")
    assert checked.returncode == 1
    assert "::error file=campaigns.toml::links are not in the registry" in checked.stdout
    summary = job.summary.read_text()
    assert "| links.urls:1:1 | warning | UTM101 |" in summary
    assert summary.count("| 2026") + summary.count("utm_campaign=2026-spring-sale") == 4


def test_a_broken_campaign_file_is_not_called_a_missing_link(job: Job) -> None:
    """The step has the command's exit status, and its annotation says that it could not compare."""
    (job.folder / "campaigns.toml").write_text("x = [")
    checked = job.run("Check")

    assert checked.returncode == 22
    assert "::error file=campaigns.toml::the links could not be compared" in checked.stdout
    assert "not in the registry" not in checked.stdout


def test_a_broken_campaign_file_is_shown_at_its_line(job: Job) -> None:
    """Both steps say what is wrong and how to write the line, also in the summary."""
    (job.folder / "campaigns.toml").write_text("[campaigns.été]\nid = 100%\n")
    linted = job.run("Lint")
    checked = job.run("Check")

    assert linted.returncode == checked.returncode == 22
    assert linted.stdout.startswith(
        "::error file=campaigns.toml,line=1,title=broken-campaign-file::not valid TOML: "
    )
    assert linted.stdout.endswith('%0Awrite it as: [campaigns."été"]\n')
    assert "with the registry: campaigns.toml:1: not valid TOML: " in checked.stdout
    assert checked.stdout.count("\n") == 1
    assert 'hint: write it as: [campaigns."été"]' in checked.stdout
    assert job.summary.read_text().count('hint: write it as: [campaigns."été"]') == 2


def test_the_annotation_says_how_many_links_are_missing(job: Job) -> None:
    """And what to do."""
    assert (
        "commit the registry%0Awarning: not in the registry: 4 of 4 links of 2026-spring-sale"
        in job.run("Check").stdout
    )


def test_patterns_stand_for_the_files_that_they_match(job: Job) -> None:
    """Also below folders, with spaces in their names; one that matches nothing is an error."""
    for name in ("mails/a.urls", "mails/march/b c.urls", "mails/-x.urls", "other.urls"):
        path = job.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("https://x.example/?utm_source=A&utm_medium=email&utm_campaign=2026-x\n")
    job.inputs["paths"] = "mails/**/*.urls\nother.urls mails/a.urls"
    found = re.findall(r"file=([^,]+),line=1,col=1,title=UTM101", job.run("Lint").stdout)

    assert sorted(found) == [
        *("mails/-x.urls", "mails/a.urls", "mails/march/b c.urls", "other.urls"),
    ]
    job.inputs["paths"] = "newsletters/*.html"
    nothing = job.run("Lint")
    assert nothing.returncode == 2
    assert '::error title=unreadable-input::no file matches "newsletters/*.html"' in nothing.stdout


def test_the_links_that_a_team_shares_with_git(job: Job, run: Run) -> None:
    """links.jsonl takes the place of a registry, and is not changed."""
    run("build", "-q")
    run("registry", "sync", "links.jsonl")
    before = (job.folder / "links.jsonl").read_bytes()
    (job.folder / "links.db").unlink()
    job.inputs["registry"] = "links.jsonl"
    passed = job.run("Check")
    assert (passed.returncode, passed.stdout) == (0, "")
    assert job.run("Lint").returncode == 0
    assert (job.folder / "links.jsonl").read_bytes() == before

    (job.folder / "links.jsonl").write_text("nonsense\n")
    broken = job.run("Check")
    assert broken.returncode > 1
    assert "could not be compared with the registry: links.jsonl:1: " in broken.stdout
    assert not (job.folder / "links.db").exists()


def test_the_shared_file_that_campaigns_toml_names(job: Job, run: Run) -> None:
    """It needs no input; a line that cannot be read is not called a missing link."""
    text = (job.folder / "campaigns.toml").read_text()
    text = text.replace('registry = "links.db"\n', 'shared = "links.jsonl"\n')
    (job.folder / "campaigns.toml").write_text(text)
    run("build", "-q", "--registry", "other.db")
    run("registry", "sync", "links.jsonl", "--registry", "other.db")
    before = (job.folder / "links.jsonl").read_bytes()
    for name in ("Lint", "Check"):
        done = job.run(name)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (job.folder / "links.jsonl").read_bytes() == before

    (job.folder / "links.jsonl").write_bytes(before + b"nonsense\n")
    broken = job.run("Check")
    assert broken.returncode == 25
    assert "could not be compared with the registry: links.jsonl:" in broken.stdout


def test_links_left_behind_are_shown(job: Job, run: Run) -> None:
    """The links are all there, so that the check passes with a warning; lint names the line."""
    run("build", "-q")
    file = job.folder / "campaigns.toml"
    file.write_text(file.read_text().replace("/spring", "/april"))
    run("build", "-q")
    linted = job.run("Lint")
    assert linted.returncode == 1
    assert ",title=UTM705 left-behind::4 links in use of " in linted.stdout
    checked = job.run("Check")
    assert checked.returncode == 0
    assert checked.stdout.startswith(
        "::warning file=campaigns.toml::warning: 4 links in use of 2026-spring-sale are not in "
    )
    assert "warning: 4 links in use" in job.summary.read_text()


@pytest.mark.parametrize(
    ("hook", "files", "code"),
    [
        ("utmforge-lint", ["campaigns.toml"], 0),
        ("utmforge-lint-links", ["links.urls"], 1),
        ("utmforge-build-check", [], 1),
    ],
)
def test_the_hooks_run(job: Job, run: Run, hook: str, files: list[str], code: int) -> None:
    """As pre-commit calls them, with the files that they want."""
    (job.folder / "links.urls").write_text("https://x.example/?utm_source=A\n")
    program, *words = shlex.split(HOOKS[hook]["entry"])
    assert program == "utmforge"
    assert all(re.search(HOOKS[hook]["files"], name) for name in files)
    assert run(*words, *files).exit_code == code
