import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_smoke(filled, client, language, settings):
    filled()
    for a in (
        "compare/",
        "compare/rent/",
        "compare/tuition/",
        "compare/rent/cities/",
        "compare/rent/figures.csv",
        "compare/rent/figures.json",
        "compare/rent/chart.png",
        "",
    ):
        r = client.get(f"/{language}/{a}")
        assert r.status_code == (200), (a, r.content.decode()[:3000])
        __import__("pathlib").Path(
            f"/tmp/cmp_{language}_{a.replace(chr(47), chr(95))}.out"
        ).write_bytes(r.content)
