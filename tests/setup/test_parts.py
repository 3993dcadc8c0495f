import bootstrap
import pytest

from tests.setup.parts import install_command, require_part


@pytest.fixture
def a_machine_without_chromium(monkeypatch):
    monkeypatch.setattr(bootstrap, "missing_parts", lambda: ["chromium"])
    return monkeypatch


def test_a_part_that_is_missing_fails_the_test_with_the_command_that_installs_it(a_machine_without_chromium):
    a_machine_without_chromium.delenv("DESK_TESTS", raising=False)
    with pytest.raises(pytest.fail.Exception, match="apt-get install -y --no-install-recommends chromium"):
        require_part("chromium")


def test_make_test_leaves_it_out_and_names_it(a_machine_without_chromium):
    a_machine_without_chromium.setenv("DESK_TESTS", "make")
    a_machine_without_chromium.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="system part missing: chromium"):
        require_part("chromium")


def test_in_ci_it_fails(a_machine_without_chromium):
    a_machine_without_chromium.setenv("DESK_TESTS", "make")
    a_machine_without_chromium.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="chromium"):
        require_part("chromium")


def test_a_part_that_is_there_is_no_hindrance(monkeypatch):
    monkeypatch.setattr(bootstrap, "missing_parts", list)
    require_part("chromium")


def test_any_one_of_its_commands_proves_a_part(tmp_path, monkeypatch):
    listed = tmp_path / "parts.txt"
    listed.write_text("# comment\npresent  no-such-command sh\nabsent  no-such-command\n")
    monkeypatch.setattr(bootstrap, "PARTS", listed)
    assert bootstrap.missing_parts() == ["absent"]


def test_packages_that_make_one_part_are_named_by_the_first_and_installed_together(monkeypatch):
    monkeypatch.setattr(bootstrap, "missing_parts", lambda: ["tracker+tracker-db"])
    monkeypatch.delenv("DESK_TESTS", raising=False)
    with pytest.raises(pytest.fail.Exception, match="recommends tracker tracker-db"):
        require_part("tracker")


def test_apt_gets_every_package_of_a_part(monkeypatch):
    commands = []
    monkeypatch.setattr(bootstrap, "missing_parts", lambda: ["tracker+tracker-db", "chromium"])
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("os.geteuid", lambda: 0)

    def call(*command):
        commands.append(command)
        return True

    monkeypatch.setattr(bootstrap, "call", call)
    bootstrap.install_parts()
    assert commands[-1][-3:] == ("tracker", "tracker-db", "chromium")


def test_the_command_is_one_a_person_can_paste():
    assert install_command("chromium").startswith("apt-get update && apt-get install")
