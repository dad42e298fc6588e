"""One article that breaks a stage is listed; the others are compiled."""

from onrecord import pipeline
from onrecord.compiling import compile_run
from onrecord.config import Settings


def test_an_article_that_breaks_a_stage_is_a_reject(articles_file, tmp_path, monkeypatch):
    whole = pipeline.annotate

    def breaks(article, resources):
        if article.given_id == "b":
            raise ZeroDivisionError("planted " + "long " * 1000)
        return whole(article, resources)

    monkeypatch.setattr(pipeline, "annotate", breaks)
    outcome = compile_run([str(articles_file)], tmp_path / "RUN", Settings())
    (reject,) = outcome.rejects
    assert (reject.reason, len(reject.detail)) == ("failed", 300)
    assert reject.detail.startswith("ZeroDivisionError: planted long")
    (count,) = outcome.manifest.inputs
    assert (count.read, count.rejected) == (2, 1)
