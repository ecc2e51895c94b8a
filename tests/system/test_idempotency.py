"""The same request twenty times in one instant: carried out once, answered alike each time."""

from dataclasses import replace

import pytest

from tests.system.support.clients import at_once, codes

TIMES = 20
KEY = "1f2e3d4c-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def fair(serve, set_up):
    return serve(set_up)


def keyed(client, key=KEY):
    return replace(client, headers=client.headers | {"Idempotency-Key": key})


def many_times(client, act):
    return at_once((client.other(), act) for _ in range(TIMES))


def texts(answers):
    return {answer.text for answer in answers}


def test_one_completion(fair):
    company = fair.company()
    (student,) = fair.students(1)
    entry = fair.interview(student, company)
    path = f"/queues/{entry}/complete/"
    answers = many_times(keyed(fair.stand(company)), lambda client: client.tap(path))
    assert codes(answers) == [200] * TIMES
    assert len(texts(answers)) == 1
    assert fair.count("interview_completed", entry_id=entry) == 1
    fair.hall()


def test_one_join_through_json(fair):
    company = fair.company()
    (student,) = fair.students(1)

    def join(client):
        return client.call("POST", "/api/queues/", {"company": company})

    answers = many_times(keyed(student), join)
    assert codes(answers) == [201] * TIMES
    assert len(texts(answers)) == 1
    assert fair.count("joined", company_id=company) == 1
    fair.hall()


def test_without_a_key_all_but_one_are_refused(fair):
    company = fair.company()
    (student,) = fair.students(1)
    entry = fair.interview(student, company)
    path = f"/queues/{entry}/complete/"
    answers = many_times(fair.stand(company), lambda client: client.tap(path))
    assert codes(answers) == [200] + [400] * (TIMES - 1)
