"""Many threads render at once, each with sanitisers of its own."""

from concurrent.futures import ThreadPoolExecutor

from cms.markup import render


def test_threads_do_not_disturb_each_other():
    sources = [f"# {number}\n\n" + f"*a{number}* <b>b{number}\n\n" * 20 for number in range(40)]
    alone = [render(source) for source in sources]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(render, sources)) == alone
