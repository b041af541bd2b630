"""The shared folder on real file systems: readers, kills, full, read-only and vanished disks, power
cuts.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from mortal import mortal

from briefing.deliveries.share import Share, mark_target, publish, verify_target
from briefing.errors import BriefingError
from briefing.model import Rendition

pytestmark = pytest.mark.slow

READS = 1_000
EDITIONS = 10  # published meanwhile, at least
KEPT = 200  # an edition stays for longer than a reader may take from its pointer to its files
KILLS = 100
CUTS = 30


def files(number: int, size: int = 300_000) -> tuple[Rendition, ...]:
    """An edition whose PDF tells by itself whether it is whole: its digest stands in front."""
    body = random.Random(number).randbytes(size)
    pdf = hashlib.sha256(body).hexdigest().encode() + body
    return (
        Rendition("edition.json", "application/json", b'{"number": %d}' % number),
        Rendition("edition.md", "text/markdown", b"# %d\n" % number * 2000),
        Rendition("edition.pdf", "application/pdf", pdf),
    )


def name(number: int) -> str:
    return f"{date(2026, 1, 1) + timedelta(days=number)}-daily"


def told(line: str) -> None:
    sys.stdout.write(f"\n{line}\n")


def whole(content: bytes) -> bool:
    return content[:64] == hashlib.sha256(content[64:]).hexdigest().encode()


@dataclass
class Readings:
    good: int = 0
    torn: int = 0
    missing: int = 0
    lost: int = 0  # of both: an edition itself, and not a name that moves on
    refused: int = (
        0  # a client's input or output error: nothing was read, and the reader asks again
    )


def read_until(target: Path, stop: Callable[[Readings], bool]) -> Readings:
    """What a reader sees who looks at the pointer, at what it points to, and at the copy, again and
    again.
    """
    seen = Readings()
    while not stop(seen):
        edition = False
        try:
            latest = json.loads((target / "latest.json").read_bytes())
            copy = (target / "latest.pdf").read_bytes()
            edition = True
            content = (target / latest["files"]["edition.pdf"]).read_bytes()
        except FileNotFoundError:
            seen.missing += 1
            seen.lost += edition
        except ValueError:
            seen.torn += 1
        except OSError:
            seen.refused += 1
        else:
            good = whole(copy) + whole(content)
            seen.good += good
            seen.torn += 2 - good
            seen.lost += not whole(content)
    return seen


def readings_during(writing: Path, reading: Path) -> tuple[Readings, int]:
    """Publish again and again into one place while a thread reads from the other, until both have
    done enough.
    """
    publish(name(0), files(0), Share(writing))
    number = 0

    def enough(seen: Readings) -> bool:
        return seen.good + seen.torn + seen.missing + seen.refused >= READS and number >= EDITIONS

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read_until, reading, enough)
        while not reader.done():
            number += 1
            publish(name(number % 300), files(number), Share(writing, keep=KEPT))
        return reader.result(), number


def test_a_reader_never_sees_a_torn_or_missing_edition(tmp_path: Path) -> None:
    mark_target(tmp_path)

    seen, editions = readings_during(tmp_path, tmp_path)

    told(
        f"{seen.good} reads during {editions} publications: {seen.torn} torn, "
        f"{seen.missing} missing"
    )
    assert (seen.torn, seen.missing, seen.refused) == (0, 0, 0)


BIG = 3_000_000  # bytes of an edition that takes a while to write


def published(target: str, number: int) -> None:
    publish(name(number), files(number, BIG), Share(Path(target), keep=5))


def test_a_publisher_killed_at_any_step_or_between_two_leaves_no_partial_edition(
    tmp_path: Path,
) -> None:
    mark_target(tmp_path)
    rng = random.Random(20260305)
    kills = 0
    with mortal("test_slow_share", "published") as publisher:
        steps = [publisher.steps(str(tmp_path), number) for number in range(7)][-1]
        moments = [(step, 0.0) for step in range(1, steps + 1)]
        moments += [
            (rng.randint(1, steps), rng.uniform(0.0001, 0.01))
            for _ in range(max(10, KILLS - steps))
        ]
        for number, (step, after) in enumerate(moments, 7):
            kills += publisher.dies(step, str(tmp_path), number, after=after)
            assert verify_target(tmp_path) == ()
            seen = read_until(tmp_path, lambda seen: seen.good + seen.torn + seen.missing > 0)
            assert (seen.torn, seen.missing) == (0, 0)
    leftovers = list(tmp_path.rglob(".tmp-*"))
    for leftover in leftovers:
        os.utime(leftover, (0, 0))
    publish(name(7 + len(moments)), files(0), Share(tmp_path))

    told(f"{kills} kills: {len(leftovers)} leftovers swept, no partial edition")
    assert kills > steps // 2  # fewer steps are left where an edition is there already
    assert leftovers  # kills came in the middle of a publication
    assert list(tmp_path.rglob(".tmp-*")) == []


@contextmanager
def image(megabytes: int) -> Iterator[tuple[Path, Path]]:
    """A file with an ext4 file system, and where it is mounted; the test is left out where mounts
    are not permitted.
    """
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("left out: mounting a file system needs root and mkfs.ext4")
    folder = Path(tempfile.mkdtemp(prefix="briefing-image-"))
    disk, mounted = folder / "disk", folder / "mounted"
    mounted.mkdir()
    disk.write_bytes(b"")
    os.truncate(disk, megabytes * 1_000_000)
    subprocess.run(["mkfs.ext4", "-q", str(disk)], check=True)
    if subprocess.run(
        ["mount", "-o", "loop", str(disk), str(mounted)], capture_output=True
    ).returncode:
        shutil.rmtree(folder)
        pytest.skip("left out: this machine does not permit mounts")
    try:
        yield disk, mounted
    finally:
        unmount(mounted)
        shutil.rmtree(folder, ignore_errors=True)


def unmount(mounted: Path) -> None:
    """Whoever looks at every mount of a machine may hold it for a moment."""
    for _ in range(50):
        if (
            not os.path.ismount(mounted)
            or not subprocess.run(["umount", str(mounted)], capture_output=True).returncode
        ):
            return
        time.sleep(0.2)
    subprocess.run(["umount", "--lazy", str(mounted)], check=True)


def content(target: Path) -> dict[str, str]:
    return {
        path.relative_to(target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


def test_a_full_disk_keeps_the_old_edition() -> None:
    with image(12) as (_, target):
        mark_target(target)
        publish(name(0), files(0), Share(target))
        before = content(target)
        with pytest.raises(BriefingError, match="bytes free"):
            publish(name(1), files(1, 20_000_000), Share(target))
        (target / "filler").write_bytes(b"x")
        with suppress(OSError), (target / "filler").open("ab") as filler:
            while True:
                filler.write(b"x" * 100_000)
        with pytest.raises(BriefingError, match=r"No space left|bytes free"):
            publish(name(1), files(1), Share(target))
        (target / "filler").unlink()

        assert content(target) == before
        assert verify_target(target) == ()


def test_a_disk_that_fills_up_while_it_is_written_keeps_the_old_edition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefing.deliveries.share.publishing.ROOM", 0)
    with image(12) as (_, target):
        mark_target(target)
        publish(name(0), files(0), Share(target))
        before = content(target)
        with pytest.raises(BriefingError, match="No space left on device"):
            publish(name(1), files(1, 20_000_000), Share(target))

        assert content(target) == before


def test_a_read_only_disk_is_named_and_an_unmounted_one_gets_nothing() -> None:
    with image(12) as (disk, target):
        mark_target(target)
        publish(name(0), files(0), Share(target))
        before = content(target)
        subprocess.run(["mount", "-o", "remount,ro", str(target)], check=True)
        with pytest.raises(BriefingError, match="Read-only file system"):
            publish(name(1), files(1), Share(target))
        assert content(target) == before

        unmount(target)
        with pytest.raises(BriefingError, match="is the share mounted"):
            publish(name(1), files(1), Share(target))
        assert list(target.iterdir()) == []
        subprocess.run(["mount", "-o", "loop", str(disk), str(target)], check=True)


def cut(disk: Path, look: Callable[[Path], None]) -> None:
    """What the disk holds at this moment without its cache, mounted again as after a power cut."""
    copy = disk.with_name("cut")
    shutil.copyfile(disk, copy)
    mounted = disk.with_name("after")
    mounted.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(copy), str(mounted)], check=True)
    try:
        look(mounted)
    finally:
        unmount(mounted)
        copy.unlink()


def test_what_was_published_outlives_a_power_cut() -> None:
    kept = 0
    with image(60) as (disk, target):
        mark_target(target)
        publish(name(0), files(0), Share(target))
        for number in range(1, CUTS + 1):
            publish(name(number), files(number), Share(target, keep=5))

            def look(after: Path, number: int = number) -> None:
                nonlocal kept
                assert verify_target(after) == ()
                latest = json.loads((after / "latest.json").read_bytes())
                assert whole((after / "latest.pdf").read_bytes())
                kept += latest["edition"] == name(number)

            cut(disk, look)
    told(f"power cut right after publishing: the new edition is there {kept} of {CUTS} times")
    assert kept == CUTS


def test_a_power_cut_at_any_moment_leaves_the_old_or_the_new_edition() -> None:
    """A publisher is stopped, the disk is copied without its cache: an edition is whole or not
    there.
    """
    rng = random.Random(5)
    old = new = 0
    with image(60) as (disk, target), mortal("test_slow_share", "published") as publisher:
        mark_target(target)
        steps = [publisher.steps(str(target), number) for number in range(7)][-1]
        moments = [
            1,
            *(rng.randint(2, steps) for _ in range(CUTS - 2)),
            10 * steps,
        ]  # the last is after its end
        for number, step in enumerate(moments, 7):
            copy = disk.with_name("moment")
            with publisher.still(
                step, str(target), number
            ):  # a disk loses power at one moment, a copy takes a while
                shutil.copyfile(disk, copy)

            def look(after: Path, number: int = number) -> None:
                nonlocal old, new
                assert verify_target(after) == ()
                latest = json.loads((after / "latest.json").read_bytes())["edition"]
                assert latest in {name(number - 1), name(number)}
                old, new = old + (latest == name(number - 1)), new + (latest == name(number))

            cut(copy, look)
    told(f"power cut while publishing: old edition {old}, new edition {new}, none partial")
    assert old
    assert new
