# scratch: writes the matrix
import pytest, pathlib
from tests.access.routes import routes
from tests.access.test_matrix import measured, written
def test_gen(world):
    out = ["people = placeholder"]
    body = "\n\n".join(written(r.name, measured(world, r)) for r in routes())
    pathlib.Path("/tmp/matrix.toml").write_text(body+"\n")
