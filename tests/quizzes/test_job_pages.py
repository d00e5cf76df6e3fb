"""Jobs' pages: what each says, where it leads, and the same for adults."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.pages.job_places import opening
from app.pages.job_words import ADULT_WAYS, WAYS
from quizzes.jobs.catalogue import FAMILIES, STUDIES, Job, catalogue
from quizzes.jobs.neighbours import LEAST, SHOWN, neighbours, steps
from tests.quizzes.test_profile_pages import answers
from tests.tours.mill import Student
from tests.tours.samples import tour_data, write_bundle
from tours.bundles.importing import import_bundle

THOU = re.compile(r"\b(?:tu|ton|ta|tes|toi|t’\w+)\b", re.IGNORECASE)
DISAGREE = "Les lettres et les nombres ne disent pas la même chose ici."


def main_of(page: str) -> str:
    """What the page is about, its frame apart."""
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_job_has_a_page_with_its_codes_and_numbers(
    client: FlaskClient, language: str
) -> None:
    client.post(f"/language/{language}")
    for job in catalogue().jobs:
        for where in ("jobs", "careers"):
            reply = client.get(f"/{where}/{job.rome}")
            assert reply.status_code == 200, job.rome
            page = unescape(reply.text)
            assert f"{job.rome} · " in page
            assert job.label in page
            assert f"<strong>{job.letters}</strong>" in page
            assert "O*NET Database by the U.S. Department of Labor" in page
            assert job.diploma in page
            if language == "fr":
                assert (DISAGREE in page) is not job.letters_agree, job.rome


def test_there_is_no_page_of_a_job_that_is_not_known(client: FlaskClient) -> None:
    for path in ("/jobs/X9999", "/careers/X9999", "/jobs/i1310", "/quiz/jobs"):
        assert client.get(path).status_code == 404


def test_the_four_rungs_are_told_and_the_jobs_own_is_lit(client: FlaskClient) -> None:
    for rome, rung in (
        ("I1310", "Après la 3e"),
        ("I1304", "À bac + 2 ou 3"),
        ("H1206", "À bac + 5"),
    ):
        page = client.get(f"/jobs/{rome}").text
        assert page.count('<li class="rung') == 4
        lit = page.partition('class="rung rung--here"')[2].partition("</li>")[0]
        assert rung in lit.replace("\u00a0", " ")
    assert set(WAYS) == set(ADULT_WAYS) == set(STUDIES)


def test_a_job_leads_to_its_scenes_its_people_and_its_neighbours(mill: Flask) -> None:
    page = mill.test_client().get("/jobs/I1310").text
    assert 'href="/tours/mill-tour/hall"' in page
    assert 'href="/tours/mill-tour/hall?open=maelle#hotspot-maelle"' in page
    assert "J’écoute les machines." in page
    for one in neighbours(catalogue().by_rome["I1310"], catalogue().jobs):
        assert f'href="/jobs/{one.rome}"' in page
    assert "Aucune visite ne montre encore ce métier" in mill.test_client().get("/jobs/H1505").text


def test_the_link_to_a_person_opens_them_without_scripts(mill: Flask) -> None:
    page = mill.test_client().get("/tours/mill-tour/hall?open=maelle").text
    spot = page.partition('id="hotspot-maelle"')[2].partition("</li>")[0]
    assert '<details class="spot__fold" open>' in spot
    assert 'href="/jobs/I1310"' in spot


def test_what_can_be_seen_in_a_tour_comes_first(mill: Flask) -> None:
    page = mill.test_client().get("/jobs").text
    assert page.index("À voir dans les visites") < page.index("trade__title")
    assert found(mill.test_client(), "here=1") == {"I1310"}


def test_a_scene_may_name_jobs_that_nobody_tells_of(app: Flask, tmp_path: Path) -> None:
    data = tour_data()
    data["scenes"][1]["jobs"] = ["H2913", "I1310"]
    import_bundle(write_bundle(tmp_path / "mill", data), publish=True)
    client = app.test_client()
    assert found(client, "here=1") == {"I1310", "H2913"}
    page = client.get("/jobs/H2913").text
    assert 'href="/tours/mill-tour/attic"' in page
    assert "Qui t’en parle" not in page


def found(client: FlaskClient, query: str, where: str = "jobs") -> set[str]:
    """The codes that a search finds."""
    page = main_of(client.get(f"/{where}?{query}").text)
    return set(re.findall(rf'trade__title"><a href="/{where}/(\w+)"', page))


def test_jobs_are_searched_by_words_studies_and_family(client: FlaskClient) -> None:
    assert found(client, "") == {job.rome for job in catalogue().jobs}
    assert found(client, "q=SOUDEUSE") == {"H2913"}
    assert found(client, "q=electricite+plans") == {"H1202"}
    assert found(client, "q=i1310") == {"I1310"}
    assert found(client, "q=zzz") == set()
    assert "Aucun métier ne correspond" in client.get("/jobs?q=zzz").text
    short = found(client, "longest=bac")
    assert short == {job.rome for job in catalogue().jobs if job.studies in ("3e", "bac")}
    for family in FAMILIES:
        assert found(client, f"family={family}", "careers") == {
            job.rome for job in catalogue().jobs if job.family == family
        }
    assert found(client, "family=nonsense&longest=9") == found(client, "")


def test_adults_are_called_vous(mill: Flask) -> None:
    client = mill.test_client()
    for path in (
        "/careers",
        "/careers?q=zzz",
        *(f"/careers/{job.rome}" for job in catalogue().jobs),
    ):
        told = re.sub(r"<[^>]*>", " ", main_of(client.get(path).text))
        assert THOU.findall(told) == [], path
    page = client.get("/careers/H2903").text
    for word in ("Titre professionnel", "CQP", "VAE", "formation"):
        assert word in page


def test_adults_are_asked_for_nothing(mill: Flask) -> None:
    page = main_of(mill.test_client().get("/careers").text)
    assert set(re.findall(r'name="(\w+)"', page)) == {"q", "family", "longest", "here"}
    assert 'href="/careers"' in mill.test_client().get("/").text


def test_neighbours_are_near_in_rome_first() -> None:
    jobs = catalogue().jobs
    for job in jobs:
        near = neighbours(job, jobs)
        assert LEAST <= len(near) <= SHOWN
        assert job not in near
        distances = [steps(job, one) for one in near]
        assert distances == sorted(distances)
    by_rome = catalogue().by_rome
    assert {one.rome[:3] for one in neighbours(by_rome["I1310"], jobs)} == {"I13"}
    assert steps(by_rome["I1310"], by_rome["I1401"]) == 2
    assert steps(by_rome["I1310"], by_rome["H1402"]) == 3


def test_a_testimonial_is_cut_at_the_end_of_a_sentence() -> None:
    assert opening("« **Un**. Deux ! »") == "Un. Deux !"
    long = "Ceci est une phrase assez longue pour être comptée. " * 9
    assert opening(long).count("Ceci") == 2
    assert opening("“It is ‘mine’. Yes.”") == "It is ‘mine’. Yes."


def test_a_result_leads_to_pages_of_jobs_and_to_what_can_be_seen(mill: Flask) -> None:
    page = mill.test_client().post("/quiz/short", data=answers(A=5)).text
    assert len(re.findall(r'href="/jobs/\w+" target="_blank"', page)) == 10 + 1
    assert "Ceux que tu peux aller voir" in page
    assert "/tours/mill-tour/hall?open=maelle#hotspot-maelle" in page


def test_the_end_of_a_tour_leads_to_its_job(mill: Flask) -> None:
    student = Student(mill.test_client())
    student.open()
    student.find("maelle", opened=True)
    assert 'href="/jobs/I1310"' in student.client.get("/tours/mill-tour/end").text


def test_a_factory_names_its_jobs(mill: Flask) -> None:
    assert 'href="/jobs/I1310"' in mill.test_client().get("/factories/mill").text


def test_what_adults_read_is_what_students_read() -> None:
    for job in catalogue().jobs:
        assert isinstance(job, Job)
        assert job.text.say_to_adult("en") == job.text.en
        assert THOU.search(job.text.vous) is None
        assert len(job.text.vous.split()) == len(job.text.fr.split()), job.rome
