"""One article that breaks a stage is listed; the others are compiled."""

from onrecord import pipeline
from onrecord.compiling import compile_run
from onrecord.config import Settings


def test_an_article_that_breaks_a_stage_is_a_reject(articles_file, tmp_path, monkeypatch):
    whole = pipeline.annotate

    def breaks(article, resources):
        if article.given_id == "b":
            raise ZeroDivisionError("planted")
        return whole(article, resources)

    monkeypatch.setattr(pipeline, "annotate", breaks)
    outcome = compile_run([str(articles_file)], tmp_path / "RUN", Settings())
    (reject,) = outcome.rejects
    assert (reject.reason, reject.detail) == ("failed", "ZeroDivisionError: planted")
    (count,) = outcome.manifest.inputs
    assert (count.read, count.rejected) == (2, 1)
