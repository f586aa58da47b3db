"""Files that the pages load: scripts, styles and pictures."""

from mimetypes import guess_type
from pathlib import Path
from typing import Any

from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

WEB = Path(__file__).parent / "web"
TYPES = {".js": "text/javascript", ".css": "text/css"}  # whatever the machine's own table says


class Assets(StaticFiles):
    """What the pages load, each file in one piece: `Compression` tells who has it already."""

    def file_response(self, full_path: Any, *given: Any, **named: Any) -> Response:
        return whole_file(full_path)


def whole_file(path: str | Path, headers: dict[str, str] | None = None) -> Response:
    media_type = TYPES.get(Path(path).suffix) or guess_type(path)[0]
    return Response(Path(path).read_bytes(), 200, headers, media_type)
