import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailtrap.store.base import StoreFileError
from mailtrap.store.claim import Claim


def test_a_claim_names_the_process_that_has_it(tmp_path: Path) -> None:
    claim = Claim(tmp_path / "mail.db")
    with pytest.raises(StoreFileError, match=f"process {os.getpid()}"):
        Claim(tmp_path / "mail.db")
    claim.release()


def test_a_released_claim_leaves_nothing_and_can_be_had_again(tmp_path: Path) -> None:
    Claim(tmp_path / "mail.db").release()
    assert list(tmp_path.iterdir()) == []
    Claim(tmp_path / "mail.db").release()


def test_claims_on_two_files_do_not_meet(tmp_path: Path) -> None:
    claims = [Claim(tmp_path / "a.db"), Claim(tmp_path / "b.db")]
    for claim in claims:
        claim.release()


def test_a_lock_file_left_behind_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "mail.db.lock").write_text("999999999\n")
    Claim(tmp_path / "mail.db").release()


def test_the_claim_of_another_process_is_refused_while_it_lives(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from mailtrap.store.claim import Claim\n"
        "claim = Claim(Path(sys.argv[1])); print('mine', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "mail.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(StoreFileError, match=f"process {other.pid}"):
            Claim(tmp_path / "mail.db")
        other.kill()
    Claim(tmp_path / "mail.db").release()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreFileError, match=r"mail\.db cannot be locked"):
        Claim(tmp_path / "nowhere" / "mail.db")
