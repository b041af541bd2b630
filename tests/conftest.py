"""What every test may ask for: the sample corpus, the development corpora where they are, golden
files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples in every run, and as much time as they take: no test depends on chance or on the
# machine's speed.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("same")

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write the golden files anew; then read the diff"
    )
    parser.addoption("--slow", action="store_true", help="run the tests marked slow as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow: make test-slow runs it"))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample corpus."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The development corpora beside the checkout; they belong to their publishers and are not part
    of it.
    """
    folder = ROOT.parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("left out: the development corpora (../shared/corpora) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def seeds(corpora: Path) -> Path:
    """Five scraped pages, as raw as they come."""
    return corpora / "seeds"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)` compares with tests/golden/name; with --update it writes the file."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), (
            f"{name} changed; if it should: pytest --update, read the diff"
        )

    return compare
