"""Products of matrices by ONNX Runtime: right, the same bits in any batch, and not needed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import Linear, NumpyOps

from quoteattr import corpus, models, pipes
from quoteattr.pipes import products


@pytest.fixture
def absent(monkeypatch):
    """As if ONNX Runtime were not installed."""

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(products, "import_module", missing)
    products.product.cache_clear()
    products._ops.cache_clear()
    yield
    products.product.cache_clear()
    products._ops.cache_clear()


def linear():
    layer = Linear(2, 3)
    layer.initialize()
    return layer


def matrix(rows, width, seed):
    return np.random.default_rng(seed).standard_normal((rows, width)).astype("f")


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(1, 40),
    width=st.sampled_from([1, 7, 64, 96, 288, 384, 576]),
    others=st.sampled_from([1, 50, 74, 128, 288, 384, 1024]),
    before=st.integers(0, 700),
)
def test_a_row_has_the_same_product_anywhere(rows, width, others, before):
    multiply = products.product()
    left, right = matrix(before + rows + 5, width, before), matrix(others, width, rows)
    here = multiply(left[before : before + rows], right)
    np.testing.assert_array_equal(here, multiply(left, right)[before : before + rows])
    np.testing.assert_allclose(here, left[before : before + rows] @ right.T, rtol=1e-3, atol=1e-4)


def test_products_go_where_they_are_wanted():
    multiply = products.product()
    left, right = matrix(products.ROWS + 1, 8, 0), matrix(5, 8, 1)
    whole = np.zeros((len(left) + 1, 5), dtype="f")
    assert multiply(left, right, whole[1:]).base is whole
    np.testing.assert_array_equal(whole[1:], multiply(left, right))
    assert not whole[0].any()


def test_the_model_is_left_as_it_is(nlp):
    model = nlp.get_pipe("ner").model
    products.quicker(model)
    assert {type(layer.ops) for layer in model.walk()} == {NumpyOps}


def test_weights_of_later_are_seen():
    layer = linear()
    view = products.quicker(layer)
    layer.set_param("W", np.array([[1, 2, 3], [4, 5, 6]], dtype="f"))
    assert view.predict(np.eye(3, dtype="f")).tolist() == [[1, 4], [2, 5], [3, 6]]
    assert view is not layer


def test_empty_matrices():
    assert products.quicker(linear()).predict(np.zeros((0, 3), dtype="f")).shape == (0, 2)


@pytest.mark.usefixtures("absent")
def test_without_onnx_runtime_thinc_multiplies():
    assert products.product() is None
    layer = linear()
    assert products.quicker(layer) is layer


@pytest.mark.usefixtures("absent")
def test_the_analysis_without_onnx_runtime():
    nlp = spacy.load(models.default_name())
    texts = [article.text for article in corpus.load()][:3]
    own = pipes.run(nlp, [nlp.make_doc(text) for text in texts])
    for mine, other in zip(own, nlp.pipe(texts), strict=True):
        assert mine.to_json() == other.to_json()


def test_the_graph_is_what_its_script_writes():
    path = Path(__file__).parents[1] / "training/parsing/product.py"
    if not path.exists():
        pytest.skip("training/ is not beside the tests")
    spec = importlib.util.spec_from_file_location("product_script", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.FILE.read_bytes() == script.graph()
