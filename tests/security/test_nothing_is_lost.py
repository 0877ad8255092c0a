"""A form that is turned down gives back what was written into it, and never a secret."""

import pytest

TEXT = "Dear all, <b>the boat</b> leaves at six & not at seven."


@pytest.mark.parametrize("address", ["/register", "/login", "/reset"])
def test_a_stale_form_gives_the_text_back(client, address):
    form = {"text": TEXT, "password": "the tide comes in twice", "csrf_token": "stale and long enough"}
    answer = client.post(address, data=form)
    assert answer.status_code == 400
    assert "Dear all, &lt;b&gt;the boat&lt;/b&gt; leaves at six &amp; not at seven." in answer.text
    assert "tide comes" not in answer.text
    assert "stale and" not in answer.text


def test_the_answer_says_what_to_do(client):
    assert "Load it again" in client.post("/register", data={"text": TEXT}).text
