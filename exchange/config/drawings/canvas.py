"""SVG in, files out."""

from io import BytesIO
from typing import Any

from PIL import Image


def svg(width: int, height: int, body: str, *, paper: str, scale: float = 1) -> str:
    """Drawn in units of which `scale` px are one. Without fonts: letters are strokes (`ink.py`)."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * scale:.0f}" height="{height * scale:.0f}" '
        f'viewBox="0 0 {width} {height}" stroke-linecap="round" stroke-linejoin="round">'
        f'<rect width="100%" height="100%" fill="{paper}"/>{body}</svg>'
    )


def png(drawing: str) -> bytes:
    import resvg_py  # loaded where it draws: it takes a while

    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True))


def jpeg(drawing: str) -> bytes:
    out = BytesIO()
    _image(drawing).save(out, "JPEG", quality=88)
    return out.getvalue()


def gif(drawings: list[str], *, milliseconds: int) -> bytes:
    """In the first frame's 64 colours."""
    frames = [_image(drawing) for drawing in drawings]
    palette = frames[0].quantize(64, dither=Image.Dither.NONE)
    first, *rest = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames)
    out = BytesIO()
    first.save(
        out, "GIF", save_all=True, append_images=rest, duration=milliseconds, loop=0, optimize=False
    )
    return out.getvalue()


def _image(drawing: str) -> Any:
    return Image.open(BytesIO(png(drawing))).convert("RGB")
